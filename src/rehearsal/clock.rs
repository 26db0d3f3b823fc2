//! The clock of a running talk: every moment since its start belongs to a slide, a pause, a question, or to time that was
//! taken back. What it says is painted elsewhere, and the loop writes down what is to be recorded.

mod edit;
mod face;
mod lines;
mod reading;

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use face::{Face, Pace};
pub use reading::Reading;

use super::plan::{Budget, Plan};
use super::record::{Line, Why};
use super::{Entry, Moment, Run, Spent};

/// A computer that sleeps, sleeps at least so long: its two clocks are not read in one breath.
const SHORTEST_SLEEP: Duration = Duration::from_secs(1);

/// What a clock is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It waits for the talk to begin.
    #[default]
    Armed,
    /// It counts for the slide that is shown.
    Running,
    /// It rests, because the speaker wants it.
    Paused,
    /// It rests, because somebody asks something.
    Question,
    /// The talk has come to its end, from which it may still go on.
    Ended,
}

/// What is known of a talk before it begins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agenda {
    /// The deck's path, absolute; empty for the lecture that ships.
    pub deck: String,
    /// The talk's title.
    pub title: String,
    /// The slides.
    pub entries: Vec<Entry>,
    /// What their time is given by.
    pub budget: Budget,
    /// When the talk shall begin.
    pub start: Option<Timestamp>,
    /// When it shall be over; it has all the time until then, whenever it begins.
    pub end: Option<Timestamp>,
    /// How far from the plan is still on time.
    pub tolerance: Duration,
}

/// What a slide has taken so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Taken {
    time: Duration,
    visits: u32,
}

/// The clock of a talk.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    agenda: Agenda,
    plan: Plan,
    phase: Phase,
    /// The slide and the step that are shown.
    here: (usize, u16),
    /// The slide that was visited last.
    visited: Option<usize>,
    /// When the talk began.
    started: Option<Timestamp>,
    /// Up to when all time has been accounted for; none before the start.
    since: Option<Moment>,
    taken: Vec<Taken>,
    /// What slides have taken that the deck has no more, by their keys.
    gone: Vec<(String, Taken)>,
    /// What of the slide's time is in no line yet.
    lap: Duration,
    /// Whether no line tells yet that the slide was come to.
    is_new: bool,
    /// How long it has rested since it rests.
    rest: Duration,
    paused: Duration,
    questions: Duration,
    slept: Duration,
    taken_back: Duration,
    /// So many seconds behind the plan count as on time, for the speaker said so.
    shift: f64,
    lines: Vec<Line>,
    is_discarded: bool,
    /// How long the computer has slept, where nobody was told yet.
    news: Option<Duration>,
}

impl Clock {
    /// A clock for a talk that has not begun, at the slide that is shown.
    pub fn armed(agenda: Agenda, slide: usize) -> Self {
        let mut clock = Self { here: (slide, 0), ..Self::default() };
        clock.set(agenda);
        clock
    }

    /// Returns what the clock is doing.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Returns the plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns what is known of the talk.
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
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
    pub fn take_lines(&mut self) -> Vec<Line> {
        std::mem::take(&mut self.lines)
    }

    /// Returns how long the computer has slept, once.
    pub fn take_news(&mut self) -> Option<Duration> {
        self.news.take()
    }

    /// Takes another agenda before the start: what the deck says has been read by now, or the speaker has taken a budget.
    pub fn set(&mut self, agenda: Agenda) {
        self.plan = Plan::new(&agenda.entries, &agenda.budget);
        self.taken.resize(agenda.entries.len(), Taken::default());
        self.agenda = agenda;
    }

    /// Begins to count for the slide that is shown.
    pub fn start(&mut self, now: Moment) {
        if self.phase != Phase::Armed {
            return;
        }
        if let Some(end) = self.agenda.end {
            let left = Duration::try_from(end.duration_since(now.wall)).unwrap_or_default();
            self.agenda.budget.total = Some(left);
            self.plan = Plan::new(&self.agenda.entries, &self.agenda.budget);
        }
        (self.started, self.since) = (Some(now.wall), Some(now));
        self.lines.push(Line::Run(self.header(now.wall)));
        self.go_on();
    }

    /// Takes note that another slide or step is shown from `now` on.
    pub fn follow(&mut self, slide: usize, step: u16, now: Moment) {
        if (slide, step) == self.here {
            return;
        }
        self.advance(now);
        self.write_lap(now, Some(slide));
        self.here = (slide, step);
        if self.phase == Phase::Running {
            self.visit();
        }
    }

    /// Takes note of which step it really is that is shown, where "the last one" was all that was known.
    pub fn settle(&mut self, step: u16) {
        self.here.1 = step;
    }

