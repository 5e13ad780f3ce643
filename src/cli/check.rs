//! `onrecord check`: one pass now.
//!
//! Not here: how a pass goes (`engine`), how an event is put (`render`).

use std::{io::Write as _, sync::Arc, time::Duration};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    Exit, Failure, Global, config, format,
    told::{FORMATS, Telling},
    totals,
};
use crate::{
    engine::{self, Judging, Tally, WallClock},
    fetch::Http,
    model::Target,
    render::{self, Format, Totals},
    store::Files,
    targets::Config,
};

/// Look once at every target, or at those named, and tell what changed
///
/// Whatever `every` says, each is looked at now; only a pause that a server asked for holds. What an earlier run kept
/// and could not tell is told first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord check\n  onrecord check canterbury-news --exit-code\n  onrecord check --format ndjson >> events.ndjson"
)]
pub(super) struct Check {
    /// Which targets; all without it
    #[arg(id = "named", value_name = "TARGET")]
    targets: Vec<String>,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format::one_of(FORMATS))]
    format: Format,
    /// Exit with 1 when an alert was raised, with 4 when none was but a target could not be read
    #[arg(long)]
    exit_code: bool,
}

impl Check {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let config = config::load(global)?;
        let chosen = self.choose(&config)?;
        let clock = config::clock()?;
        let http = config::http(config.contact.as_deref(), clock)?;
        let mut store = Files::open(&global.store)?;
        let sinks = config::sinks(&config, global);
        config::take_up(&config, &mut store, clock)?;
        let telling = Telling { format: self.format, incidents: &config.incidents, clock, global };

        let late = telling.untold(&mut store)?;
        let runtime = config::runtime()?;
        let judging = config::judging(&config);
        let tally = runtime.block_on(looked_at(&chosen, http, &mut store, &judging, clock, global.quiet))?;
        config::tell_judge(judging.trouble().as_deref());
        let totals = totals::of(&late, &telling.untold(&mut store)?, tally);
        runtime.block_on(config::deliver(&sinks, &mut store, clock))?;
        if self.format == Format::Text && !global.quiet {
            let mut out = anstream::stdout().lock();
            writeln!(out, "{}\n{}", render::quiet(&totals), render::summary(&totals).trim_end())?;
        }
        Ok(self.exit(totals, tally))
    }

    fn choose(&self, config: &Config) -> Result<Vec<Arc<Target>>, Failure> {
        if self.targets.is_empty() {
            return Ok(config
                .targets
                .iter()
                .filter(|target| !target.paused)
                .cloned()
                .map(Arc::new)
                .collect());
        }
        let find = |name: &String| {
            let found = config.targets.iter().find(|target| target.id.as_str() == name);
            found.cloned().map(Arc::new).ok_or_else(|| {
                let known: Vec<_> = config.targets.iter().map(|target| target.id.as_str()).collect();
                let name = render::escape::terminal(name);
                Failure::usage(format!("no target is called `{name}`; there are: {}", known.join(", ")))
            })
        };
        self.targets.iter().map(find).collect()
    }

    fn exit(&self, totals: Totals, tally: Tally) -> Exit {
        if !self.exit_code {
            Exit::Done
        } else if totals.alerts > 0 {
            Exit::Alert
        } else if tally.without > 0 {
            Exit::Unread
        } else {
            Exit::Done
        }
    }
}

/// How long a pass may take before a terminal shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// The pass, with its progress on a terminal's standard error.
async fn looked_at(
    targets: &[Arc<Target>],
    http: Http,
    store: &mut Files,
    judging: &Judging,
    clock: WallClock,
    quiet: bool,
) -> Result<Tally, Failure> {
    let bar = ProgressBar::with_draw_target(Some(targets.len() as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{pos} of {len} looked at, {elapsed}  {msg}") {
        bar.set_style(style);
    }
    let shown = bar.clone();
    let waking = tokio::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        if !quiet {
            // Nothing is drawn where standard error is no terminal.
            shown.set_draw_target(ProgressDrawTarget::stderr());
            shown.enable_steady_tick(Duration::from_millis(200));
        }
    });
    let tally = engine::pass(targets, Arc::new(http), store, judging, clock, |target| {
        bar.set_message(target.id.to_string());
        bar.inc(1);
    })
    .await;
    waking.abort();
    bar.finish_and_clear();
    tally.map_err(Failure::store)
}
