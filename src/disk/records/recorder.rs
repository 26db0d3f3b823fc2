//! Writes a run while it goes on, each line at once and for good, on a thread of its own. A failure is reported, and what is
//! missing written with the next line.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::iter;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::file::{RecordFileError, cut_last, hold, is_gone, is_record, last_of, reason};
use super::location::{ENDING, RecordsLocation, StoredRun};
use crate::disk::path::shown;
use crate::rehearsal::{Header, RecordLine};

/// A disk that has not written after this time is not waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many runs may begin in one second in one program.
const MOST_AT_ONCE: u32 = 1000;

/// Called with what is wrong with the records while the talk goes on, on the recorder's thread.
pub type OnProblem = Box<dyn Fn(String) + Send>;

/// A run that is being written, on a thread of its own. Dropping it is to finish it.
pub struct Recorder {
    lines: Option<Sender<RecordLine>>,
    /// What of the run could not be written, when the thread ends.
    work: Receiver<Option<String>>,
}

impl Recorder {
    pub(super) fn begin(at: &RecordsLocation, header: Header, on_problem: OnProblem) -> Self {
        let target = match at {
            RecordsLocation::Folder(folder) => {
                let begun = header.started.strftime("%Y%m%dT%H%M%SZ");
                RecordTarget::New { folder: folder.clone(), name: format!("{begun}-{}", std::process::id()) }
            }
            RecordsLocation::File(path) => RecordTarget::File(path.clone()),
        };
        let recorder = Self::start(RecordWriter::new(target, on_problem));
        recorder.write(RecordLine::Run(header));
        recorder
    }

    pub(super) fn go_on(kept: &StoredRun, on_problem: OnProblem) -> Self {
        let target = RecordTarget::Kept { path: kept.path.clone(), started: kept.run.header.started };
        Self::start(RecordWriter::new(target, on_problem))
    }

    fn start(writer: RecordWriter) -> Self {
        let (sender, lines) = channel();
        let (done, work) = channel();
        let last_word = done.clone();
        // Where there is no thread, the writer must still be here to report that.
        let (hand_over, handed) = channel::<RecordWriter>();
        let thread = thread::Builder::new().name("record".into()).spawn(move || {
            if let Ok(writer) = handed.recv() {
                let _ = done.send(writer.work(&lines));
            }
        });
        if thread.is_ok() {
            let _ = hand_over.send(writer);
        } else {
            let reason = "this run is not recorded: the system refuses a thread".to_owned();
            let _ = last_word.send(Some(reason.clone()));
            (writer.on_problem)(reason);
        }
        Self { lines: Some(sender), work }
    }

    /// Writes a line, soon and safely; never waits.
    pub fn write(&self, line: RecordLine) {
        // Where there is no thread, that was told.
        let _ = self.lines.as_ref().map(|lines| lines.send(line));
    }

    /// Waits until all is written, but not for ever; returns what is wrong where that was in vain. A run that was discarded
    /// is then gone.
    pub fn finish(mut self) -> Option<String> {
        self.end()
    }

    fn end(&mut self) -> Option<String> {
        self.lines.take()?;
        let waited = |_| Some("the end of this run may not be recorded: the disk takes too long".to_owned());
        self.work.recv_timeout(PATIENCE).unwrap_or_else(waited)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.end();
    }
}

/// Where a run is written to.
enum RecordTarget {
    /// To a new file, in a folder that is made where it is not there.
    New { folder: PathBuf, name: String },
    /// To the end of a file.
    File(PathBuf),
    /// To the end of a file whose last run began then.
    Kept { path: PathBuf, started: Timestamp },
}

/// The thread's side of a [`Recorder`].
struct RecordWriter {
    target: RecordTarget,
    on_problem: OnProblem,
    file: Option<(File, PathBuf)>,
    /// All lines so far, each with its line end.
    lines: Vec<String>,
    /// How many of them are safely on the disk.
    written: usize,
    /// Whether the file ends within a line.
    is_torn: bool,
    /// What is wrong just now, as it was reported.
    failure: Option<String>,
}

impl RecordWriter {
    fn new(target: RecordTarget, on_problem: OnProblem) -> Self {
        Self { target, on_problem, file: None, lines: Vec::new(), written: 0, is_torn: false, failure: None }
    }

    /// Writes all lines that are sent; returns what is wrong at the end.
    fn work(mut self, lines: &Receiver<RecordLine>) -> Option<String> {
        let mut is_discarded = false;
        while let Ok(first) = lines.recv() {
            // What has come while the disk was busy is written with it.
            for line in iter::once(first).chain(lines.try_iter()) {
                is_discarded = line == RecordLine::Discarded;
                self.lines.push(line.written());
            }
            self.catch_up();
        }
        self.catch_up();
        // Only where all is written, the last run of the file is surely this one.
        if let (true, Some((_, path))) = (is_discarded && self.written == self.lines.len(), &self.file) {
            // Where this fails, the line still says that it was discarded.
            let _ = cut_last(path);
        }
        self.failure
    }

