//! What a talk begins with: what its speaker asked for, and what it is given of the world.

use std::rc::Rc;

use super::advance::AutoAdvance;
use super::command::Command;
use super::diagnostics::DiagnosticLog;
use super::films::FilmClock;
use super::follower::DeckFollower;
use super::mode::Mode;
use super::peers::Peers;
use super::places::Demand;
use super::prints::PrintQueue;
use super::profile::TerminalProfile;
use super::resources::Resources;
use super::slides::{self, SlideCache};
use super::state::App;
use super::status::StatusLine;
use super::timer::{FindZone, Timer};
use super::{console, planning};
use crate::cli::{Options, TimeOptions};
use crate::deck::Deck;
use crate::disk::{DeckSource, Records};
use crate::present::{ClockVisibility, Extent, Presenter};
use crate::protocol::{Hello, VERSION};
use crate::rehearsal::{Clock, Now};
use crate::source::Diagnostic;

/// What a talk begins with.
pub struct Opening {
    /// The deck, split but not parsed.
    pub(crate) deck: Deck,
    /// Where it comes from.
    pub(crate) place: DeckSource,
    /// How it is shown.
    pub(crate) options: Options,
    /// How it is held.
    pub(crate) mode: Mode,
    /// How much of its clock is shown.
    pub(crate) clock: ClockVisibility,
    /// What its time is given by.
    pub(crate) time: TimeOptions,
    /// Whether its run is written down.
    pub(crate) is_recorded: bool,
}

impl Opening {
    /// Returns where the run is to be kept, or why it cannot be; none where it is not kept. `usual` finds the usual place.
    pub(super) fn records(
        &self,
        usual: impl FnOnce(&DeckSource) -> Result<Records, Diagnostic>,
    ) -> Result<Option<Records>, String> {
        if !self.is_recorded {
            return Ok(None);
        }
        if let Some(path) = &self.time.record {
            return Ok(Some(Records::in_file(path)));
        }
        let usual = self.mode.rehearses().then(|| usual(&self.place)).transpose();
        usual.map_err(|why| format!("this run is not recorded: {}", why.message))
    }
}

/// What a talk is given of the world at its start.
pub(super) struct Surroundings {
    /// The terminal.
    pub(super) terminal: TerminalProfile,
    /// Where pictures and colours come from.
    pub(super) resources: Resources,
    /// Finds the time zone.
    pub(super) zone: FindZone,
    /// Whether the run is written down, else why it is not, where it should be.
    pub(super) is_recorded: Result<bool, String>,
    /// Whether animations are stopped from the start.
    pub(super) is_still: bool,
}

/// Opens a talk; the pictures and colours of its first slide are begun at once.
pub(super) fn open(opening: Opening, given: Surroundings, now: Now) -> App {
    let Opening { deck, place, options, mode, clock, time, .. } = opening;
    let Surroundings { terminal, resources, zone, is_recorded, is_still } = given;
    let (is_recorded, failure) = is_recorded.map_or_else(|why| (false, Some(why)), |is| (is, None));
    let timer = Timer::new(time, zone, is_recorded, failure);
    let first = options.slide.map_or(0, |number| usize::try_from(number - 1).unwrap_or(usize::MAX));
    let first = timer.first(&deck).unwrap_or(first).min(deck.count() - 1);
    let mut follower = DeckFollower::new(place, options);
    let theme = follower.theme(&deck);
    let places = mode.places(terminal.area(), Demand::default());
    let stage = terminal.stage(&places, &deck.meta);
    let resources = Rc::new(resources);
    let slides = SlideCache::new(deck, theme, stage, Rc::clone(&resources));
    let mut app = App {
        presenter: Presenter::new(first),
        slides,
        prints: PrintQueue::new(resources),
        log: DiagnosticLog::default(),
        follower,
        terminal,
        timer,
        peers: Peers::default(),
        films: FilmClock::default(),
        advance: AutoAdvance::default(),
        status: StatusLine::default(),
        mode,
    };
    let presenter = &mut app.presenter;
    (presenter.still, presenter.shown, presenter.viewers) = (is_still, clock, app.mode.viewers());
    app.status.set_title(slides::talk_title(&app.slides));
    let agenda = app.timer.agenda(app.slides.deck(), app.status.title(), app.follower.place(), now);
    app.presenter.clock = Clock::armed(agenda, first);
    app.presenter.notes = app.mode.shows_notes_first(app.terminal.area()).then_some(0);
    app.restage(&Extent::default());
    console::mirror(&mut app);
    app.prints.begin(&app.slides, app.presenter.position.slide);
    app
}

/// Returns what is to be done at the start: the first frame, then all that may come after it.
pub(super) fn start(app: &mut App, now: Now) -> Vec<Command> {
    let mut commands = app.terminal.choose_form(&mut app.prints, now.awake);
    commands.extend([Command::Write(app.terminal.questions(now.awake)), Command::Draw]);
    if app.mode.is_console() {
        return commands;
    }
    commands.extend(app.follower.watch());
    if !app.follower.options().no_console {
        commands.push(Command::Listen(Hello {
            protocol: VERSION,
            lutrin: env!("CARGO_PKG_VERSION").to_owned(),
            process: std::process::id(),
            deck: app.follower.place().full(),
            title: app.status.title().to_owned(),
            rehearses: app.mode.rehearses(),
        }));
    }
    commands.extend(planning::search_plan(app, now));
    commands
}
