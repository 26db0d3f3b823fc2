//! Worker threads and a job queue: pictures are decoded and printed, and code is highlighted, while the loop goes on.
//! The results are cached, up to a weight.

mod print;
mod weighted_cache;

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

pub use print::{Image, Print, PrintForm, PrintKey};

use crate::deck::Code;
use crate::disk::assets::Found;
use crate::highlight::{self, Highlighted};
use crate::picture::Original;
use weighted_cache::{Weight, WeightedCache};

/// How the names of the threads begin. Their panics are caught, so the terminal's panic hook leaves them alone.
pub const THREAD_NAME: &str = "worker";
/// The number of threads: while one is busy with a large picture, the other highlights.
const THREADS: usize = 2;
/// The index of the only thread that decodes: a picture in its own size takes more memory than all the rest.
const DECODER: usize = 0;
/// The most bytes of decoded pictures that are kept while no job needs them.
const MOST_ORIGINAL_BYTES: usize = 4 << 20;
/// The most bytes of prints that are kept.
const MOST_PRINT_BYTES: usize = 48 << 20;
/// The most highlighted blocks of code that are kept.
const MOST_CODES: usize = 512;
/// The bytes that a reason counts for that is kept in place of a picture.
const REASON_BYTES: usize = 64;

/// Something to prepare.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Job {
    /// A picture is decoded, for prints whose size and form are not known yet.
    Original(Found),
    /// A picture is printed.
    Print(PrintKey),
    /// The roles of a code's letters.
    Code(Arc<Code>),
}

impl Job {
    /// Returns the picture that has to be decoded for it.
    fn picture(&self) -> Option<&Found> {
        match self {
            Self::Original(found) | Self::Print(PrintKey { found, .. }) => Some(found),
            Self::Code(_) => None,
        }
    }
}

/// What was made of a picture, or why nothing was.
pub type Printed = Result<Arc<Print>, String>;

/// A picture in its own size, or why there is none.
type Decoded = Result<Arc<Original>, String>;

/// The worker threads and their cached results.
pub struct Workers {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<JobQueue>,
    work: Condvar,
}

/// The jobs, and the caches of what was made of earlier ones.
#[derive(Default)]
struct JobQueue {
    /// All that was asked for last, whether it is done or not.
    wanted: Vec<Job>,
    waiting: VecDeque<Job>,
    doing: Vec<Job>,
    originals: WeightedCache<Found, Decoded>,
    prints: WeightedCache<PrintKey, CachedPrint>,
    codes: WeightedCache<Code, Option<Arc<Highlighted>>>,
    /// Why pictures whose files have changed could not be printed again.
    failures: HashMap<Found, String>,
    /// Grows when files may have changed: what was begun before is not kept.
    generation: u64,
    closed: bool,
}

/// A print in the cache.
struct CachedPrint {
    printed: Printed,
    /// The picture's file has changed since: this one is shown until there is another.
    is_stale: bool,
}

