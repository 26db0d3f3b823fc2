//! Reports which of the followed files may have changed.

mod trail;

use std::collections::{HashMap, HashSet};
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use trail::trail;

/// How many folders are watched at most: the system has a limit for all programs of a user together.
const MOST_FOLDERS: usize = 64;

/// What a watch reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchEvent {
    /// Files were touched, and [`Watch::take`] has them. Reported once until they are taken.
    Touched,
    /// Changes may be missed, for this reason.
    Blind(String),
}

/// Follows files by the folders in which they are, for editors put new files in the place of old ones. Links are
/// followed on the way, and files that are not there may come. A thread of its own sleeps until something happens.
pub struct Watch {
    commands: Sender<WatchCommand>,
    touched: Arc<Mutex<TouchedFiles>>,
}

/// The files that were touched, and how often any was.
#[derive(Default)]
struct TouchedFiles {
    files: HashSet<PathBuf>,
    times: u64,
}

enum WatchCommand {
    Follow { files: Vec<PathBuf>, only: bool },
    Event(notify::Result<notify::Event>),
    Stop,
}

impl Watch {
    /// Starts to follow a deck; `on_event` is called on the watching thread.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn start(deck: PathBuf, on_event: impl Fn(WatchEvent) + Send + 'static) -> io::Result<Self> {
        let (commands, received) = channel();
        let watch = Self { commands: commands.clone(), touched: Arc::default() };
        let reporter = ChangeReporter { touched: Arc::clone(&watch.touched), on_event: Box::new(on_event) };
        thread::Builder::new().name("watch".into()).spawn(move || {
            let forward = move |event| {
                if is_change(&event) {
                    let _ = commands.send(WatchCommand::Event(event));
                }
            };
            match RecommendedWatcher::new(forward, notify::Config::default()) {
                Ok(watcher) => FolderWatcher::new(watcher, reporter, deck).run(&received),
                Err(error) => reporter.blind(&error),
            }
        })?;
        Ok(watch)
    }

    /// Follows these files too, whether they are there or not. They are reported as touched at once, as the deck is, for
    /// they may have changed since they were read.
    pub fn follow(&self, files: Vec<PathBuf>) {
        self.send(WatchCommand::Follow { files, only: false });
    }

    /// Follows these files and the deck, and no others.
    pub fn follow_only(&self, files: Vec<PathBuf>) {
        self.send(WatchCommand::Follow { files, only: true });
    }

    /// Returns a number that grows whenever a file is touched.
    pub fn times(&self) -> u64 {
        lock(&self.touched).times
    }

    /// Returns the files that were touched since the last time, under the names by which they are followed.
    pub fn take(&self) -> HashSet<PathBuf> {
        mem::take(&mut lock(&self.touched).files)
    }

    /// A thread that has ended, as one that could not watch, receives no command.
    fn send(&self, command: WatchCommand) {
        let _ = self.commands.send(command);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.send(WatchCommand::Stop);
    }
}

fn lock(touched: &Mutex<TouchedFiles>) -> MutexGuard<'_, TouchedFiles> {
    touched.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns whether a file may be another one now: reading it changes nothing.
fn is_change(event: &notify::Result<notify::Event>) -> bool {
    event.as_ref().map_or(true, |event| match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    })
}

/// Reports what the thread has seen.
struct ChangeReporter {
    touched: Arc<Mutex<TouchedFiles>>,
    on_event: Box<dyn Fn(WatchEvent) + Send>,
}

impl ChangeReporter {
    fn touched(&self, files: impl IntoIterator<Item = PathBuf>) {
        let mut touched = lock(&self.touched);
        let is_first = touched.files.is_empty();
        touched.files.extend(files);
        if touched.files.is_empty() {
            return;
        }
        touched.times += 1;
        drop(touched);
        if is_first {
            (self.on_event)(WatchEvent::Touched);
        }
    }

    fn blind(&self, error: &notify::Error) {
        let reason = match &error.kind {
            ErrorKind::MaxFilesWatch => "the system watches no more folders".to_owned(),
            ErrorKind::Io(error) => error.to_string().to_lowercase(),
            _ => error.to_string().to_lowercase(),
        };
        (self.on_event)(WatchEvent::Blind(reason));
    }
}

/// The thread's side of a [`Watch`].
struct FolderWatcher {
    watcher: RecommendedWatcher,
    reporter: ChangeReporter,
    deck: PathBuf,
    /// The trail of each file that is followed.
    trails: HashMap<PathBuf, Vec<PathBuf>>,
    /// The files whose trail each place is on.
    places: HashMap<PathBuf, HashSet<PathBuf>>,
    watched: HashSet<PathBuf>,
    is_blind: bool,
}

impl FolderWatcher {
    fn new(watcher: RecommendedWatcher, reporter: ChangeReporter, deck: PathBuf) -> Self {
        let (trails, places) = Default::default();
        Self { watcher, reporter, deck, trails, places, watched: HashSet::new(), is_blind: false }
    }

