//! A file that gets other bytes, all at once: whatever fails, it is either the old file or the new one.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::path::shown;
use crate::source::Diagnostic;

/// Puts `new` in the place of `old`, which `path` was read as. A link stays a link: the file that it leads to is rewritten,
/// and keeps its permissions.
///
/// # Errors
/// The file may not be written, holds other bytes by now, or is none; nothing has changed then.
pub fn rewrite(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Diagnostic> {
    let name = shown(path);
    let real = fs::canonicalize(path).map_err(|error| failed(&name, &error))?;
    let about = fs::metadata(&real).map_err(|error| failed(&name, &error))?;
    if !about.is_file() {
        return Err(Diagnostic::new(format!("`{name}` is no file that could be written back"))
            .hint("save the deck as a Markdown file"));
    }
    // Who may write into the folder may put another file in the place of this one, whoever it belongs to.
    OpenOptions::new().write(true).open(&real).map_err(|error| failed(&name, &error))?;
    let file = beside(&real, &about, new).map_err(|error| failed(&name, &error))?;
    if fs::read(&real).map_err(|error| failed(&name, &error))? != old {
        return Err(Diagnostic::new(format!("`{name}` has been changed meanwhile, so nothing is written"))
            .hint("run the same command again"));
    }
    file.persist(&real).map_err(|error| failed(&name, &error.error))?;
    // The file is there now; without this it may be the old one again after a power cut.
    let _ = folder(&real).and_then(File::open).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Returns a new file in the folder of the other one, with its permissions, that holds `bytes` for good.
fn beside(real: &Path, about: &Metadata, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = Builder::new().prefix(".lutrin-").suffix(".tmp").tempfile_in(folder(real)?)?;
    file.write_all(bytes)?;
    keep_owner(file.as_file(), about);
    file.as_file().set_permissions(about.permissions())?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder(real: &Path) -> io::Result<&Path> {
    real.parent().ok_or_else(|| io::Error::from(ErrorKind::NotADirectory))
}

/// Gives the file the owner that the other one has, or its group at least, as far as this user may.
fn keep_owner(file: &File, about: &Metadata) {
    let _ =
        fchown(file, Some(about.uid()), Some(about.gid())).or_else(|_| fchown(file, None, Some(about.gid())));
}

fn failed(name: &str, error: &io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Diagnostic::new(format!("`{name}` may not be written, so it stays as it is"))
                .hint("its owner can allow it, `chmod u+w`; its folder must be writable too")
        }
        ErrorKind::NotFound => {
            Diagnostic::new(format!("`{name}` is not there any more")).hint("save it again")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Diagnostic::new(format!("there is no room to write `{name}`, so it stays as it is"))
                .hint("free some room on its disk")
        }
        _ => Diagnostic::new(format!("cannot write `{name}`: {error}")).hint("it stays as it is"),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    /// Returns a folder with a file in it.
    fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
        let folder = TempDir::new().expect("the system has room for a folder");
        let path = folder.path().join("talk.md");
        fs::write(&path, bytes).expect("the folder is ours");
        (folder, path)
    }

    fn names(folder: &TempDir) -> usize {
        fs::read_dir(folder.path()).expect("it is a folder").count()
    }

    #[test]
    fn a_file_gets_its_new_bytes_and_leaves_nothing_beside_it() {
        let (folder, path) = file(b"old");
        rewrite(&path, b"old", b"new").expect("it is ours");
        assert_eq!((fs::read(&path).expect("it is there"), names(&folder)), (b"new".to_vec(), 1));
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_stays() {
        let (folder, path) = file(b"changed");
        let told = rewrite(&path, b"old", b"new").expect_err("it was changed");
        assert!(told.message.contains("changed meanwhile") && told.hint.is_some());
        assert_eq!((fs::read(&path).expect("it is there"), names(&folder)), (b"changed".to_vec(), 1));
    }

    #[test]
    fn what_is_no_file_or_gone_is_told() {
        let (folder, path) = file(b"old");
        assert!(rewrite(folder.path(), b"", b"new").expect_err("a folder").message.contains("no file"));
        fs::remove_file(&path).expect("it is ours");
        assert!(rewrite(&path, b"old", b"new").expect_err("gone").message.contains("not there"));
        assert_eq!(names(&folder), 0);
    }

    #[test]
    fn permissions_and_links_stay() {
        let (folder, path) = file(b"old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it is ours");
        let link = folder.path().join("link.md");
        symlink("talk.md", &link).expect("the system has links");
        rewrite(&link, b"old", b"new").expect("it is ours");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read(&path).expect("it is there"), b"new");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o7777, 0o640);
    }

    #[test]
    fn a_file_that_may_not_be_written_stays() {
        let (folder, path) = file(b"old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it is ours");
        if OpenOptions::new().write(true).open(&path).is_ok() {
            eprintln!("skipped: this user may write every file");
            return;
        }
        let told = rewrite(&path, b"old", b"new").expect_err("it may not be written");
        assert!(told.message.contains("may not be written"), "{told}");
        assert_eq!((fs::read(&path).expect("it is there"), names(&folder)), (b"old".to_vec(), 1));
    }
}
