//! Work that no key waits for: pictures are decoded and printed, and code is highlighted, on threads of their own. What
//! is shown when is not decided here.

mod print;
mod shelf;

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

pub use print::{Form, Image, Print, PrintKey};

use crate::deck::Code;
use crate::disk::assets::Found;
use crate::highlight::{self, Highlighted};
use crate::picture::Original;
use shelf::Shelf;

/// The names of the threads: their panics are caught, and no guard need act on them.
pub const WORKERS: &str = "worker";
/// How many work at once: one may be stuck in a large picture while the other highlights.
const HANDS: usize = 2;
/// The one that decodes: a picture in its own size takes more memory than all the rest.
const DECODER: usize = 0;
/// So many bytes of decoded pictures are kept, so many of prints, and so many blocks of code.
const MOST_ORIGINAL_BYTES: usize = 4 << 20;
const MOST_PRINT_BYTES: usize = 48 << 20;
const MOST_CODES: usize = 512;
/// What a reason weighs that is kept in a picture's place.
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

/// The threads and what they have made.
pub struct Workshop {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    bench: Mutex<Bench>,
    work: Condvar,
}

#[derive(Default)]
struct Bench {
    /// All that was asked for last, whether it is done or not.
    wanted: Vec<Job>,
    waiting: VecDeque<Job>,
    doing: Vec<Job>,
    originals: Shelf<Found, Decoded>,
    prints: Shelf<PrintKey, Kept>,
    codes: Shelf<Code, Option<Arc<Highlighted>>>,
    /// Why pictures whose files have changed could not be printed again.
    failures: HashMap<Found, String>,
    /// Grows when files may have changed: what was begun before is not kept.
    generation: u64,
    closed: bool,
}

/// A print on its shelf.
struct Kept {
    printed: Printed,
    /// The picture's file has changed since: this one is shown until there is another.
    is_stale: bool,
}

impl Workshop {
    /// Opens the workshop; `tell` is called from its threads whenever something has become ready.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn open(tell: impl Fn() + Send + Clone + 'static) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        for hand in 0..HANDS {
            let (shared, tell) = (Arc::clone(&shared), tell.clone());
            let name = format!("{WORKERS}-{hand}");
            thread::Builder::new().name(name).spawn(move || shared.work(hand, &tell))?;
        }
        Ok(Self { shared })
    }

    /// Asks for `jobs`, the most urgent first, instead of all that was asked for before and not begun. What is wanted
    /// is kept for as long as it is.
    pub fn want(&self, jobs: Vec<Job>) {
        let mut bench = self.shared.bench();
        if bench.wanted == jobs {
            return;
        }
        bench.waiting =
            jobs.iter().filter(|job| !bench.is_done(job) && !bench.doing.contains(job)).cloned().collect();
        bench.wanted = jobs;
        let some = !bench.waiting.is_empty();
        drop(bench);
        // Waking threads for nothing would take time from the next step.
        if some {
            self.shared.work.notify_all();
        }
    }

    /// Returns a picture's print, where it is ready, or why there is none.
    pub fn print(&self, key: &PrintKey) -> Option<Printed> {
        self.shared.bench().prints.get(key).map(|kept| kept.printed.clone())
    }

    /// Returns why a picture whose file has changed could not be printed again, where its last good prints stand for it.
    pub fn failure(&self, found: &Found) -> Option<String> {
        self.shared.bench().failures.get(found).cloned()
    }

    /// Returns the roles of the code's letters, where the code has been looked at: none inside, where its language is
    /// not known and it stays plain.
    pub fn code(&self, code: &Code) -> Option<Option<Arc<Highlighted>>> {
        self.shared.bench().codes.get(code).cloned()
    }

    /// Forgets all pictures: their files may have changed.
    pub fn forget_pictures(&self) {
        let mut bench = self.shared.bench();
        bench.originals = Shelf::default();
        bench.prints = Shelf::default();
        bench.failures.clear();
        bench.begin_again();
    }

    /// Forgets one picture.
    pub fn forget(&self, found: &Found) {
        let mut bench = self.shared.bench();
        bench.originals.retain(|other| other != found);
        bench.prints.retain(|key| key.found != *found);
        bench.failures.remove(found);
        bench.begin_again();
    }

    /// Prints a picture again, for its file has changed. What there is of it is shown until that is done, and longer
    /// where it fails.
    pub fn renew(&self, found: &Found) {
        let mut bench = self.shared.bench();
        bench.originals.retain(|other| other != found);
        let prints = bench.prints.iter_mut().filter(|(key, _)| key.found == *found);
        prints.for_each(|(_, kept)| kept.is_stale = true);
        bench.begin_again();
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.shared.bench().closed = true;
        self.shared.work.notify_all();
    }
}

