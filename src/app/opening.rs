//! What a talk begins with: what its speaker asked for, and what it is given of the world.

use super::command::Command;
use super::mode::Mode;
use super::profile::TerminalProfile;
use super::resources::Resources;
use super::timer::FindZone;
use super::{App, planning};
use crate::cli::{Options, TimeOptions};
use crate::deck::Deck;
use crate::disk::{Place, Records};
use crate::present::ClockVisibility;
use crate::protocol::{Hello, VERSION};
use crate::rehearsal::Moment;

/// What a talk begins with.
pub(crate) struct Opening {
    /// The deck, split but not parsed.
    pub(crate) deck: Deck,
    /// Where it comes from.
    pub(crate) place: Place,
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
    /// Returns where the run is to be kept, or why it cannot be; none where it is not kept.
    pub(super) fn records(&self) -> Result<Option<Records>, String> {
        if !self.is_recorded {
            return Ok(None);
        }
        if let Some(path) = &self.time.record {
            return Ok(Some(Records::in_file(path)));
        }
        let usual = self.mode.rehearses().then(|| Records::of(&self.place)).transpose();
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

/// Returns what is to be done at the start: the first frame, then all that may come after it.
pub(super) fn start(app: &mut App, now: Moment) -> Vec<Command> {
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
