//! A talk against the clock: what is planned for each slide, what each has taken, and what is remembered of it. Nothing here
//! asks what time it is, and nothing is read or written.

pub mod clock;
pub mod entry;
pub mod history;
pub mod now;
pub mod plan;
pub mod prose;
pub mod record;
pub mod run;

pub use clock::{Clock, ClockPhase, ClockReadout, ClockState, Pace, PlanInput};
pub use entry::Entry;
pub use now::Now;
pub use plan::{Plan, Section, Share, TimeBudget};
pub use record::{Header, Listed, RecordLine, Why};
pub use run::{Run, SlideTime};