impl Workers {
    /// Starts the threads; each calls `notify` whenever it has finished a job.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn start(notify: impl Fn() + Send + Clone + 'static) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        for worker in 0..THREADS {
            let (shared, notify) = (Arc::clone(&shared), notify.clone());
            let name = format!("{THREAD_NAME}-{worker}");
            thread::Builder::new().name(name).spawn(move || shared.work(worker, &notify))?;
        }
        Ok(Self { shared })
    }

    /// Replaces the jobs that have not begun by `jobs`, the most urgent first. Their results stay cached until the next
    /// call at least.
    pub fn want(&self, jobs: Vec<Job>) {
        let mut queue = self.shared.queue();
        if queue.wanted == jobs {
            return;
        }
        queue.waiting =
            jobs.iter().filter(|job| !queue.is_done(job) && !queue.doing.contains(job)).cloned().collect();
        queue.wanted = jobs;
        let some = !queue.waiting.is_empty();
        drop(queue);
        // Waking threads for nothing would take time from the next step.
        if some {
            self.shared.work.notify_all();
        }
    }

    /// Returns whether any job is waiting or being done.
    pub fn is_busy(&self) -> bool {
        let queue = self.shared.queue();
        !queue.waiting.is_empty() || !queue.doing.is_empty()
    }

    /// Returns a picture's print, where it is ready, or why there is none.
    pub fn print(&self, key: &PrintKey) -> Option<Printed> {
        self.shared.queue().prints.get(key).map(|kept| kept.printed.clone())
    }

    /// Returns why a picture whose file has changed could not be printed again, where its last good prints stand for
    /// it.
    pub fn failure(&self, found: &Found) -> Option<String> {
        self.shared.queue().failures.get(found).cloned()
    }

    /// Returns the roles of the code's letters, where the code has been looked at: none inside, where its language is
    /// not known and it stays plain.
    pub fn code(&self, code: &Code) -> Option<Option<Arc<Highlighted>>> {
        self.shared.queue().codes.get(code).cloned()
    }

    /// Forgets all pictures: their files may have changed.
    pub fn forget_pictures(&self) {
        let mut queue = self.shared.queue();
        queue.originals = WeightedCache::default();
        queue.prints = WeightedCache::default();
        queue.failures.clear();
        queue.begin_again();
    }

    /// Forgets one picture.
    pub fn forget(&self, found: &Found) {
        let mut queue = self.shared.queue();
        queue.originals.retain(|other| other != found);
        queue.prints.retain(|key| key.found != *found);
        queue.failures.remove(found);
        queue.begin_again();
    }

    /// Prints a picture again, for its file has changed. What there is of it is shown until that is done, and longer
    /// where it fails.
    pub fn renew(&self, found: &Found) {
        let mut queue = self.shared.queue();
        queue.originals.retain(|other| other != found);
        let prints = queue.prints.iter_mut().filter(|(key, _)| key.found == *found);
        prints.for_each(|(_, kept)| kept.is_stale = true);
        queue.begin_again();
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.queue().closed = true;
        self.shared.work.notify_all();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, JobQueue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, worker: usize, notify: &dyn Fn()) {
        while let Some((job, generation)) = self.next(worker) {
            let made = self.make(&job);
            let mut queue = self.queue();
            queue.doing.retain(|doing| *doing != job);
            queue.drop_originals();
            let is_outdated = queue.generation != generation && job.picture().is_some();
            queue.store(job, if is_outdated { Made::Nothing } else { made });
            drop(queue);
            // The other worker may have waited for this picture to be decoded.
            self.work.notify_all();
            notify();
        }
    }

    /// Waits for the next job; returns none when the queue is closed.
    fn next(&self, worker: usize) -> Option<(Job, u64)> {
        let mut queue = self.queue();
        loop {
            if queue.closed {
                return None;
            }
            let ready = queue.waiting.iter().position(|job| worker == DECODER || queue.has_decoded(job));
            if let Some(job) = ready.and_then(|nth| queue.waiting.remove(nth)) {
                queue.doing.push(job.clone());
                return Some((job, queue.generation));
            }
            queue = self.work.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Does one job. A decoder or highlighter that panics has failed at this one thing, no more.
    fn make(&self, job: &Job) -> Made {
        let damaged = |_| Err("the picture is damaged".to_owned());
        match job {
            Job::Original(found) => {
                // The reason of a failure is kept in the cache, for the print that will be asked for.
                drop(catch_unwind(AssertUnwindSafe(|| self.original(found))));
                Made::Nothing
            }
            Job::Print(key) => {
                let given_up = Cell::new(false);
                let go_on = || {
                    given_up.set(given_up.get() || !self.is_wanted(job));
                    !given_up.get()
                };
                let printed = catch_unwind(AssertUnwindSafe(|| {
                    self.original(&key.found).and_then(|original| print::print(&original, key, &go_on))
                }));
                if given_up.get() { Made::Nothing } else { Made::Print(printed.unwrap_or_else(damaged)) }
            }
            Job::Code(code) => {
                let highlighted =
                    catch_unwind(AssertUnwindSafe(|| highlight::highlight(&code.text, Some(&code.info))));
                Made::Code(highlighted.unwrap_or_default())
            }
        }
    }

    fn is_wanted(&self, job: &Job) -> bool {
        let queue = self.queue();
        !queue.closed && queue.wanted.contains(job)
    }

    /// Returns the picture in its own size, from the cache or from its file.
    fn original(&self, found: &Found) -> Decoded {
        let queue = self.queue();
        let (known, generation) = (queue.originals.get(found).cloned(), queue.generation);
        drop(queue);
        known.unwrap_or_else(|| {
            let decoded = found.open().and_then(Original::read).map(Arc::new);
            let weight = decoded.as_ref().map_or(REASON_BYTES, |original| original.weight());
            let mut queue = self.queue();
            if queue.generation == generation {
                queue.originals.insert(
                    found,
                    decoded.clone(),
                    Weight { own: weight, most: usize::MAX },
                    |_| true,
                );
            }
            decoded
        })
    }
}

/// The result of a job.
enum Made {
    /// Nothing to keep: it is cached already, or was given up because it is no longer wanted.
    Nothing,
    Print(Printed),
    Code(Option<Highlighted>),
}

impl JobQueue {
    fn is_done(&self, job: &Job) -> bool {
        match job {
            Job::Original(found) => self.originals.get(found).is_some(),
            Job::Print(key) => self.prints.get(key).is_some_and(|kept| !kept.is_stale),
            Job::Code(code) => self.codes.get(code.as_ref()).is_some(),
        }
    }

    /// Has everything that is wanted looked through again.
    fn begin_again(&mut self) {
        self.wanted.clear();
        self.generation += 1;
    }

    /// Whether a job can be done without decoding a picture.
    fn has_decoded(&self, job: &Job) -> bool {
        job.picture().is_none_or(|picture| self.originals.get(picture).is_some())
    }

    /// Drops decoded pictures that no job needs, but for [`MOST_ORIGINAL_BYTES`] of them.
    fn drop_originals(&mut self) {
        let Self { originals, waiting, doing, wanted, .. } = self;
        let asks_for = |job: &Job, found: &Found| job.picture() == Some(found);
        originals.trim(MOST_ORIGINAL_BYTES, |found| {
            waiting.iter().chain(&*doing).any(|job| asks_for(job, found))
                || wanted.contains(&Job::Original(found.clone()))
        });
    }

    fn store(&mut self, job: Job, made: Made) {
        match (job, made) {
            // It may have become wanted again while it was given up; then it is queued again.
            (job @ Job::Print(_), Made::Nothing) if self.wanted.contains(&job) => self.waiting.push_back(job),
            (Job::Print(key), Made::Print(printed)) => {
                let Some(printed) = self.replace(&key, printed) else { return };
                let weight = printed.as_ref().map_or(REASON_BYTES, |print| print.weight());
                let wanted = &self.wanted;
                let keep = |key: &PrintKey| {
                    wanted.iter().any(|job| matches!(job, Job::Print(other) if other == key))
                };
                let weight = Weight { own: weight, most: MOST_PRINT_BYTES };
                self.prints.insert(&key, CachedPrint { printed, is_stale: false }, weight, keep);
            }
            (Job::Code(code), Made::Code(highlighted)) => {
                let highlighted = highlighted.map(Arc::new);
                self.codes.insert(&code, highlighted, Weight { own: 1, most: MOST_CODES }, |_| false);
            }
            _ => {}
        }
    }

    /// Removes the print of an older file from the cache, and returns the one to put there; returns none where the new
    /// file gave no print, and the old one stays.
    fn replace(&mut self, key: &PrintKey, printed: Printed) -> Option<Printed> {
        let stale = self.prints.get_mut(key).filter(|kept| kept.is_stale);
        if let (Some(CachedPrint { printed: Ok(_), is_stale }), Err(reason)) = (stale, &printed) {
            *is_stale = false;
            self.failures.insert(key.found.clone(), reason.clone());
            return None;
        }
        self.failures.remove(&key.found);
        self.prints.retain(|other| other != key);
        Some(printed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::color::Rgb;
    use crate::picture::{Cut, Glyphs, Size};

    #[test]
    fn what_is_wanted_gets_done_and_told() {
        let (notify, notified) = channel();
        let workers = Workers::start(move || notify.send(()).unwrap_or_default()).expect("threads");
        let code = Code { info: "yaml".into(), text: "a: 1".into(), ..Code::default() };
        let size = Size { width: 2, height: 2 };
        let gone = PrintKey {
            found: Found::File("/nowhere.png".into()),
            cut: Cut { whole: size, x: 0, y: 0, size, background: Rgb(0, 0, 0) },
            form: PrintForm::Mosaic(Glyphs::Halves),
            moving: false,
        };
        workers.want(vec![Job::Code(Arc::new(code.clone())), Job::Print(gone.clone())]);
        for _ in 0..2 {
            notified.recv_timeout(std::time::Duration::from_mins(1)).expect("something becomes ready");
        }
        assert!(workers.code(&code).flatten().is_some());
        assert_eq!(workers.print(&gone).and_then(Result::err), Some("no such file".to_owned()));
    }

    #[test]
    fn the_last_good_print_stands_until_there_is_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one.png");
        let paint =
            |shade| image::RgbImage::from_pixel(2, 2, image::Rgb([shade; 3])).save(&path).expect("written");
        let (notify, notified) = channel();
        let workers = Workers::start(move || notify.send(()).unwrap_or_default()).expect("threads");
        let size = Size { width: 2, height: 2 };
        let cut = Cut { whole: size, x: 0, y: 0, size, background: Rgb(0, 0, 0) };
        let found = Found::File(path.clone());
        let key = PrintKey { found: found.clone(), cut, form: PrintForm::Bitmap, moving: false };
        let pixels = || match &workers.print(&key)?.ok()?.image {
            Image::Bitmap(bitmap) => bitmap.pixels.first().copied(),
            _ => None,
        };
        let make = || {
            workers.want(vec![Job::Print(key.clone())]);
            notified.recv_timeout(std::time::Duration::from_mins(1)).expect("something becomes ready");
        };
        paint(10);
        make();
        assert_eq!(pixels(), Some(10));
        paint(20);
        workers.renew(&found);
        assert_eq!(pixels(), Some(10), "nothing else is ready");
        make();
        assert_eq!((pixels(), workers.failure(&found)), (Some(20), None));
        std::fs::write(&path, "no picture").expect("written");
        workers.renew(&found);
        make();
        assert_eq!(pixels(), Some(20));
        assert!(workers.failure(&found).is_some());
        paint(30);
        workers.renew(&found);
        make();
        assert_eq!((pixels(), workers.failure(&found)), (Some(30), None));
        workers.forget(&found);
        assert_eq!(pixels(), None);
    }
}
