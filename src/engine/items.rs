//! What a look at a source of several statements came to, item by item: listed, edited, withdrawn, aged out, listed again.
//!
//! Each item has a record of its own, and a commit of its own where something differs; the source's commit comes after them.
//! Not here: which of the entries that left were withdrawn (`compare::departures`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    baseline::{Baseline, Known, difference, side},
    evaluation::{Evaluation, provenance, same_words, stands},
    settled,
    transition::{self, Reading},
};
use crate::{
    compare::departures::{self, Departure, Entry},
    judge::{self, Judgement},
    model::{
        Digest, Event, EventKind, ItemKey, JudgedBy, Level, Link, Looked, Memory, Observation, Phase, Recipe,
        Snapshot, Statement, Subject, Target, TargetState, Watch, Why,
    },
    read::Item,
    store::{Commit, Store, StoreError},
    text::Lexicons,
};

/// A look at a source of several statements.
pub(super) struct Source<'a, S> {
    pub(super) target: &'a Target,
    /// What was known of the source before the look.
    pub(super) state: &'a TargetState,
    /// The look at the source.
    pub(super) look: &'a Observation,
    pub(super) recipe: &'a Recipe,
    pub(super) memory: &'a Memory,
    pub(super) lexicons: &'a Lexicons,
    pub(super) store: &'a S,
    /// The blob that the capture will be.
    pub(super) capture: &'a Digest,
}

/// What is known of an item, and what the look gave of it.
struct Seen<'a> {
    subject: Subject,
    state: TargetState,
    item: &'a Item,
}

/// Whether an item is gone and not yet so for sure: the next look must see the list, whatever the server says of it.
pub(super) async fn is_pending(target: &Target, store: &impl Store) -> Result<bool, StoreError> {
    Ok(store.items(&target.id).await?.iter().any(|(_, state)| waits(target, state)))
}

/// Withdrawn, told as a note, and to be told aloud when it is sure.
fn waits(target: &Target, state: &TargetState) -> bool {
    state.phase == Phase::Gone
        && state.why == Some(Why::Withdrawn)
        && state.told_gone == Level::Note
        && state.absent < target.confirm
}

