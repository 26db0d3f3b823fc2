//! A talk that runs elsewhere, on its speaker's screen: how a console joins it, hears it, and finds it again. What its keys
//! and the talk's words mean is next door.

mod mirror;

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Manner, Opening};
use crate::app::event::Event;
use crate::cli::{Options, TimeOptions};
use crate::common::{self, Failure};
use crate::deck::Deck;
use crate::disk::Place;
use crate::parse;
use crate::present::ClockVisibility;
use crate::protocol::{Line, Request, Script, State};
use crate::rehearsal::Reading;
use crate::socket::{self, Asker, Guest, Hearer, Unclear, Wanted};
use crate::source::{Diagnostic, Source};

/// A talk that answers at all tells its deck within this time.
const PATIENCE: Duration = Duration::from_secs(5);
/// So often a talk that is gone is looked for.
const LOOK: Duration = Duration::from_secs(1);

/// What joins a console to its talk.
pub(super) struct Link {
    asker: Asking,
    /// What the talk has told last.
    state: State,
    /// When it did.
    heard: Instant,
    /// Whether the talk is gone.
    is_lost: bool,
}

/// The way to the talk, which another thread changes; none while the talk is gone.
#[derive(Clone)]
struct Asking(Arc<Mutex<Option<Asker>>>);

impl Asking {
    fn hold(&self) -> MutexGuard<'_, Option<Asker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Link {
    fn new(asker: Asker, state: State) -> Self {
        let asker = Asking(Arc::new(Mutex::new(Some(asker))));
        Self { asker, state, heard: Instant::now(), is_lost: false }
    }

    /// Returns how the talk stands, as it was told last.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// Returns whether the talk is gone.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Returns what the talk's clock reads now; that of a talk that is gone stands still.
    pub(super) fn reading(&self) -> Reading {
        let since = if self.is_lost { Duration::ZERO } else { self.heard.elapsed() };
        self.state.clock.later(since)
    }

    /// Returns the columns and rows of the audience's stage.
    pub(super) fn stage(&self) -> (u16, u16) {
        (self.state.stage.columns, self.state.stage.rows)
    }

    /// Asks something of the talk; returns whether it is there to hear it.
    fn ask(&self, request: &Request) -> bool {
        self.asker.hold().as_ref().is_some_and(|asker| asker.ask(request).is_ok())
    }
}

/// A talk that has been joined, before anything of it is shown.
pub(crate) struct Joined {
    asker: Asker,
    hearer: Hearer,
    script: Script,
    state: State,
    /// How it is found again.
    wanted: Wanted,
}

impl Joined {
    /// Joins the talk whose socket is at `path`, and waits until it has told everything.
    ///
    /// # Errors
    /// There is no talk, or it does not answer.
    pub(crate) fn new(path: &Path, wanted: &Wanted) -> Result<Self, Diagnostic> {
        let Guest { hello, asker, mut hearer } = Guest::join(path)?;
        asker.ask(&Request::Follow).map_err(|_| ended())?;
        let end = Instant::now() + PATIENCE;
        let mut script = None;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match hearer.hear(Some(left))? {
                Some(Line::Deck(told)) => script = Some(told),
                Some(Line::State(state)) => {
                    let Some(script) = script.take() else { continue };
                    // Another process may go on with the same deck.
                    let wanted = Wanted { process: None, deck: Some(hello.deck), ..wanted.clone() };
                    return Ok(Self { asker, hearer, script, state: *state, wanted });
                }
                Some(Line::Error(refusal)) => return Err(refusal.into()),
                Some(Line::Hello(_) | Line::Told(_)) => {}
                None => return Err(ended()),
            }
        }
    }

    /// Joins the talk again that is wanted, once it is there.
    fn again(wanted: &Wanted) -> Self {
        loop {
            thread::sleep(LOOK);
            let path = match socket::choose(wanted) {
                Err(Unclear::Many(talks)) => talks.into_iter().next_back().map(|talk| talk.path),
                found => found.ok(),
            };
            if let Some(path) = path
                && let Ok(joined) = Self::new(&path, wanted)
            {
                return joined;
            }
        }
    }

    /// Returns what a console is opened with, what joins it to its talk, and who has to hear the talk from then on.
    pub(super) fn open(self, options: &Options) -> Result<(Opening, Link, Ear), Failure> {
        let Self { asker, hearer, script, state, wanted } = self;
        let place = match script.path.as_str() {
            "" => Place::Embedded,
            "-" => Place::Input,
            path => Place::File(path.into()),
        };
        let root = options.root.clone().or_else(|| script.root.as_deref().map(PathBuf::from));
        let options = Options { root, slide: None, ..options.clone() };
        let time = TimeOptions::default();
        let manner =
            Manner { rehearses: false, shown: ClockVisibility::Line, time, stage: None, records: false };
        let link = Link::new(asker, state);
        let ear = Ear { hearer, asking: link.asker.clone(), wanted };
        Ok((Opening { deck: read(script)?, place, options, manner }, link, ear))
    }
}

fn ended() -> Diagnostic {
    Diagnostic::new("the talk has ended just now")
        .hint("present it again, or wait for it: `lutrin console --wait`")
}

/// Reads a deck as the talk reads it.
fn read(script: Script) -> Result<Deck, Failure> {
    let Script { separator, vertical_separator, notes_separator, text, .. } = script;
    let options = Options { separator, vertical_separator, notes_separator, ..Options::default() };
    let separators = common::separators(&options)?;
    Ok(parse::open(Source { text, diagnostics: Vec::new() }, Some(&separators)))
}

/// Who hears a talk.
pub(super) struct Ear {
    hearer: Hearer,
    asking: Asking,
    wanted: Wanted,
}

impl Ear {
    /// Hears what the talk tells, on a thread of its own. A talk that is gone is looked for until it is there again.
    pub(super) fn listen(self, events: Sender<Event>) {
        let Self { mut hearer, asking, wanted } = self;
        thread::spawn(move || {
            let send = |event| events.send(event).is_ok();
            loop {
                while let Ok(Some(line)) = hearer.hear(None) {
                    if !send(Event::Heard(Box::new(line))) {
                        return;
                    }
                }
                *asking.hold() = None;
                if !send(Event::Lost) {
                    return;
                }
                let joined = Joined::again(&wanted);
                *asking.hold() = Some(joined.asker);
                hearer = joined.hearer;
                let (script, state) = (Line::Deck(joined.script), Line::State(Box::new(joined.state)));
                if !(send(Event::Heard(Box::new(script))) && send(Event::Heard(Box::new(state)))) {
                    return;
                }
            }
        });
    }
}
