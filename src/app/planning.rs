//! What a talk makes of its plan: what is offered before the start, and what its clock shows.

use std::time::Duration;

use jiff::Timestamp;

use super::command::Command;
use super::plan_search::Prepared;
use super::state::App;
use crate::disk::StoredRun;
use crate::present::{ClockVisibility, Offer, Position, Presenter, Viewers};
use crate::rehearsal::{ClockPhase, ClockReadout, Now};
use crate::text::shown_time;

/// What the clock shows at a moment.
pub(super) struct ClockDisplay {
    pub(super) face: ClockReadout,
    /// When the talk will be over, as a time of day; empty where that is not known.
    pub(super) ends: String,
    /// The time of day.
    pub(super) wall: String,
    /// When the display changes, by [`Now::awake`].
    pub(super) changes: Option<Duration>,
}

/// Returns the command to find out what the plan is made from, where that is of use: a clock is shown, a run is
/// recorded, or there is a plan already, which an edit has changed.
pub(super) fn search_plan(app: &mut App, now: Now) -> Option<Command> {
    let clock = &app.presenter.clock;
    let is_shown =
        app.presenter.shown != ClockVisibility::Hidden || app.presenter.viewers == Viewers::Audience;
    let is_planned = !clock.input().entries.is_empty();
    let is_kept = app.mode.rehearses() || app.timer.is_recorded();
    let is_wanted = !app.mode.is_console() && (is_shown || is_planned || is_kept);
    is_wanted.then(|| search(app, now))
}

/// Returns the command to find out what the plan is made from.
pub(super) fn search(app: &mut App, now: Now) -> Command {
    app.timer.search(app.slides.deck(), &app.presenter.clock, app.mode.rehearses(), now)
}

/// Gives the clock what its plan is made from, and offers what may be of use before the start.
pub(super) fn plan(app: &mut App, prepared: Prepared, now: Now) {
    let Prepared { entries, length, last } = prepared;
    let App { timer, slides, status, follower, presenter, .. } = app;
    let mut agenda = timer.agenda(slides.deck(), status.title(), follower.place(), now);
    agenda.entries = entries;
    let clock = &mut presenter.clock;
    if clock.input().entries.is_empty() {
        if agenda.end.is_some() && clock.phase() != ClockPhase::Armed {
            // It has the time that was left when it began, not what is left when the clock is looked at.
            agenda.budget.total = clock.input().budget.total;
        }
        clock.set(agenda);
        offer(app, length, last);
    } else {
        agenda.budget.total = agenda.budget.total.or(clock.input().budget.total);
        clock.edit(agenda, presenter.position.slide, now);
        // Before the start, what the edited deck says is offered; a run only where it still is.
        let is_offered = presenter.offers.contains(&Offer::GoOn);
        let last = timer.forget_last().filter(|_| is_offered);
        offer(app, length, last);
    }
}

/// Offers what may be of use before the start.
fn offer(app: &mut App, length: Option<(Duration, String)>, last: Option<StoredRun>) {
    let clock = &app.presenter.clock;
    if app.presenter.viewers != Viewers::Speaker || clock.phase() != ClockPhase::Armed {
        return;
    }
    let length = length.filter(|_| clock.plan().total.is_none());
    let mut offers = Vec::new();
    offers.extend(last.is_some().then_some(Offer::GoOn));
    offers.extend((!notices(app).is_empty()).then_some(Offer::Notice));
    offers.extend(length.as_ref().map(|(time, _)| Offer::Length(*time)));
    app.presenter.offers = offers;
    app.timer.remember(last, length.map(|(_, words)| words).unwrap_or_default());
}

/// Returns what a speaker should know before the start: of the window, of the record, of the plan.
pub(super) fn notices(app: &App) -> Vec<String> {
    let lacks = app.mode.terminal().and_then(|wished| app.terminal.lacks(wished));
    let plan = app.presenter.clock.plan().diagnostics.iter();
    let plan = plan.map(|diagnostic| diagnostic.to_string().replace("\n  hint:", " —"));
    lacks.into_iter().chain(app.timer.failure().map(str::to_owned)).chain(plan).collect()
}

/// Accepts what was offered; returns the command to continue a run, where that was it.
pub(super) fn accept(app: &mut App, offer: Offer, now: Now) -> Option<Command> {
    let presenter = &mut app.presenter;
    match offer {
        Offer::Notice => return None,
        Offer::Length(time) => {
            set_total(presenter, Some(time));
            return None;
        }
        Offer::GoOn => {}
    }
    let kept = app.timer.forget_last().filter(|_| app.timer.is_recorded())?;
    let entries = &presenter.clock.input().entries;
    let slide = kept.run.last.as_ref().and_then(|key| entries.iter().position(|entry| entry.key == *key));
    if presenter.clock.plan().total.is_none()
        && let Some(planned) = kept.run.header.planned_seconds
    {
        set_total(presenter, Duration::try_from_secs_f64(planned).ok());
    }
    if let Some(slide) = slide {
        presenter.position = Position::at(slide);
        presenter.clock.follow(slide, 0, now);
    }
    presenter.clock.carry_on(&kept.run, now);
    presenter.offers.clear();
    Some(Command::ContinueRun(Box::new(kept)))
}

fn set_total(presenter: &mut Presenter, total: Option<Duration>) {
    let mut agenda = presenter.clock.input().clone();
    agenda.budget.total = total;
    presenter.clock.set(agenda);
}

/// Returns what the clock shows at `now`; none while it is hidden.
pub(super) fn display(app: &mut App, now: Now) -> Option<ClockDisplay> {
    let presenter = &mut app.presenter;
    if presenter.shown == ClockVisibility::Hidden {
        return None;
    }
    let face = match app.mode.remote() {
        Some(talk) => talk.clock(now.awake).readout(now.wall),
        None => presenter.clock.readout(now),
    };
    // The time of day is above the notes.
    let changes = super::timer::next_change(&face, presenter.notes.is_some(), now);
    let ends = face.ends.map(|at| app.timer.minute(at)).unwrap_or_default();
    Some(ClockDisplay { face, ends, wall: app.timer.wall(now), changes })
}

/// Returns when and where a run that may be continued has ended.
pub(super) fn last_run(kept: &StoredRun, now: Timestamp) -> String {
    let run = &kept.run;
    let ago = match now.duration_since(run.ended).as_mins() {
        ..=0 => "just now".to_owned(),
        1 => "1 minute ago".to_owned(),
        minutes => format!("{minutes} minutes ago"),
    };
    let slide = run.header.slides.iter().find(|slide| Some(&slide.key) == run.last.as_ref());
    let at = slide.map(|slide| format!(" at slide {}", slide.number)).unwrap_or_default();
    let taken = shown_time(Duration::from_secs_f64(run.total_seconds()));
    format!("a run ended {ago}{at}, after {taken}")
}

/// Returns what is said after the computer has slept.
pub(super) fn slept(time: Duration) -> String {
    format!("slept for {}: that was a pause", shown_time(time))
}
