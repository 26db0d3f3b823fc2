//! Work that no key waits for: pictures are decoded and code is highlighted on threads of their own. What is shown
//! when is not decided here.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::color::Rgb;
use crate::deck::Code;
use crate::disk::assets::Found;
use crate::highlight::{self, Highlighted};
use crate::picture::{self, Bitmap, Size};

/// The names of the threads: their panics are caught, and no guard need act on them.
pub const WORKERS: &str = "worker";
/// How many work at once: one may be stuck in a large picture while the other highlights.
const HANDS: usize = 2;
/// So many bytes of pictures are kept, and so many blocks of code.
const MOST_PICTURE_BYTES: usize = 48 << 20;
const MOST_CODES: usize = 512;

/// A picture at a size, on a colour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureKey {
    /// Where it is.
    pub found: Found,
    /// In pixels: two a cell from top to bottom.
    pub size: (u32, u32),
    /// What shows through it.
    pub background: Rgb,
}

/// Something to prepare.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Job {
    /// A picture.
    Picture(PictureKey),
    /// The roles of a code's letters.
    Code(Arc<Code>),
}

/// What was made of a picture.
pub type Developed = Result<Arc<Bitmap>, String>;

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
    waiting: VecDeque<Job>,
    doing: Vec<Job>,
    pictures: Shelf<PictureKey, Developed>,
    codes: Shelf<Code, Option<Arc<Highlighted>>>,
    closed: bool,
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
            thread::Builder::new().name(name).spawn(move || shared.work(&tell))?;
        }
        Ok(Self { shared })
    }

    /// Asks for `jobs`, the most urgent first, instead of all that was asked for before and not begun.
    pub fn want(&self, jobs: impl IntoIterator<Item = Job>) {
        let mut bench = self.shared.bench();
        let wanted = jobs.into_iter().filter(|job| !bench.is_done(job) && !bench.doing.contains(job));
        bench.waiting = wanted.collect();
        let some = !bench.waiting.is_empty();
        drop(bench);
        // Waking threads for nothing would take time from the next step.
        if some {
            self.shared.work.notify_all();
        }
    }

    /// Returns the picture, where it is ready, or why it cannot be shown.
    pub fn picture(&self, key: &PictureKey) -> Option<Developed> {
        self.shared.bench().pictures.get(key).cloned()
    }

    /// Returns the roles of the code's letters, where the code has been looked at: none inside, where its language is
    /// not known and it stays plain.
    pub fn code(&self, code: &Code) -> Option<Option<Arc<Highlighted>>> {
        self.shared.bench().codes.get(code).cloned()
    }

    /// Forgets all pictures: their files may have changed.
    pub fn forget_pictures(&self) {
        self.shared.bench().pictures = Shelf::default();
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

    fn work(&self, tell: &dyn Fn()) {
        while let Some(job) = self.next() {
            let made = make(&job);
            let mut bench = self.bench();
            bench.doing.retain(|doing| *doing != job);
            bench.put(job, made);
            drop(bench);
            tell();
        }
    }

    /// Waits for the next job; none when the workshop closes.
    fn next(&self) -> Option<Job> {
        let mut bench = self.bench();
        loop {
            if bench.closed {
                return None;
            }
            if let Some(job) = bench.waiting.pop_front() {
                bench.doing.push(job.clone());
                return Some(job);
            }
            bench = self.work.wait(bench).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

enum Made {
    Picture(Developed),
    Code(Option<Highlighted>),
}

/// Does one job. A decoder or highlighter that panics has failed at this one thing, no more.
fn make(job: &Job) -> Made {
    match job {
        Job::Picture(key) => {
            let developed = catch_unwind(AssertUnwindSafe(|| develop(key)));
            Made::Picture(developed.unwrap_or_else(|_| Err("the picture is damaged".to_owned())))
        }
        Job::Code(code) => {
            let highlighted =
                catch_unwind(AssertUnwindSafe(|| highlight::highlight(&code.text, Some(&code.info))));
            Made::Code(highlighted.unwrap_or_default())
        }
    }
}

fn develop(key: &PictureKey) -> Developed {
    let size = Size { width: key.size.0, height: key.size.1 };
    picture::decode(key.found.open()?, size, key.background).map(Arc::new)
}

impl Bench {
    fn is_done(&self, job: &Job) -> bool {
        match job {
            Job::Picture(key) => self.pictures.get(key).is_some(),
            Job::Code(code) => self.codes.get(code.as_ref()).is_some(),
        }
    }

    fn put(&mut self, job: Job, made: Made) {
        match (job, made) {
            (Job::Picture(key), Made::Picture(developed)) => {
                let bytes = developed.as_ref().map_or(64, |bitmap| bitmap.pixels.len() * size_of::<Rgb>());
                self.pictures.put(key, developed, bytes, MOST_PICTURE_BYTES);
            }
            (Job::Code(code), Made::Code(highlighted)) => {
                self.codes.put(code.as_ref().clone(), highlighted.map(Arc::new), 1, MOST_CODES);
            }
            _ => {}
        }
    }
}

/// What is kept up to a weight; what was put there first goes first.
struct Shelf<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<(K, usize)>,
    weight: usize,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { values: HashMap::new(), order: VecDeque::new(), weight: 0 }
    }
}

impl<K: Eq + Hash + Clone, V> Shelf<K, V> {
    fn get(&self, key: &K) -> Option<&V> {
        self.values.get(key)
    }

    fn put(&mut self, key: K, value: V, weight: usize, most: usize) {
        if self.values.insert(key.clone(), value).is_none() {
            self.order.push_back((key, weight));
            self.weight += weight;
        }
        while self.weight > most && self.order.len() > 1 {
            if let Some((oldest, weight)) = self.order.pop_front() {
                self.values.remove(&oldest);
                self.weight -= weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_shelf_drops_what_came_first() {
        let mut shelf = Shelf::default();
        for key in 0..10 {
            shelf.put(key, key, 10, 35);
        }
        assert_eq!((0..10).filter(|key| shelf.get(key).is_some()).collect::<Vec<_>>(), [7, 8, 9]);
    }

    #[test]
    fn what_is_wanted_gets_done_and_told() {
        let (tell, told) = channel();
        let workshop = Workshop::open(move || tell.send(()).unwrap_or_default()).expect("threads");
        let code = Code { info: "yaml".into(), text: "a: 1".into() };
        let gone =
            PictureKey { found: Found::File("/nowhere.png".into()), size: (2, 2), background: Rgb(0, 0, 0) };
        workshop.want([Job::Code(Arc::new(code.clone())), Job::Picture(gone.clone())]);
        for _ in 0..2 {
            told.recv_timeout(std::time::Duration::from_mins(1)).expect("something becomes ready");
        }
        assert!(workshop.code(&code).flatten().is_some());
        assert_eq!(workshop.picture(&gone), Some(Err("no such file".to_owned())));
    }
}
