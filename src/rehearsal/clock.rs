//! The clock of a running talk: every moment since its start belongs to a slide, a pause, a question, or to time that was
//! taken back.

#![expect(clippy::cast_precision_loss, reason = "an `f64` counts the slides of a talk exactly")]

mod edit;
mod input;
mod lines;
mod phase;
mod readout;
mod state;

use std::time::Duration;

use jiff::Timestamp;

pub use input::PlanInput;
pub use phase::ClockPhase;
pub use readout::{ClockReadout, Pace};
pub use state::ClockState;

use super::plan::{Plan, Share};
use super::record::{RecordLine, Why};
use super::{Now, Run, SlideTime};

/// The shortest sleep of a computer: its two clocks are not read at the same instant.
const SHORTEST_SLEEP: Duration = Duration::from_secs(1);

/// What a slide has taken so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Taken {
    time: Duration,
    visits: u32,
}

/// The clock of a talk.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    input: PlanInput,
    plan: Plan,
    phase: ClockPhase,
    /// The slide and the step that are shown.
    here: (usize, u16),
    /// The slide that was visited last.
    visited: Option<usize>,
    /// When the talk began.
    started: Option<Timestamp>,
    /// Up to when all time has been accounted for; none before the start.
    since: Option<Now>,
    taken: Vec<Taken>,
    /// What slides have taken that the deck has no more, by their keys.
    gone: Vec<(String, Taken)>,
    /// What of the slide's time is in no line yet.
    lap: Duration,
    /// Whether no line records the visit of the slide yet.
    is_new: bool,
    /// How long it has rested since it rests.
    rest: Duration,
    paused: Duration,
    questions: Duration,
    slept: Duration,
    taken_back: Duration,
    /// The seconds behind the plan that count as on time, since the speaker said so.
    shift: f64,
    lines: Vec<RecordLine>,
    is_discarded: bool,
    /// How long the computer has slept, until it is reported.
    unreported_sleep: Option<Duration>,
}

impl Clock {
    /// A clock for a talk that has not begun, at the slide that is shown.
    pub fn armed(input: PlanInput, slide: usize) -> Self {
        let mut clock = Self { here: (slide, 0), ..Self::default() };
        clock.set(input);
        clock
    }

    /// Returns what the clock is doing.
    pub fn phase(&self) -> ClockPhase {
        self.phase
    }

    /// Returns the plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns what is known of the talk.
    pub fn input(&self) -> &PlanInput {
        &self.input
    }

    /// Returns how long the talk itself has taken: neither pauses nor questions.
    pub fn elapsed(&self) -> Duration {
        let gone = self.gone.iter().map(|(_, taken)| taken);
        self.taken.iter().chain(gone).map(|taken| taken.time).sum()
    }

    /// Returns how long the slide at an index was shown, and how often it was come to.
    pub fn taken(&self, slide: usize) -> (Duration, u32) {
        let taken = self.taken.get(slide).copied().unwrap_or_default();
        (taken.time, taken.visits)
    }

    /// Returns the time that belongs to no slide: pauses, questions, sleep, and what was taken back.
    pub fn besides(&self) -> [Duration; 4] {
        [self.paused, self.questions, self.slept, self.taken_back]
    }

    /// Returns the lines to be recorded, each of them once.
    pub fn drain_lines(&mut self) -> Vec<RecordLine> {
        std::mem::take(&mut self.lines)
    }

    /// Returns how long the computer has slept, once.
    pub fn report_sleep(&mut self) -> Option<Duration> {
        self.unreported_sleep.take()
    }

    /// Takes another input before the start: what the deck says has been read by now, or the speaker has taken a budget.
    pub fn set(&mut self, input: PlanInput) {
        self.plan = Plan::new(&input.entries, &input.budget);
        self.taken.resize(input.entries.len(), Taken::default());
        self.input = input;
    }

    /// Begins to count for the slide that is shown.
    pub fn start(&mut self, now: Now) {
        if self.phase != ClockPhase::Armed {
            return;
        }
        if let Some(end) = self.input.end {
            let left = Duration::try_from(end.duration_since(now.wall)).unwrap_or_default();
            self.input.budget.total = Some(left);
            self.plan = Plan::new(&self.input.entries, &self.input.budget);
        }
        (self.started, self.since) = (Some(now.wall), Some(now));
        self.lines.push(RecordLine::Run(self.header(now.wall)));
        self.go_on();
    }

