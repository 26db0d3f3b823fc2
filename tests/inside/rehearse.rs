//! Rehearsals: what the speaker sees of the clock and does with it, and what is found in the report afterwards. How a clock
//! counts and what a report says is tested elsewhere.

#[path = "rehearse/ending.rs"]
mod ending;
#[path = "rehearse/keeping.rs"]
mod keeping;
#[path = "rehearse/keys.rs"]
mod keys;
#[path = "rehearse/offers.rs"]
mod offers;
#[path = "rehearse/options.rs"]
mod options;
#[path = "rehearse/stage.rs"]
mod stage;
#[path = "rehearse/timer.rs"]
mod timer;

use crate::rehearsals::{
    LIMIT, Obeyed, STATE, begins, is_left, leaves, lutrin, or_blank, press, rehearses, rehearses_in, report,
    row, runs, says, spent, told, until_recorded,
};