impl<S: Store> Source<'_, S> {
    /// What the look came to. `bytes`: its capture, kept where anything was read from it.
    pub(super) async fn evaluate(&self, items: &[Item], bytes: Vec<u8>) -> Result<Evaluation, StoreError> {
        let Some(list) = items.iter().find(|item| item.key.is_whole()) else {
            let evidence = "the source has no list of what it holds".to_owned();
            return Ok(self.without(Why::Bug, evidence).into());
        };
        let kept = match self.state.snapshot.as_ref().filter(|_| !self.begins_anew()) {
            Some(last) => Some(self.store.snapshot(&self.look.subject(), &last.id).await?),
            None => None,
        };
        let had = kept.as_ref().map_or(0, |kept| keys(&kept.statement).count());
        // Of a newsroom nothing may be about the incident any more, and every incident of a status page be over.
        let may_be_empty = matches!(self.target.watch, Watch::Index | Watch::Json);
        if had > 0 && items.len() == 1 && !may_be_empty {
            let evidence = format!("the list has no entries, where it had {had}");
            return Ok(self.without(Why::Empty, evidence).into());
        }
        let commits = self.commits(items, kept.as_ref().map(|kept| &kept.statement)).await?;
        let mut commit = self.list(list, kept.as_ref());
        let read = |commit: &Commit| {
            commit.snapshots.iter().any(|snapshot| snapshot.provenance.capture == *self.capture)
        };
        if read(&commit) || commits.iter().any(read) {
            commit.blobs.push(bytes);
        }
        Ok(Evaluation { commit, items: commits })
    }

    fn without(&self, why: Why, evidence: String) -> Commit {
        transition::without(self.target, self.state, self.look.clone(), why, evidence)
    }

    /// The commit of the list itself: which entries it has, in which words.
    fn list(&self, list: &Item, kept: Option<&Snapshot>) -> Commit {
        let mut look = self.look.clone();
        look.looked = Looked::Same;
        let provenance = provenance(self.target, &look, self.capture.clone());
        let snapshot = Snapshot::new(look.subject(), provenance, self.recipe.clone(), list.statement.clone());
        match kept {
            Some(kept) if same_list(&kept.statement, &list.statement) && kept.recipe == *self.recipe => {
                look.snapshot = Some(kept.id.clone());
                transition::stands(self.target, self.state, look)
            }
            Some(_) => {
                // Which entries came and went, they say themselves.
                let mut commit = transition::stands(self.target, self.state, look);
                commit.look.looked = Looked::Read;
                commit.look.snapshot = Some(snapshot.id.clone());
                commit.snapshots.push(snapshot);
                commit
            }
            None => {
                look.looked = Looked::Read;
                look.snapshot = Some(snapshot.id.clone());
                let reading = Reading { baseline: None, to: &snapshot, lexicons: self.lexicons };
                let mut commit = transition::read(self.target, self.state, look, reading);
                commit.snapshots.push(snapshot);
                commit
            }
        }
    }

    /// The commits of the items, where something differs. `listed`: the list as it was at the last good look.
    pub(super) async fn commits(
        &self,
        items: &[Item],
        listed: Option<&Statement>,
    ) -> Result<Vec<Commit>, StoreError> {
        let mut known: BTreeMap<String, (ItemKey, TargetState)> = BTreeMap::new();
        for (key, state) in self.store.items(&self.target.id).await? {
            known.insert(bare(&key), (key, state));
        }
        let mut commits = Vec::new();
        let mut touched = Vec::new();
        let (mut new, mut here) = (Vec::new(), BTreeMap::new());
        for item in items.iter().filter(|item| !item.key.is_whole()) {
            let bare = bare(&item.key);
            // The key that it has had: `http:` became `https:`, or the like.
            let (key, state) = known
                .get(&bare)
                .cloned()
                .unwrap_or_else(|| (item.key.clone(), TargetState::default().as_of(self.state)));
            let subject = Subject { target: self.target.id.clone(), item: key };
            let seen = Seen { subject, state, item };
            here.insert(bare, item);
            match seen.state.phase {
                Phase::New => new.push(seen),
                Phase::Present => match self.present(&seen).await? {
                    Some(commit) if is_touch(&commit) => touched.push(commit),
                    Some(commit) => commits.push(commit),
                    None => {}
                },
                Phase::Gone | Phase::Unreadable => commits.push(self.returned(&seen).await?),
            }
        }
        // A feed that gives most of its entries the moment of the look says nothing by it.
        if touched.len() < 3 || touched.len() * 2 <= here.len() {
            commits.append(&mut touched);
        }
        let mut left = self.left(&known, &here, listed).await?;
        let older = Self::oldest(&known, &here);
        for seen in new {
            let same = |gone: &Gone| gone.kept.statement.content == seen.item.statement.content;
            if let Some(gone) = left.iter_mut().find(|gone| gone.to.is_none() && same(gone)) {
                gone.to = Some(seen.subject.item.clone());
                commits.push(self.relisted(&seen, &gone.subject.item));
            } else {
                commits.push(self.listed(&seen, older));
            }
        }
        commits.extend(left.iter().map(|gone| self.gone(gone)));
        Ok(commits)
    }

    fn look_at(&self, subject: &Subject) -> Observation {
        let of = self.look;
        Observation {
            clock: of.clock,
            went_back_from: of.went_back_from,
            status: of.status,
            body_sha256: of.body_sha256.clone(),
            recipe: of.recipe.clone(),
            proxied: of.proxied,
            looked: Looked::Same,
            ..Observation::new(subject.clone(), of.started, of.ended)
        }
    }

    fn snapshot(&self, seen: &Seen<'_>) -> Snapshot {
        let provenance = provenance(self.target, self.look, self.capture.clone());
        Snapshot::new(seen.subject.clone(), provenance, self.recipe.clone(), seen.item.statement.clone())
    }

    fn begins_anew(&self) -> bool {
        self.state.why == Some(Why::Damaged)
    }

    async fn baseline(&self, seen: &Seen<'_>) -> Result<Option<Baseline>, StoreError> {
        let Source { target, recipe, memory, lexicons, store, .. } = *self;
        let kept =
            Known { target, subject: &seen.subject, state: &seen.state, recipe, memory, lexicons, store };
        if self.begins_anew() { Ok(None) } else { kept.baseline(&seen.item.statement).await }
    }

    /// An item that stood in the list at the last good look, and stands there now.
    async fn present(&self, seen: &Seen<'_>) -> Result<Option<Commit>, StoreError> {
        let snapshot = self.snapshot(seen);
        let unsettled = seen.state.settled(self.look.ended).is_some();
        let last = seen.state.snapshot.as_ref();
        if !self.begins_anew()
            && !unsettled
            && last.is_some_and(|last| last.id.content() == snapshot.id.content())
        {
            return Ok(None);
        }
        let Some(baseline) = self.baseline(seen).await? else {
            return Ok(Some(self.silently(seen, snapshot)));
        };
        let look = self.look_at(&seen.subject);
        if stands(&baseline, &seen.item.statement) {
            let mut commit = same_words(self.target, &seen.state, look, &baseline, self.recipe.clone());
            settled::tell(&mut commit, self.target, &seen.state, self.lexicons, self.store).await?;
            self.addressed(&mut commit, seen);
            return Ok(Some(commit).filter(|c| !c.snapshots.is_empty() || !c.events.is_empty()));
        }
        Ok(Some(self.revised(seen, look, &baseline, snapshot).await))
    }

    async fn revised(
        &self,
        seen: &Seen<'_>,
        mut look: Observation,
        baseline: &Baseline,
        snapshot: Snapshot,
    ) -> Commit {
        let Source { target, recipe, memory, lexicons, store, .. } = *self;
        let kept =
            Known { target, subject: &seen.subject, state: &seen.state, recipe, memory, lexicons, store };
        look.looked = Looked::Read;
        look.snapshot = Some(snapshot.id.clone());
        look.returns_to = kept.returns_to(&snapshot, baseline).await;
        let reading = Reading { baseline: Some(baseline), to: &snapshot, lexicons };
        let mut commit = transition::read(target, &seen.state, look, reading);
        commit.snapshots.push(snapshot);
        self.addressed(&mut commit, seen);
        commit
    }

    /// An item that is back in the list.
    async fn returned(&self, seen: &Seen<'_>) -> Result<Commit, StoreError> {
        let snapshot = self.snapshot(seen);
        let look = self.look_at(&seen.subject);
        let Some(baseline) = self.baseline(seen).await? else { return Ok(self.silently(seen, snapshot)) };
        if !stands(&baseline, &seen.item.statement) {
            return Ok(self.revised(seen, look, &baseline, snapshot).await);
        }
        let mut commit = same_words(self.target, &seen.state, look, &baseline, self.recipe.clone());
        commit.events.clear();
        if seen.state.told_gone > Level::Silent {
            let mut event =
                transition::start(self.target, &seen.state, &commit.look, EventKind::Listed, Level::Note);
            event.why = seen.state.why;
            event.headline = format!("Listed again, the wording stands: {}", name(seen.item));
            event.to = Some(side(&baseline.snapshot));
            event.identify();
            commit.events.push(event);
            self.addressed(&mut commit, seen);
        }
        Ok(commit)
    }

    /// Puts an item on record and tells nobody.
    fn silently(&self, seen: &Seen<'_>, snapshot: Snapshot) -> Commit {
        let mut look = self.look_at(&seen.subject);
        look.looked = Looked::Read;
        look.snapshot = Some(snapshot.id.clone());
        Commit { snapshots: vec![snapshot], ..Commit::bare(seen.state.version(), look) }
    }

    /// An item that was never seen.
    fn listed(&self, seen: &Seen<'_>, older: Option<Timestamp>) -> Commit {
        let snapshot = self.snapshot(seen);
        let mut commit = self.silently(seen, snapshot);
        if self.begins_anew() {
            return commit;
        }
        let is_first = self.state.snapshot.is_none();
        let own = Entry::new("", &seen.item.statement).last();
        let reaches_back = own.zip(older).is_some_and(|(own, older)| own < older);
        let (kind, judgement) = if is_first || reaches_back {
            (EventKind::FirstSeen, Judgement::default())
        } else {
            let empty = Statement::default();
            let found = difference(&empty, &seen.item.statement, self.target, self.lexicons);
            (EventKind::Listed, found.0)
        };
        let relevant = judgement.changes.iter().any(|change| change.relevant);
        let level = if relevant { judgement.level.max(Level::Note) } else { Level::Silent };
        let words = match kind {
            EventKind::FirstSeen if is_first => "Listed at the first look",
            EventKind::FirstSeen => "The list now reaches further back",
            _ => "Listed",
        };
        let mut event = transition::start(self.target, &seen.state, &commit.look, kind, level);
        event.headline =
            transition::after_words(&format!("{words}: {}", name(seen.item)), &judgement.headline);
        transition::take_changes(&mut event, judgement);
        event.to = commit.snapshots.first().map(side);
        self.finish(&mut event);
        commit.events.push(event);
        self.addressed(&mut commit, seen);
        commit
    }

    /// An item that has the words of one that left at this look.
    fn relisted(&self, seen: &Seen<'_>, before: &ItemKey) -> Commit {
        let snapshot = self.snapshot(seen);
        let mut commit = self.silently(seen, snapshot);
        let mut event =
            transition::start(self.target, &seen.state, &commit.look, EventKind::Listed, Level::Silent);
        event.headline = format!("Listed under another address: {}", name(seen.item));
        event.evidence = Some(format!("the same words stood at {}", before.as_str()));
        event.to = commit.snapshots.first().map(side);
        event.identify();
        commit.events.push(event);
        self.addressed(&mut commit, seen);
        commit
    }

    /// What an event says of how it was judged, and its name.
    fn finish(&self, event: &mut Event) {
        event.judge = Some(JudgedBy { version: judge::VERSION, lexicons: self.lexicons.digest() });
        event.identify();
    }

    /// An item's events lead to the item where it is a page of its own.
    fn addressed(&self, commit: &mut Commit, seen: &Seen<'_>) {
        let page = seen.item.statement.canonical.as_deref().filter(|page| page.starts_with("http"));
        for event in &mut commit.events {
            page.unwrap_or(self.target.url.as_str()).clone_into(&mut event.url);
        }
    }

    /// The items that are no longer in the list, and those whose absence is to be confirmed.
    async fn left(
        &self,
        known: &BTreeMap<String, (ItemKey, TargetState)>,
        here: &BTreeMap<String, &Item>,
        listed: Option<&Statement>,
    ) -> Result<Vec<Gone>, StoreError> {
        let mut gone: BTreeMap<String, Gone> = BTreeMap::new();
        for (bare, (key, state)) in known.iter().filter(|(bare, _)| !here.contains_key(*bare)) {
            let was_here = state.phase == Phase::Present && !self.begins_anew();
            if let Some(last) = state.snapshot.as_ref().filter(|_| was_here || waits(self.target, state)) {
                let subject = Subject { target: self.target.id.clone(), item: key.clone() };
                let kept = self.store.snapshot(&subject, &last.id).await?;
                let state = state.clone();
                let departure = Departure::Withdrawn;
                gone.insert(bare.clone(), Gone { subject, state, kept, departure, to: None });
            }
        }
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        // What does not leave by itself is never older than anything.
        let stays = |bare: &str| here.get(bare).is_some_and(|item| !item.ages);
        let some_stay = here.values().any(|item| !item.ages);
        let mut before = Vec::new();
        for bare in listed.into_iter().flat_map(keys).map(|key| bare(&key)) {
            if stays(&bare) {
                continue;
            }
            if let Some(gone) = gone.get(&bare) {
                let entry = Entry::new(&bare, &gone.kept.statement);
                // Beside what never ages, what has no date is of its kind.
                before.extend(Some(entry).filter(|entry| !some_stay || entry.last().is_some()));
            } else if let Some((key, TargetState { snapshot: Some(last), .. })) = known.get(&bare) {
                // The date of the last change that was on record tells an entry that was lifted.
                let subject = Subject { target: self.target.id.clone(), item: key.clone() };
                before.push(Entry::new(&bare, &self.store.snapshot(&subject, &last.id).await?.statement));
            }
        }
        let ageing = here.iter().filter(|(bare, _)| !stays(bare));
        let after: Vec<Entry> = ageing.map(|(bare, item)| Entry::new(bare, &item.statement)).collect();
        for (bare, departure) in departures::departures(&before, &after, Some(self.look.ended)) {
            if let Some(gone) = gone.get_mut(&bare).filter(|gone| gone.state.phase == Phase::Present) {
                gone.departure = departure;
            }
        }
        Ok(gone.into_values().collect())
    }

    /// The date of the oldest entry that was listed before and still is.
    fn oldest(
        known: &BTreeMap<String, (ItemKey, TargetState)>,
        here: &BTreeMap<String, &Item>,
    ) -> Option<Timestamp> {
        let stayed = here.iter().filter(|(bare, item)| known.contains_key(*bare) && item.ages);
        stayed.filter_map(|(bare, item)| Entry::new(bare, &item.statement).last()).min()
    }

    /// What an item that is no longer in the list leaves on record.
    fn gone(&self, gone: &Gone) -> Commit {
        let Gone { subject, state, kept, departure, to } = gone;
        let mut look = self.look_at(subject);
        look.looked = Looked::Absent;
        let title = quoted(&kept.statement, &subject.item);
        let sure = state.absent.saturating_add(1) >= self.target.confirm;
        let (judgement, _) = difference(&kept.statement, &Statement::default(), self.target, self.lexicons);
        let relevant = judgement.changes.iter().any(|change| change.relevant);
        let (why, loud, words) = match (to, departure) {
            (Some(_), _) => (Why::Relisted, Level::Silent, "Listed under another address"),
            (None, Departure::Withdrawn) if sure => (Why::Withdrawn, Level::Alert, "Withdrawn from the list"),
            (None, Departure::Withdrawn) => {
                (Why::Withdrawn, Level::Note, "Not in the list at this look, while older entries are")
            }
            (None, Departure::Unclear) => {
                (Why::AgedOut, Level::Note, "No longer in the list, and nothing came in its place")
            }
            (None, Departure::Aged) => (Why::AgedOut, Level::Silent, "Left the list, as the oldest do"),
        };
        look.why = Some(why);
        let level = if relevant { loud } else { Level::Silent };
        // At first for the record, whatever its level; then where it is louder.
        if state.phase == Phase::Gone && level <= state.told_gone {
            return Commit::bare(state.version(), look);
        }
        let mut event = transition::start(self.target, state, &look, EventKind::Unlisted, level);
        (event.why, event.from) = (Some(why), Some(side(kept)));
        event.headline = format!("{words}: {title}");
        event.evidence = to.as_ref().map(|to| format!("the same words stand at {}", to.as_str()));
        if level > Level::Silent {
            transition::take_changes(&mut event, judgement);
            self.finish(&mut event);
        } else {
            event.identify();
        }
        let page = kept.statement.canonical.as_deref().filter(|page| page.starts_with("http"));
        page.unwrap_or(self.target.url.as_str()).clone_into(&mut event.url);
        Commit { events: vec![event], ..Commit::bare(state.version(), look) }
    }
}