    /// Takes note that another slide or step is shown from `now` on.
    pub fn follow(&mut self, slide: usize, step: u16, now: Now) {
        if (slide, step) == self.here {
            return;
        }
        self.advance(now);
        self.write_lap(now, Some(slide));
        self.here = (slide, step);
        if self.phase == ClockPhase::Running {
            self.visit();
        }
    }

    /// Takes note of which step it really is that is shown, where "the last one" was all that was known.
    pub fn settle(&mut self, step: u16) {
        self.here.1 = step;
    }

    /// Starts, rests, or goes on.
    pub fn pause(&mut self, now: Now) {
        match self.phase {
            ClockPhase::Armed => self.start(now),
            ClockPhase::Running => self.stop(ClockPhase::Paused, now),
            ClockPhase::Question => {
                self.advance(now);
                self.write_rest(now);
                self.phase = ClockPhase::Paused;
            }
            ClockPhase::Paused | ClockPhase::Ended => self.resume(now),
        }
    }

    /// Rests for a question, or goes on after it.
    pub fn question(&mut self, now: Now) {
        match self.phase {
            ClockPhase::Armed | ClockPhase::Ended => {}
            ClockPhase::Running => self.stop(ClockPhase::Question, now),
            ClockPhase::Question => self.resume(now),
            ClockPhase::Paused => {
                self.advance(now);
                self.write_rest(now);
                self.phase = ClockPhase::Question;
            }
        }
    }

    /// Takes back all time of the slide that is shown.
    pub fn again(&mut self, now: Now) {
        if self.phase == ClockPhase::Armed {
            return;
        }
        self.advance(now);
        let taken = *self.taken_here();
        self.taken_back += taken.time;
        // What is read later counts one visit from here on.
        self.is_new &= taken.visits < 2;
        *self.taken_here() = Taken { time: Duration::ZERO, visits: taken.visits.min(1) };
        self.lap = Duration::ZERO;
        let key = self.key(self.here.0);
        self.lines.push(RecordLine::Again { at: now.wall, key });
    }

    /// Takes what is planned until here for what was meant.
    pub fn on_schedule(&mut self, now: Now) {
        self.advance(now);
        self.shift = self.deviation().unwrap_or(0.0);
    }

    /// Comes to the end, from which it may still go on.
    pub fn end(&mut self, now: Now) {
        self.advance(now);
        if matches!(self.phase, ClockPhase::Armed | ClockPhase::Ended) {
            return;
        }
        if self.phase == ClockPhase::Running {
            self.write_lap(now, None);
        } else {
            self.write_rest(now);
        }
        self.phase = ClockPhase::Ended;
        self.lines.push(RecordLine::End { at: now.wall });
    }

    /// Ends the run, and waits for another one to begin at a slide.
    pub fn start_over(&mut self, slide: usize, now: Now) {
        self.end(now);
        let lines = std::mem::take(&mut self.lines);
        *self = Self { lines, ..Self::armed(std::mem::take(&mut self.input), slide) };
    }

    /// Wants nothing of the run to be kept.
    pub fn discard(&mut self) {
        self.is_discarded = true;
        self.lines.push(RecordLine::Discarded);
    }

    /// Returns whether nothing of the run shall be kept.
    pub fn is_discarded(&self) -> bool {
        self.is_discarded
    }

    /// Goes on with a run that was recorded: what each of its slides has taken, by key, and pauses and questions.
    pub fn carry_on(&mut self, run: &Run, now: Now) {
        let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or_default();
        let taken = |spent: &SlideTime| Taken { time: seconds(spent.seconds), visits: spent.visits };
        self.share_out(run.spent.iter().map(|(key, spent)| (key.clone(), taken(spent))).collect());
        (self.paused, self.questions) = (seconds(run.paused_seconds), seconds(run.questions_seconds));
        self.slept = seconds(run.slept_seconds);
        (self.started, self.since) = (Some(run.header.started), Some(now));
        self.lines.push(RecordLine::Resumed { at: now.wall });
        // The deck may have been edited meanwhile.
        self.write_slides(now, Vec::new());
        self.go_on();
    }

