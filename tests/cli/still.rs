//! A slide that nobody touches costs nothing: no thread of Lutrin wakes up.

use std::fs::{self, DirEntry};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rstest::rstest;

use crate::pty::{Folder, Start};

/// What the system knows of a process: the statuses of its threads.
struct Threads(Vec<String>);

impl Threads {
    fn of(process: i32) -> Self {
        let tasks = fs::read_dir(format!("/proc/{process}/task")).expect("it runs");
        // A thread may end while it is looked at.
        let status = |task: DirEntry| fs::read_to_string(task.path().join("status")).ok();
        Self(tasks.flatten().filter_map(status).collect())
    }

    /// Returns how often they have gone to sleep so far.
    fn wakeups(&self) -> u64 {
        let count = |status: &String| {
            let number = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            number.and_then(|number| number.trim().parse::<u64>().ok()).expect("each thread has this line")
        };
        self.0.iter().map(count).sum()
    }

    fn are_asleep(&self) -> bool {
        self.0.iter().all(|status| status.contains("\nState:\tS"))
    }
}

/// Waits until nobody in a process works any more, and nothing happens for a while.
fn settle(process: i32) {
    let begin = Instant::now();
    loop {
        let before = Threads::of(process);
        sleep(Duration::from_millis(300));
        let after = Threads::of(process);
        if before.are_asleep() && after.are_asleep() && before.wakeups() == after.wakeups() {
            return;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "it never comes to rest");
    }
}

#[rstest]
#[case::first_slide("", "1/32")]
#[case::slide_with_a_moving_picture("32\r", "32/32")]
#[case::overlay("o", "1/32")]
#[case::blank("ll.", "")]
#[case::after_half_a_number("7", "1/32")]
fn a_still_slide_wakes_nobody(#[case] keys: &str, #[case] place: &str) {
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).go();
    terminal.is_at("1/32");
    terminal.types(keys);
    match place {
        "" => terminal.until("blank stage", |seen| seen.text().trim().is_empty()),
        place => terminal.is_at(place),
    }
    settle(terminal.process());
    let (before, painted) = (Threads::of(terminal.process()).wakeups(), terminal.bytes().len());
    sleep(Duration::from_secs(1));
    let woken = Threads::of(terminal.process()).wakeups() - before;
    assert!(woken <= 2, "woken {woken} times in a second");
    assert_eq!(terminal.bytes().len(), painted, "a still slide is not painted again");
}
