//! Plain data: the words of the project as types. What a target, a look, a capture, a snapshot, a revision
//! and an event are, how they are written to JSON, and nothing else.
//!
//! What they come to by themselves stands with them: the state that looks add up to. Not
//! here: clock, disk, network, HTML or judgement. Every other folder knows this one; this one knows nobody.

mod across;
mod capture;
mod event;
mod id;
mod item;
mod memory;
mod observation;
mod recipe;
mod revision;
mod rule;
mod sink;
mod snapshot;
mod state;
mod target;
mod text;
mod why;

pub use across::{
    Across, Answer, FirstChange, Holds, LineWording, SaidBy, Saying, Says, SharedLine, Together, Unheard,
    Voice,
};
pub use capture::{Capture, Header, Hop};
pub use event::{Between, Claims, Event, EventKind, JudgedBy, Known, Side};
pub use id::{BadId, Digest, EventId, IncidentId, SnapshotId, TargetId, compact, parse_compact};
pub use item::{ItemKey, Subject};
pub use memory::{Memory, MemoryName};
pub use observation::{
    Clock, Entry, EventRef, Follows, Looked, MemoryRef, Observation, Origin, Record, Refused, SnapshotRef,
    Validators,
};
pub use recipe::{MAX_DECODED, NORMALISER, Recipe};
pub use revision::{
    Change, ChangeKind, Hunk, Label, Level, Pair, Part, Reason, Revision, Sentences, Source, Span, SpanPair,
};
pub use rule::Rule;
pub use sink::{
    CommandSink, FeedSink, FileSink, Filter, Form, Input, JudgeSpec, MailSink, MailTls, Rhythm, Secret,
    SinkKind, SinkSpec, WebhookSink,
};
pub use snapshot::{Provenance, Snapshot};
pub use state::{Phase, TargetState};
pub use target::{Hours, Incident, Keep, MAX_BODY, Relevance, Target, Watch};
pub use text::{Block, BlockKind, ClaimedDate, DateSource, Link, Sentence, Statement};
pub use why::Why;
