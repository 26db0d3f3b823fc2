//! How often the threads of a process wake up.

use std::fs::{self, DirEntry};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What the system knows of a process: the statuses of its threads.
pub(crate) struct Threads(Vec<String>);

impl Threads {
    pub(crate) fn of(process: i32) -> Self {
        let tasks = fs::read_dir(format!("/proc/{process}/task")).expect("it runs");
        // A thread may end while it is looked at.
        let status = |task: DirEntry| fs::read_to_string(task.path().join("status")).ok();
        Self(tasks.flatten().filter_map(status).collect())
    }

    /// Returns how often they have gone to sleep so far.
    pub(crate) fn wakeups(&self) -> u64 {
        self.wakeups_of("")
    }

    /// The same of those whose names begin so.
    pub(crate) fn wakeups_of(&self, name: &str) -> u64 {
        let is_meant = |status: &&String| status.starts_with(&format!("Name:\t{name}"));
        let count = |status: &String| {
            let number = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            number.and_then(|number| number.trim().parse::<u64>().ok()).expect("each thread has this line")
        };
        self.0.iter().filter(is_meant).map(count).sum()
    }

    fn are_asleep(&self) -> bool {
        self.0.iter().all(|status| status.contains("\nState:\tS"))
    }
}

/// Waits until nobody in a process works any more, and nothing happens for a while.
pub(crate) fn settle(process: i32) {
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
