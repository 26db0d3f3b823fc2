//! How a talk ended: what is printed on the ordinary screen after it.

use std::io::Write;

use super::command::Command;
use super::state::App;
use crate::rehearsal::{Moment, Run};
use crate::text::sanitize;

/// At most this many diagnostics are printed; the others are counted.
const PRINTED: usize = 20;

/// How a talk ended.
pub(super) struct Outcome {
    /// The slide that was shown last, from 1.
    number: usize,
    /// The deck as a shell would name it; empty for the lecture that ships.
    deck: String,
    is_console: bool,
    /// Why no client could join, where that is so.
    no_clients: Option<String>,
    /// What could not be shown as written. What the audience's screen never showed is not printed on it either.
    diagnostics: Vec<String>,
    /// The run of a rehearsal that has begun.
    run: Option<Run>,
    is_discarded: bool,
    /// Why the run is not kept, or not all of it.
    failure: Option<String>,
}

impl Outcome {
    /// Ends the clock of a talk; returns its outcome, and the commands that record its end.
    pub(super) fn of(app: &mut App, now: Moment) -> (Self, Vec<Command>) {
        app.presenter.clock.end(now);
        let lines = app.timer.record(app.presenter.clock.take_lines());
        let is_silent = app.peers.have_been() && !app.mode.rehearses();
        let all = app.log.all(app.slides.deck()).into_iter().filter(|_| !is_silent);
        let outcome = Self {
            number: app.presenter.position.slide + 1,
            deck: app.follower.place().argument(),
            is_console: app.mode.is_console(),
            no_clients: app.peers.failure().map(str::to_owned),
            diagnostics: all.map(ToString::to_string).collect(),
            run: app.presenter.clock.run().filter(|_| app.mode.rehearses()),
            is_discarded: app.presenter.clock.is_discarded(),
            failure: app.timer.failure().map(str::to_owned),
        };
        (outcome, lines)
    }

    /// Records why the run is not kept after all, where that is so.
    pub(super) fn set_failure(&mut self, failure: Option<String>) {
        self.failure = failure.or(self.failure.take());
    }

    /// Returns whether there is a run to report.
    pub(super) fn has_report(&self) -> bool {
        self.run.is_some() && !self.is_discarded
    }

    /// Prints how to go on, and what could not be shown as written. Returns the runs that a report is made from: the
    /// others that are kept, and this one last; none where nothing is to be reported.
    pub(super) fn print(self, others: Vec<Run>) -> Option<Vec<Run>> {
        // A terminal that is gone by now is no reason to fail.
        let (mut out, mut errors) = (std::io::stdout(), std::io::stderr());
        if self.is_console {
            return None;
        }
        let deck = if self.deck.is_empty() { String::new() } else { format!(" {}", self.deck) };
        let number = self.number;
        let _ = writeln!(out, "left at slide {number}; lutrin{deck} --slide {number} goes on");
        if let Some(why) = &self.no_clients {
            let _ = writeln!(errors, "lutrin: no console could join: {}", sanitize(why));
        }
        for diagnostic in self.diagnostics.iter().take(PRINTED) {
            let _ = writeln!(errors, "{}", sanitize(diagnostic));
        }
        if let Some(more) = self.diagnostics.len().checked_sub(PRINTED).filter(|more| *more > 0) {
            let _ = writeln!(errors, "and {more} more; `!` shows them while presenting");
        }
        let run = self.run?;
        if self.is_discarded {
            let _ = writeln!(out, "this run is discarded");
            return None;
        }
        if let Some(failure) = &self.failure {
            let _ = writeln!(errors, "lutrin: {}", sanitize(failure));
        }
        // A blank line between how to go on and how it went.
        let _ = writeln!(out);
        let others = others.into_iter().filter(|other| other.header.started != run.header.started);
        let mut runs: Vec<Run> = others.collect();
        runs.push(run);
        Some(runs)
    }
}
