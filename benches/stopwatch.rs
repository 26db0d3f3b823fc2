//! Times a piece of work: the fastest, the median and the slowest of many rounds, a line for each piece.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// For how long a piece of work is measured.
const TIME: Duration = Duration::from_secs(3);
/// How long a round takes at least: a clock is no more exact than some microseconds.
const ROUND: Duration = Duration::from_millis(1);
/// The fewest rounds, however long one takes.
const FEWEST: usize = 10;

/// Measures work from its start to its end, and prints what it takes.
pub(crate) fn time<T>(name: &str, mut work: impl FnMut() -> T) {
    let mut once = |times: u32| {
        let begin = Instant::now();
        for _ in 0..times {
            black_box(work());
        }
        begin.elapsed()
    };
    let mut times = 1;
    while once(times) < ROUND {
        times *= 2;
    }
    rounds(name, || once(times) / times);
}

/// Measures by a clock of the work's own: `round` returns what one round took. Prints what it takes.
pub(crate) fn rounds(name: &str, mut round: impl FnMut() -> Duration) {
    let begin = Instant::now();
    let mut all = Vec::new();
    while all.len() < FEWEST || begin.elapsed() < TIME {
        all.push(round());
    }
    all.sort();
    let (fastest, median, slowest) = (all[0], all[all.len() / 2], all[all.len() - 1]);
    println!("{name:<48} {median:>10.2?}   ({fastest:.2?} to {slowest:.2?}, {} rounds)", all.len());
}