    /// Starts, rests, or goes on.
    pub fn pause(&mut self, now: Moment) {
        match self.phase {
            Phase::Armed => self.start(now),
            Phase::Running => self.stop(Phase::Paused, now),
            Phase::Question => {
                self.advance(now);
                self.write_rest(now);
                self.phase = Phase::Paused;
            }
            Phase::Paused | Phase::Ended => self.resume(now),
        }
    }

    /// Rests for a question, or goes on after it.
    pub fn question(&mut self, now: Moment) {
        match self.phase {
            Phase::Armed | Phase::Ended => {}
            Phase::Running => self.stop(Phase::Question, now),
            Phase::Question => self.resume(now),
            Phase::Paused => {
                self.advance(now);
                self.write_rest(now);
                self.phase = Phase::Question;
            }
        }
    }

    /// Takes back all time of the slide that is shown.
    pub fn again(&mut self, now: Moment) {
        if self.phase == Phase::Armed {
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
        self.lines.push(Line::Again { at: now.wall, key });
    }

    /// Takes what is planned until here for what was meant.
    pub fn on_schedule(&mut self, now: Moment) {
        self.advance(now);
        self.shift = self.deviation().unwrap_or(0.0);
    }

    /// Comes to the end, from which it may still go on.
    pub fn end(&mut self, now: Moment) {
        self.advance(now);
        if matches!(self.phase, Phase::Armed | Phase::Ended) {
            return;
        }
        if self.phase == Phase::Running {
            self.write_lap(now, None);
        } else {
            self.write_rest(now);
        }
        self.phase = Phase::Ended;
        self.lines.push(Line::End { at: now.wall });
    }

    /// Ends the run, and waits for another one to begin at a slide.
    pub fn start_over(&mut self, slide: usize, now: Moment) {
        self.end(now);
        let lines = std::mem::take(&mut self.lines);
        *self = Self { lines, ..Self::armed(std::mem::take(&mut self.agenda), slide) };
    }

    /// Wants nothing of the run to be kept.
    pub fn discard(&mut self) {
        self.is_discarded = true;
        self.lines.push(Line::Discarded);
    }

    /// Returns whether nothing of the run shall be kept.
    pub fn is_discarded(&self) -> bool {
        self.is_discarded
    }

    /// Goes on with a run that was recorded: what each of its slides has taken, by key, and pauses and questions.
    pub fn carry_on(&mut self, run: &Run, now: Moment) {
        let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or_default();
        let taken = |spent: &Spent| Taken { time: seconds(spent.seconds), visits: spent.visits };
        self.share_out(run.spent.iter().map(|(key, spent)| (key.clone(), taken(spent))).collect());
        (self.paused, self.questions) = (seconds(run.paused_seconds), seconds(run.questions_seconds));
        self.slept = seconds(run.slept_seconds);
        (self.started, self.since) = (Some(run.header.started), Some(now));
        self.lines.push(Line::Resumed { at: now.wall });
        // The deck may have been edited meanwhile.
        self.write_slides(now, Vec::new());
        self.go_on();
    }

    /// Accounts for the time until now.
    pub fn advance(&mut self, now: Moment) {
        let Some(since) = self.since.filter(|_| !matches!(self.phase, Phase::Armed | Phase::Ended)) else {
            return;
        };
        let slept = now.asleep.saturating_sub(since.asleep);
        let slept = if slept < SHORTEST_SLEEP { Duration::ZERO } else { slept };
        let awake = now.awake.saturating_sub(since.awake);
        // What looks like a moment's sleep is kept for the next time.
        self.since = Some(Moment { asleep: since.asleep + slept, awake: since.awake.max(now.awake), ..now });
        match self.phase {
            Phase::Running => self.spend(awake, slept, now),
            Phase::Paused => self.paused += awake + slept,
            Phase::Question => self.questions += awake + slept,
            Phase::Armed | Phase::Ended => {}
        }
        if self.phase != Phase::Running {
            self.rest += awake + slept;
        }
    }

    fn spend(&mut self, awake: Duration, slept: Duration, now: Moment) {
        self.taken_here().time += awake;
        self.lap += awake;
        if !slept.is_zero() {
            self.slept += slept;
            self.news = Some(slept);
            self.write_lap(now, None);
            self.lines.push(self.rest_line(now, Why::Sleep, slept));
        }
    }

    fn stop(&mut self, phase: Phase, now: Moment) {
        self.advance(now);
        self.write_lap(now, None);
        (self.phase, self.rest) = (phase, Duration::ZERO);
    }

    fn resume(&mut self, now: Moment) {
        if self.phase == Phase::Ended {
            // What has passed since the end was a pause, after all.
            self.phase = Phase::Paused;
            self.rest = Duration::ZERO;
            self.lines.push(Line::Resumed { at: now.wall });
        }
        self.advance(now);
        self.write_rest(now);
        self.go_on();
    }

    fn go_on(&mut self) {
        self.phase = Phase::Running;
        self.visit();
    }

    /// Returns what the slide that is shown has taken. It takes time also where nobody has asked for a plan yet.
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