/// An item that is no longer in the list.
struct Gone {
    subject: Subject,
    state: TargetState,
    kept: Snapshot,
    departure: Departure,
    /// The item that has its words now.
    to: Option<ItemKey>,
}

/// What two keys share that lead to one place.
fn bare(key: &ItemKey) -> String {
    Link { words: String::new(), address: key.as_str().to_owned() }.bare().to_owned()
}

/// The keys of a list, in its order.
fn keys(list: &Statement) -> impl Iterator<Item = ItemKey> {
    let sentences = list.content.iter().flat_map(|block| &block.sentences);
    sentences.filter_map(|sentence| sentence.links.first()?.address.parse().ok())
}

/// Whether two lists name the same items by the same words, in whatever order.
pub(super) fn same_list(a: &Statement, b: &Statement) -> bool {
    let rows = |list: &Statement| -> BTreeSet<(String, String)> {
        let sentences = list.content.iter().flat_map(|block| &block.sentences);
        let row = |s: &crate::model::Sentence| {
            (s.links.first().map(|l| l.address.clone()).unwrap_or_default(), s.text.clone())
        };
        sentences.map(row).collect()
    };
    rows(a) == rows(b)
}

fn is_touch(commit: &Commit) -> bool {
    commit.events.iter().any(|event| event.kind == EventKind::Touched)
}

fn name(item: &Item) -> String {
    quoted(&item.statement, &item.key)
}

fn quoted(statement: &Statement, key: &ItemKey) -> String {
    format!("\"{}\"", statement.title.as_deref().unwrap_or(key.as_str()))
}