impl Shared {
    fn bench(&self) -> MutexGuard<'_, Bench> {
        self.bench.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, hand: usize, tell: &dyn Fn()) {
        while let Some((job, generation)) = self.next(hand) {
            let made = self.make(&job);
            let mut bench = self.bench();
            bench.doing.retain(|doing| *doing != job);
            bench.drop_originals();
            let is_of_old = bench.generation != generation && job.picture().is_some();
            bench.put(job, if is_of_old { Made::Nothing } else { made });
            drop(bench);
            // The other hand may have waited for this picture to be decoded.
            self.work.notify_all();
            tell();
        }
    }

    /// Waits for the next job; none when the workshop closes.
    fn next(&self, hand: usize) -> Option<(Job, u64)> {
        let mut bench = self.bench();
        loop {
            if bench.closed {
                return None;
            }
            let ready = bench.waiting.iter().position(|job| hand == DECODER || bench.has_decoded(job));
            if let Some(job) = ready.and_then(|place| bench.waiting.remove(place)) {
                bench.doing.push(job.clone());
                return Some((job, bench.generation));
            }
            bench = self.work.wait(bench).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Does one job. A decoder or highlighter that panics has failed at this one thing, no more.
    fn make(&self, job: &Job) -> Made {
        let damaged = |_| Err("the picture is damaged".to_owned());
        match job {
            Job::Original(found) => {
                // Whoever wants a print hears the reason.
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
        let bench = self.bench();
        !bench.closed && bench.wanted.contains(job)
    }

    /// Returns the picture in its own size, from the shelf or from its file.
    fn original(&self, found: &Found) -> Decoded {
        let bench = self.bench();
        let (known, generation) = (bench.originals.get(found).cloned(), bench.generation);
        drop(bench);
        known.unwrap_or_else(|| {
            let decoded = found.open().and_then(Original::read).map(Arc::new);
            let weight = decoded.as_ref().map_or(REASON_BYTES, |original| original.weight());
            let mut bench = self.bench();
            if bench.generation == generation {
                bench.originals.put(found, decoded.clone(), (weight, usize::MAX), |_| true);
            }
            decoded
        })
    }
}

enum Made {
    /// Nothing to keep: it is on its shelf, or was given up because nobody wanted it any more.
    Nothing,
    Print(Printed),
    Code(Option<Highlighted>),
}

impl Bench {
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

    /// Forgets decoded pictures that nobody waits for, but for a few small ones.
    fn drop_originals(&mut self) {
        let Self { originals, waiting, doing, wanted, .. } = self;
        let asks_for = |job: &Job, found: &Found| job.picture() == Some(found);
        originals.trim(MOST_ORIGINAL_BYTES, |found| {
            waiting.iter().chain(&*doing).any(|job| asks_for(job, found))
                || wanted.contains(&Job::Original(found.clone()))
        });
    }

    fn put(&mut self, job: Job, made: Made) {
        match (job, made) {
            // Somebody may want it again by now, and would not ask twice.
            (job @ Job::Print(_), Made::Nothing) if self.wanted.contains(&job) => self.waiting.push_back(job),
            (Job::Print(key), Made::Print(printed)) => {
                let Some(printed) = self.replace(&key, printed) else { return };
                let weight = printed.as_ref().map_or(REASON_BYTES, |print| print.weight());
                let wanted = &self.wanted;
                let keep = |key: &PrintKey| {
                    wanted.iter().any(|job| matches!(job, Job::Print(other) if other == key))
                };
                self.prints.put(&key, Kept { printed, is_stale: false }, (weight, MOST_PRINT_BYTES), keep);
            }
            (Job::Code(code), Made::Code(highlighted)) => {
                let highlighted = highlighted.map(Arc::new);
                self.codes.put(&code, highlighted, (1, MOST_CODES), |_| false);
            }
            _ => {}
        }
    }

    /// Takes the print of an older file off its shelf, and returns the one to put there; none where the new file gave
    /// none, and the old one stays.
    fn replace(&mut self, key: &PrintKey, printed: Printed) -> Option<Printed> {
        let stale = self.prints.get_mut(key).filter(|kept| kept.is_stale);
        if let (Some(Kept { printed: Ok(_), is_stale }), Err(reason)) = (stale, &printed) {
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
        let (tell, told) = channel();
        let workshop = Workshop::open(move || tell.send(()).unwrap_or_default()).expect("threads");
        let code = Code { info: "yaml".into(), text: "a: 1".into(), lines: None };
        let size = Size { width: 2, height: 2 };
        let gone = PrintKey {
            found: Found::File("/nowhere.png".into()),
            cut: Cut { whole: size, x: 0, y: 0, size, background: Rgb(0, 0, 0) },
            form: Form::Mosaic(Glyphs::Halves),
            moving: false,
        };
        workshop.want(vec![Job::Code(Arc::new(code.clone())), Job::Print(gone.clone())]);
        for _ in 0..2 {
            told.recv_timeout(std::time::Duration::from_mins(1)).expect("something becomes ready");
        }
        assert!(workshop.code(&code).flatten().is_some());
        assert_eq!(workshop.print(&gone).and_then(Result::err), Some("no such file".to_owned()));
    }

    #[test]
    fn the_last_good_print_stands_until_there_is_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one.png");
        let paint =
            |shade| image::RgbImage::from_pixel(2, 2, image::Rgb([shade; 3])).save(&path).expect("written");
        let (tell, told) = channel();
        let workshop = Workshop::open(move || tell.send(()).unwrap_or_default()).expect("threads");
        let size = Size { width: 2, height: 2 };
        let cut = Cut { whole: size, x: 0, y: 0, size, background: Rgb(0, 0, 0) };
        let found = Found::File(path.clone());
        let key = PrintKey { found: found.clone(), cut, form: Form::Bitmap, moving: false };
        let pixels = || match &workshop.print(&key)?.ok()?.image {
            Image::Bitmap(bitmap) => bitmap.pixels.first().copied(),
            _ => None,
        };
        let make = || {
            workshop.want(vec![Job::Print(key.clone())]);
            told.recv_timeout(std::time::Duration::from_mins(1)).expect("something becomes ready");
        };
        paint(10);
        make();
        assert_eq!(pixels(), Some(10));
        paint(20);
        workshop.renew(&found);
        assert_eq!(pixels(), Some(10), "nothing else is ready");
        make();
        assert_eq!((pixels(), workshop.failure(&found)), (Some(20), None));
        std::fs::write(&path, "no picture").expect("written");
        workshop.renew(&found);
        make();
        assert_eq!(pixels(), Some(20));
        assert!(workshop.failure(&found).is_some());
        paint(30);
        workshop.renew(&found);
        make();
        assert_eq!((pixels(), workshop.failure(&found)), (Some(30), None));
        workshop.forget(&found);
        assert_eq!(pixels(), None);
    }
}