    /// Writes what is not written yet, and reports where that fails or no longer does.
    fn catch_up(&mut self) {
        match self.write_all() {
            Ok(()) if self.failure.take().is_some() => {
                (self.on_problem)("this run is recorded again, with all that was missing".to_owned());
            }
            Err(reason) if self.failure.is_none() => {
                let what = if self.written > 0 { "the rest of this run" } else { "this run" };
                let words = format!("{what} is not recorded: {reason}");
                self.failure = Some(words.clone());
                (self.on_problem)(words);
            }
            _ => {}
        }
    }

    fn write_all(&mut self) -> Result<(), String> {
        if self.written == self.lines.len() {
            return Ok(());
        }
        self.make_ready()?;
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        for line in &self.lines[self.written..] {
            let start = if self.is_torn { "\n" } else { "" };
            let length = file.metadata().map_err(|error| reason(path, &error))?.len();
            if let Err(error) = file.write_all(format!("{start}{line}").as_bytes()) {
                // Half a line is taken back; where that cannot be, it will be ended.
                self.is_torn |= file.set_len(length).is_err();
                return Err(reason(path, &error));
            }
            self.is_torn = false;
        }
        // Lines that are not safe yet are written again, even where they may be there: a reader counts a line that is there twice as one.
        synced(file).map_err(|error| reason(path, &error))?;
        self.written = self.lines.len();
        Ok(())
    }

    /// Has a file open that is still in its folder.
    fn make_ready(&mut self) -> Result<(), String> {
        if let Some((file, path)) = self.file.take_if(|(file, _)| is_gone(file).unwrap_or(true)) {
            drop(file);
            if path.exists() {
                // Another file was put in its place, as editors do, with the same in it.
                self.target = RecordTarget::File(path);
            } else {
                self.written = 0;
            }
        }
        if self.file.is_none() {
            let (mut file, path) = self.target.open()?;
            self.is_torn = is_torn(&mut file);
            self.file = Some((file, path));
        }
        Ok(())
    }
}

impl RecordTarget {
    /// Opens the file and locks it.
    fn open(&self) -> Result<(File, PathBuf), String> {
        let (file, path) = match self {
            Self::New { folder, name } => create(folder, name).map_err(|error| reason(folder, &error))?,
            Self::File(path) => (open_record(path)?, path.clone()),
            Self::Kept { path, .. } => {
                let file = OpenOptions::new().read(true).append(true).open(path);
                (file.map_err(|error| reason(path, &error))?, path.clone())
            }
        };
        hold(&file).map_err(|failure| in_words(&path, failure))?;
        if let Self::Kept { path, started } = self {
            last_of(path, *started).map_err(|failure| in_words(path, failure))?;
        }
        Ok((file, path))
    }
}

fn in_words(path: &Path, failure: RecordFileError) -> String {
    match failure {
        RecordFileError::Held => format!("another run is being recorded in `{}`", shown(path)),
        RecordFileError::Changed => format!("it is not the last run of `{}` any more", shown(path)),
        RecordFileError::Other(reason) => reason,
    }
}

/// Makes a file that was not there before.
fn create(folder: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).create_new(true).mode(0o600);
    for nth in 1..MOST_AT_ONCE {
        let more = if nth == 1 { String::new() } else { format!("-{nth}") };
        let path = folder.join(format!("{name}{more}.{ENDING}"));
        match options.open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(file) => {
                // The file's name too must outlast a power cut; some systems cannot promise it.
                let _ = File::open(folder).and_then(|folder| folder.sync_all());
                return Ok((file, path));
            }
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Opens a file that the speaker named, at its end; not one that holds something else.
fn open_record(path: &Path) -> Result<File, String> {
    let failed = |error: io::Error| reason(path, &error);
    let mut options = OpenOptions::new();
    let file = options.read(true).append(true).create(true).mode(0o600).open(path).map_err(failed)?;
    let is_file = file.metadata().map_err(failed)?.is_file();
    let mut beginning = Vec::new();
    // A pipe or a device holds nothing.
    (&file).take(if is_file { 4096 } else { 0 }).read_to_end(&mut beginning).map_err(failed)?;
    if is_record(&beginning) {
        Ok(file)
    } else {
        Err(format!("`{}` holds something else, which is left alone", shown(path)))
    }
}

/// Returns whether a file ends within a line.
fn is_torn(file: &mut File) -> bool {
    let mut last = [b'\n'];
    let is_read = file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last));
    is_read.is_ok() && last != *b"\n"
}

/// Has the system write what was written to a file; a pipe or a device has nothing to be waited for.
fn synced(file: &File) -> io::Result<()> {
    match file.sync_data() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}