    fn run(mut self, commands: &Receiver<WatchCommand>) {
        let deck = [self.deck.clone()];
        self.follow(&deck);
        self.reporter.touched(deck.clone());
        for command in commands {
            match command {
                WatchCommand::Follow { files, only } => {
                    if only {
                        self.trails.clear();
                        self.places.clear();
                        self.follow(&deck);
                    }
                    self.follow(&files);
                    self.reporter.touched(files);
                }
                WatchCommand::Event(Ok(event)) => self.on_event(&event),
                WatchCommand::Event(Err(error)) => self.lose_sight(&error),
                WatchCommand::Stop => return,
            }
        }
    }

    /// Follows files; those that are followed already, along the trails that they have now.
    fn follow(&mut self, files: &[PathBuf]) {
        // While a folder is not watched yet, something may happen in it.
        for _ in 0..3 {
            let mut is_settled = true;
            for file in files {
                is_settled &= !self.track(file);
            }
            if self.watch_folders() && is_settled {
                return;
            }
        }
    }

    /// Finds a file's trail, and returns whether it is another than before.
    fn track(&mut self, file: &Path) -> bool {
        let now = trail(file);
        let before = self.trails.insert(file.to_owned(), now.clone());
        if before.as_ref() == Some(&now) {
            return false;
        }
        for place in before.into_iter().flatten() {
            if let Some(files) = self.places.get_mut(&place) {
                files.remove(file);
                if files.is_empty() {
                    self.places.remove(&place);
                }
            }
        }
        for place in now {
            self.places.entry(place).or_default().insert(file.to_owned());
        }
        true
    }

    /// Watches the folders of all places, and no others; returns whether all of them were there.
    fn watch_folders(&mut self) -> bool {
        let needed: HashSet<PathBuf> =
            self.places.keys().filter_map(|place| place.parent()).map(Path::to_owned).collect();
        for folder in self.watched.extract_if(|folder| !needed.contains(folder)) {
            // One that is gone is watched no more already.
            let _ = self.watcher.unwatch(&folder);
        }
        let mut are_there = true;
        for folder in needed {
            if self.watched.len() >= MOST_FOLDERS || self.watched.contains(&folder) {
                continue;
            }
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => drop(self.watched.insert(folder)),
                Err(error) if is_absence(&error) => are_there = false,
                Err(error) if self.matters(&error, &folder) => self.lose_sight(&error),
                Err(_) => {}
            }
        }
        are_there
    }

    /// Returns whether a folder that cannot be watched is a loss. A picture may be looked for where this user may not read.
    fn matters(&self, error: &notify::Error, folder: &Path) -> bool {
        let mut decks = self.trails.get(&self.deck).into_iter().flatten();
        matches!(error.kind, ErrorKind::MaxFilesWatch) || decks.any(|place| place.parent() == Some(folder))
    }

    fn on_event(&mut self, event: &notify::Event) {
        let mut touched: HashSet<PathBuf> = HashSet::new();
        if event.need_rescan() {
            touched.extend(self.trails.keys().cloned());
        }
        for path in &event.paths {
            touched.extend(self.places.get(path).into_iter().flatten().cloned());
            // The folder itself has gone: another one of its name is another one to watch.
            if !matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_))) && self.watched.remove(path)
            {
                let _ = self.watcher.unwatch(path);
                let inside = self.places.iter().filter(|(place, _)| place.parent() == Some(path));
                touched.extend(inside.flat_map(|(_, files)| files).cloned());
            }
        }
        if touched.is_empty() {
            return;
        }
        // Where only bytes were written every way leads where it led.
        if !matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)) | EventKind::Access(_)) {
            self.follow(&touched.iter().cloned().collect::<Vec<_>>());
        }
        self.reporter.touched(touched);
    }

    fn lose_sight(&mut self, error: &notify::Error) {
        if !mem::replace(&mut self.is_blind, true) {
            self.reporter.blind(error);
        }
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    #[test]
    fn files_in_more_folders_than_are_watched_cost_the_deck_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let deck = folder.path().join("deck.md");
        let files: Vec<PathBuf> = (0..2 * MOST_FOLDERS)
            .map(|number| folder.path().join(number.to_string()).join("one.png"))
            .collect();
        for file in &files {
            fs::create_dir(file.parent().expect("it is in one")).expect("a folder");
        }
        let (tell, told) = channel();
        let watch = Watch::start(deck.clone(), move |sight| drop(tell.send(sight))).expect("a thread");
        let next = || {
            let sight = told.recv_timeout(Duration::from_mins(1)).expect("something is seen");
            assert_eq!(sight, WatchEvent::Touched);
            watch.take()
        };
        assert_eq!(next(), HashSet::from([deck.clone()]), "it may have changed since it was read");
        watch.follow(files.clone());
        assert_eq!(next(), files.iter().cloned().collect());
        fs::write(&deck, "# A").expect("written");
        assert_eq!(next(), HashSet::from([deck.clone()]));
        watch.follow_only(files[..1].to_vec());
        while !next().contains(&files[0]) {}
        fs::write(&files[1], "").expect("written");
        fs::write(&files[0], "").expect("written");
        assert!(!next().contains(&files[1]), "it is followed no more");
    }
}
