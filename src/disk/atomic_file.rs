//! A file that is there when all of it is written, and not before.

use std::fs::{self, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::path::shown;
use crate::source::Diagnostic;

/// The mode of a new file; the umask takes from it.
const MODE: u32 = 0o666;

/// A file that is being written beside its place. It is created with the first byte, so that work that is stopped early leaves
/// nothing.
pub struct AtomicFile {
    path: PathBuf,
    out: Option<BufWriter<NamedTempFile>>,
}

impl AtomicFile {
    /// Begins a file that will be at `path`.
    ///
    /// # Errors
    /// Its folder is not there.
    pub fn begin(path: &Path) -> Result<Self, Diagnostic> {
        match fs::metadata(folder(path)) {
            Ok(about) if about.is_dir() => Ok(Self { path: path.to_owned(), out: None }),
            Ok(_) => Err(failed(path, &ErrorKind::NotFound.into())),
            Err(error) => Err(failed(path, &error)),
        }
    }

    fn out(&mut self) -> io::Result<&mut BufWriter<NamedTempFile>> {
        if self.out.is_none() {
            let mut builder = Builder::new();
            let builder = builder.prefix(".lutrin-").suffix(".tmp").permissions(Permissions::from_mode(MODE));
            self.out = Some(BufWriter::new(builder.tempfile_in(folder(&self.path))?));
        }
        self.out.as_mut().ok_or_else(|| ErrorKind::NotFound.into())
    }

    /// Puts the file in its place; another file there is replaced.
    ///
    /// # Errors
    /// There is no room, or something else is in its place that is no file.
    pub fn commit(mut self) -> Result<(), Diagnostic> {
        // A file of no bytes is a file, too.
        let made = self.out().map(drop);
        made.map_err(|error| failed(&self.path, &error))?;
        let Self { path, out } = self;
        let Some(out) = out else { return Ok(()) };
        let file = out.into_inner().map_err(|error| failed(&path, error.error()))?;
        file.persist(&path).map(drop).map_err(|error| failed(&path, &error.error))
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out()?.flush()
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder, and those above it, where there is none.
///
/// # Errors
/// It may not be made, or a file is in its place.
pub fn make_folder(path: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            Diagnostic::new(format!("`{}` is no folder", shown(path))).hint("give another name behind `-o`")
        }
        _ => failed(path, &error),
    })
}

/// Returns why a file could not be written, in words for a person.
pub fn failed(path: &Path, error: &io::Error) -> Diagnostic {
    let name = shown(path);
    match error.kind() {
        ErrorKind::NotFound => Diagnostic::new(format!("the folder of `{name}` does not exist"))
            .hint("a name that ends in `/` is a folder, which is made where there is none"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Diagnostic::new(format!("`{name}` may not be written")).hint("choose another folder")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Diagnostic::new(format!("there is no room to write `{name}`"))
                .hint("free some room on its disk, or choose another one")
        }
        ErrorKind::IsADirectory => {
            Diagnostic::new(format!("`{name}` is a folder")).hint("write `/` behind it to put files into it")
        }
        _ => Diagnostic::new(format!("cannot write `{name}`: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/talk.txt");
        assert!(AtomicFile::begin(&path).is_err_and(|told| told.message.contains("does not exist")));
        make_folder(&folder.path().join("a")).expect("it can be made");
        fs::write(&path, b"old").expect("the folder is ours");
        let begun = |bytes: &[u8]| {
            let mut draft = AtomicFile::begin(&path).expect("the folder is there");
            draft.write_all(bytes).expect("there is room");
            draft
        };
        drop(begun(b"half"));
        assert_eq!(fs::read(&path).expect("it is there"), b"old");
        begun(b"new").commit().expect("it can be replaced");
        assert_eq!(fs::read(&path).expect("it is there"), b"new");
        assert_eq!(fs::read_dir(folder.path().join("a")).expect("it is there").count(), 1);
        assert!(make_folder(&path).is_err());
    }
}
