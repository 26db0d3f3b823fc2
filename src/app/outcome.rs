//! How a talk ended: what is printed on the ordinary screen after it.

use std::io::Write;

use super::command::Command;
use super::state::App;
use crate::rehearsal::{Now, Run};
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
    pub(super) fn of(app: &mut App, now: Now) -> (Self, Vec<Command>) {
        app.presenter.clock.end(now);
        let lines = app.timer.record(app.presenter.clock.drain_lines());
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

    /// Returns what is printed, and the runs that a report is made from: the others that are kept, and this one last.
    pub(super) fn farewell(self, others: Vec<Run>) -> Farewell {
        let mut farewell = Farewell::default();
        if self.is_console {
            return farewell;
        }
        let Farewell { out, errors, runs } = &mut farewell;
        let deck = if self.deck.is_empty() { String::new() } else { format!(" {}", self.deck) };
        let number = self.number;
        out.push(format!("left at slide {number}; lutrin{deck} --slide {number} goes on"));
        errors
            .extend(self.no_clients.map(|why| format!("lutrin: no console could join: {}", sanitize(&why))));
        let diagnostics = self.diagnostics.iter().take(PRINTED);
        errors.extend(diagnostics.map(|diagnostic| sanitize(diagnostic).into_owned()));
        if let Some(more) = self.diagnostics.len().checked_sub(PRINTED).filter(|more| *more > 0) {
            errors.push(format!("and {more} more; `!` shows them while presenting"));
        }
        let Some(run) = self.run else { return farewell };
        if self.is_discarded {
            out.push("this run is discarded".to_owned());
            return farewell;
        }
        errors.extend(self.failure.map(|failure| format!("lutrin: {}", sanitize(&failure))));
        // A blank line between how to go on and how it went.
        out.push(String::new());
        let others = others.into_iter().filter(|other| other.header.started != run.header.started);
        *runs = Some(others.chain([run.clone()]).collect());
        farewell
    }
}

/// What is said on the ordinary screen after a talk.
#[derive(Debug, Default)]
pub(super) struct Farewell {
    /// Lines for standard output.
    pub(super) out: Vec<String>,
    /// Lines for standard error.
    pub(super) errors: Vec<String>,
    /// The runs that a report is made from, the one to report last; none where nothing is to be reported.
    pub(super) runs: Option<Vec<Run>>,
}

impl Farewell {
    /// Prints the lines. A terminal that is gone by now is no reason to fail.
    pub(super) fn print(&self) {
        let (mut out, mut errors) = (std::io::stdout(), std::io::stderr());
        // How to go on is first.
        let (first, rest) = self.out.split_at(self.out.len().min(1));
        for line in first {
            let _ = writeln!(out, "{line}");
        }
        for line in &self.errors {
            let _ = writeln!(errors, "{line}");
        }
        for line in rest {
            let _ = writeln!(out, "{line}");
        }
    }
}
