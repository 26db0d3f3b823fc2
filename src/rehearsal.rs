//! A talk against the clock: what is planned for each slide, what each has taken, and what is remembered of it. Nothing here
//! asks what time it is, and nothing is read or written.

pub mod clock;
pub mod entry;
pub mod history;
pub mod moment;
pub mod plan;
pub mod prose;
pub mod record;
pub mod run;

pub use clock::{Agenda, Clock, Face, Pace, Phase, Reading};
pub use entry::Entry;
pub use moment::Moment;
pub use plan::{Budget, Plan, Section, Share};
pub use record::{Header, Line, Listed, Why};
pub use run::{Run, Spent};