    /// Accounts for the time until now.
    pub fn advance(&mut self, now: Now) {
        let Some(since) = self.since.filter(|_| !matches!(self.phase, ClockPhase::Armed | ClockPhase::Ended))
        else {
            return;
        };
        let slept = now.asleep.saturating_sub(since.asleep);
        let slept = if slept < SHORTEST_SLEEP { Duration::ZERO } else { slept };
        let awake = now.awake.saturating_sub(since.awake);
        // What looks like a moment's sleep is kept for the next time.
        self.since = Some(Now { asleep: since.asleep + slept, awake: since.awake.max(now.awake), ..now });
        match self.phase {
            ClockPhase::Running => self.spend(awake, slept, now),
            ClockPhase::Paused => self.paused += awake + slept,
            ClockPhase::Question => self.questions += awake + slept,
            ClockPhase::Armed | ClockPhase::Ended => {}
        }
        if self.phase != ClockPhase::Running {
            self.rest += awake + slept;
        }
    }

    fn spend(&mut self, awake: Duration, slept: Duration, now: Now) {
        self.taken_here().time += awake;
        self.lap += awake;
        if !slept.is_zero() {
            self.slept += slept;
            self.unreported_sleep = Some(slept);
            self.write_lap(now, None);
            self.lines.push(self.rest_line(now, Why::Sleep, slept));
        }
    }

    fn stop(&mut self, phase: ClockPhase, now: Now) {
        self.advance(now);
        self.write_lap(now, None);
        (self.phase, self.rest) = (phase, Duration::ZERO);
    }

    fn resume(&mut self, now: Now) {
        if self.phase == ClockPhase::Ended {
            // What has passed since the end was a pause, after all.
            self.phase = ClockPhase::Paused;
            self.rest = Duration::ZERO;
            self.lines.push(RecordLine::Resumed { at: now.wall });
        }
        self.advance(now);
        self.write_rest(now);
        self.go_on();
    }

    fn go_on(&mut self) {
        self.phase = ClockPhase::Running;
        self.visit();
    }

    /// Returns what the clock shows at `now`.
    pub fn readout(&mut self, now: Now) -> ClockReadout {
        self.state(now).readout(now.wall)
    }

    /// Returns by how many seconds the talk will be longer than planned, if each slide from here on takes what is left of
    /// its time. Within a slide's own time that stays the same, as in reveal.js; beyond it, it grows.
    fn deviation(&self) -> Option<f64> {
        let total = self.plan.total?.as_secs_f64();
        Some(self.elapsed().as_secs_f64() + self.left().as_secs_f64() - total)
    }

    /// Returns what is left of the time of the slides from here on.
    fn left(&self) -> Duration {
        let from_here = self.plan.slides.iter().zip(&self.taken).skip(self.here.0);
        from_here.map(|(share, taken)| share.time.unwrap_or_default().saturating_sub(taken.time)).sum()
    }

    /// Returns the state at `now`.
    pub fn state(&mut self, now: Now) -> ClockState {
        self.advance(now);
        let slide = self.here.0;
        let has_plan = self.plan.total.is_some();
        ClockState {
            phase: self.phase,
            slide: self.taken(slide).0,
            slide_plan: self.plan.slides.get(slide).and_then(|share| share.time),
            talk: self.elapsed(),
            talk_plan: self.plan.total,
            left: has_plan.then(|| self.left()),
            pace: self.pace(),
            tolerance: self.input.tolerance,
            rest: self.rest,
            starts: self.input.start.filter(|_| self.phase == ClockPhase::Armed),
            way: self.way(),
        }
    }

    /// Returns by how many seconds the talk will be longer than planned, once it has begun.
    fn pace(&self) -> Option<f64> {
        let has_begun = self.phase != ClockPhase::Armed;
        self.deviation().filter(|_| has_begun).map(|off| off - self.shift)
    }

    /// Returns how many of the slides that count have come.
    fn way(&self) -> f64 {
        let counted = |slides: &[Share]| slides.iter().filter(|share| share.counts).count() as f64;
        let here = (self.here.0 + 1).min(self.plan.slides.len());
        counted(&self.plan.slides[..here]) / counted(&self.plan.slides).max(1.0)
    }

    /// Returns what the slide that is shown has taken. It takes time also where there is no plan yet.
    fn taken_here(&mut self) -> &mut Taken {
        let slide = self.here.0;
        self.taken.resize(self.taken.len().max(slide + 1), Taken::default());
        &mut self.taken[slide]
    }

    /// Counts the visit of the slide that is shown, where it is one.
    pub(super) fn visit(&mut self) {
        if self.visited != Some(self.here.0) {
            self.visited = Some(self.here.0);
            self.is_new = true;
            self.taken_here().visits += 1;
        }
    }
}
