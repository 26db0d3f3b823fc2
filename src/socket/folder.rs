//! The folder of the sockets: where it is, whose it is, what a socket is called in it, and which of them are stale.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use etcetera::{BaseStrategy, choose_base_strategy};
use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

use super::credentials;
use crate::source::Diagnostic;
use crate::text::sanitize;

/// A path of more bytes cannot be a socket's: 104 is the least that a system has, with a zero at the end.
const LONGEST_PATH: usize = 100;
/// A deck's name is cut to this many bytes.
const LONGEST_STEM: usize = 40;
/// How long to wait for a connection: the talk may be suspended.
pub(super) const PATIENCE: Duration = Duration::from_millis(500);
/// How many sockets may have one name and one process.
const MOST_ALIKE: u32 = 100;

/// The ending of a socket's name, once its talk listens.
const ENDING: &str = "sock";

/// Returns the folder in which talks have their sockets. It need not be there.
///
/// # Errors
/// The system has no place for it, as where nobody has a home.
pub fn folder() -> Result<PathBuf, Diagnostic> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    usual(runtime, || {
        let system = choose_base_strategy().map_err(|_| {
            Diagnostic::new("there is no home folder, so talks have no place for their sockets")
                .hint("set `XDG_RUNTIME_DIR` to a folder of your own")
        })?;
        Ok(system.state_dir().unwrap_or_else(|| system.data_dir()))
    })
}

/// Returns the folder in the one for what lives as long as its user is there, else among the state of all programs. The
/// first is often inherited from another user, as by `sudo`: then it is none.
fn usual(
    runtime: Option<PathBuf>,
    state: impl FnOnce() -> Result<PathBuf, Diagnostic>,
) -> Result<PathBuf, Diagnostic> {
    let is_ours = |folder: &PathBuf| {
        let about = || fs::metadata(folder).ok();
        folder.is_absolute()
            && about().is_some_and(|about| about.is_dir() && about.uid() == credentials::us())
    };
    match runtime.filter(is_ours) {
        Some(runtime) => Ok(runtime.join("lutrin")),
        None => Ok(state()?.join("lutrin/talks")),
    }
}

/// Makes the folder where it is not there, and closes it to all others.
///
/// # Errors
/// It cannot be made, or it is somebody else's.
pub(super) fn make(folder: &Path) -> Result<(), Diagnostic> {
    let failed = |error: &io::Error| {
        let name = shown(folder);
        Diagnostic::new(format!("talks have no place for their sockets: `{name}`: {}", words(error)))
            .hint("set `XDG_RUNTIME_DIR` to a folder of your own")
    };
    if let Some(above) = folder.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(above).map_err(|error| failed(&error))?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(&error)),
        _ => {}
    }
    if !is_ours(folder) {
        return Err(Diagnostic::new(format!("`{}` is no folder of yours", shown(folder)))
            .hint("remove it: the sockets of your talks belong there"));
    }
    let mode = fs::symlink_metadata(folder).map_err(|error| failed(&error))?.mode();
    if mode & 0o777 != 0o700 {
        fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(|error| failed(&error))?;
    }
    Ok(())
}

/// Returns whether it is a folder, no link to one, and ours.
pub(super) fn is_ours(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|about| about.is_dir() && about.uid() == credentials::us())
}

/// Opens the socket of a talk on the deck `name`, for us alone. It is made under a hidden name, so that
/// under the name that clients look for, a talk is always listening.
///
/// # Errors
/// Those of the system; and its path may be too long.
pub(super) fn listen(folder: &Path, name: &str) -> io::Result<(UnixListener, PathBuf)> {
    let process = std::process::id();
    if path(folder, name, MOST_ALIKE, process).as_os_str().len() > LONGEST_PATH {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut hidden = (1..MOST_ALIKE).map(|nth| folder.join(format!(".{nth}-{process}")));
    let (listener, hidden) = hidden
        .find_map(|path| match UnixListener::bind(&path) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => None,
            bound => Some(bound.map(|listener| (listener, path))),
        })
        .ok_or(io::ErrorKind::AddrInUse)??;
    let opened = fs::set_permissions(&hidden, Permissions::from_mode(0o600)).and_then(|()| {
        let mut paths = (1..MOST_ALIKE).map(|nth| path(folder, name, nth, process));
        let path = paths.find(|path| !path.exists() || is_refused(path)).ok_or(io::ErrorKind::AddrInUse)?;
        fs::rename(&hidden, &path)?;
        Ok(path)
    });
    if opened.is_err() {
        let _ = fs::remove_file(&hidden);
    }
    Ok((listener, opened?))
}

/// Returns the path of a talk's socket: its deck's name in letters that every shell takes, as many as have room, and its
/// process.
fn path(folder: &Path, name: &str, nth: u32, process: u32) -> PathBuf {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
    let more = if nth == 1 { String::new() } else { format!("-{nth}") };
    let end = format!("{more}-{process}.{ENDING}");
    let room = LONGEST_PATH.saturating_sub(folder.as_os_str().as_bytes().len() + 1 + end.len());
    let plain = plain.trim_matches('-');
    let plain = plain.get(..room.min(LONGEST_STEM)).unwrap_or(plain);
    let plain = if plain.is_empty() { "talk" } else { plain };
    folder.join(format!("{plain}{end}"))
}

/// Returns the number of the process whose socket it is, by its name.
pub(super) fn process(socket: &Path) -> Option<u32> {
    let name = socket.file_name()?.to_str()?;
    let name = name.strip_suffix(&format!(".{ENDING}")).unwrap_or(name);
    name.rsplit_once('-')?.1.parse().ok()
}

/// Returns the sockets of talks, the newest last.
pub(super) fn sockets(folder: &Path) -> Vec<PathBuf> {
    let made = |path: &PathBuf| fs::symlink_metadata(path).and_then(|about| about.modified()).ok();
    let mut sockets = entries(folder);
    sockets.retain(|path| path.extension() == Some(OsStr::new(ENDING)));
    sockets.sort_by_cached_key(|path| (made(path), path.clone()));
    sockets
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten().flatten();
    let sockets = all.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_socket()));
    sockets.map(|entry| entry.path()).collect()
}

/// Removes the sockets that talks have left which were ended by force.
pub(super) fn sweep(folder: &Path) {
    for path in entries(folder).into_iter().filter(|path| is_dead(path) && is_refused(path)) {
        let _ = fs::remove_file(path);
    }
}

/// Removes a socket that has refused us, unless it may be a talk's that has too much to do.
pub(super) fn remove_stale(path: &Path) {
    // Elsewhere than on Linux, a talk that has accepted no connection for long refuses too.
    if cfg!(target_os = "linux") || is_dead(path) {
        let _ = fs::remove_file(path);
    }
}

/// Returns whether the process whose socket it was is gone.
fn is_dead(path: &Path) -> bool {
    let process = process(path).and_then(|process| Pid::from_raw(i32::try_from(process).ok()?));
    process.is_some_and(|process| test_kill_process(process) == Err(Errno::SRCH))
}

fn is_refused(path: &Path) -> bool {
    connect(path).is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
}

/// Connects to a socket.
///
/// # Errors
/// Those of the system; and it has taken too long.
pub(super) fn connect(path: &Path) -> io::Result<UnixStream> {
    // That a suspended talk has no room for more of us shows only in its taking for ever.
    let (done, connected) = channel();
    let path = path.to_owned();
    let connect = move || drop(done.send(UnixStream::connect(path)));
    thread::Builder::new().name("connect".into()).spawn(connect)?;
    connected.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// Returns a path in letters that may be shown.
pub(super) fn shown(path: &Path) -> String {
    sanitize(&path.to_string_lossy()).replace('\n', "␊")
}

/// Returns in words for a person why something failed.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::InvalidInput => "its name is too long for a socket".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        _ => sanitize(&error.to_string().to_lowercase()).replace('\n', " "),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{chown, symlink};

    use tempfile::tempdir;

    use super::*;

    /// No system has so many processes.
    const NOBODY: u32 = 1 << 30;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o777
    }

    /// Leaves a socket behind to which nobody listens.
    fn leave(path: &Path) {
        drop(UnixListener::bind(path).unwrap());
    }

    #[test]
    fn the_folder_is_where_the_system_wants_it() {
        let home = tempdir().unwrap();
        let state = || Ok(PathBuf::from("/state"));
        let usual = |runtime: Option<&Path>| usual(runtime.map(Path::to_owned), state).unwrap();
        assert_eq!(usual(Some(home.path())), home.path().join("lutrin"));
        for none in [None, Some(Path::new("")), Some(Path::new("src")), Some(Path::new("/no/such/folder"))] {
            assert_eq!(usual(none), Path::new("/state/lutrin/talks"), "{none:?}");
        }
    }

    #[test]
    fn the_folder_is_ours_alone() {
        let home = tempdir().unwrap();
        let folder = home.path().join("state/lutrin/talks");
        make(&folder).unwrap();
        assert_eq!((mode(&folder), mode(folder.parent().unwrap())), (0o700, 0o700));
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        make(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
    }

    #[test]
    fn a_link_or_a_file_or_the_folder_of_another_is_none_of_ours() {
        let home = tempdir().unwrap();
        let [link, file, other] = ["link", "file", "other"].map(|name| home.path().join(name));
        symlink(home.path(), &link).unwrap();
        fs::write(&file, "").unwrap();
        fs::create_dir(&other).unwrap();
        // Only root can give a folder away; to anybody else, the root of all folders is another's.
        let other = chown(&other, Some(credentials::us() + 1), None).map_or(PathBuf::from("/"), |()| other);
        let before = mode(home.path());
        for wrong in [&link, &file, &other] {
            let refused = make(wrong).unwrap_err();
            assert!(refused.message.contains("is no folder of yours"), "{}", refused.message);
        }
        assert_eq!(mode(home.path()), before);
    }

    #[test]
    fn a_socket_is_named_by_deck_and_process() {
        let named = |name: &str| path(Path::new("/run/lutrin"), name, 1, 7);
        assert_eq!(named("kubernetes"), Path::new("/run/lutrin/kubernetes-7.sock"));
        assert_eq!(named("l'été 2"), Path::new("/run/lutrin/l--t--2-7.sock"));
        assert_eq!(named("講演"), Path::new("/run/lutrin/talk-7.sock"));
        assert_eq!(named("../../etc"), Path::new("/run/lutrin/etc-7.sock"));
        let long = named(&"x".repeat(99));
        assert_eq!(long.file_stem().unwrap().len(), LONGEST_STEM + 2);
        let deep = PathBuf::from(format!("/{}", "y".repeat(80)));
        assert_eq!(path(&deep, &"x".repeat(99), 1, 7).as_os_str().len(), LONGEST_PATH);
        assert_eq!(process(&named("a-8")), Some(7));
        assert_eq!(process(Path::new(".2-9")), Some(9));
        assert_eq!(process(Path::new("docker.sock")), None);
    }

    #[test]
    fn a_socket_is_for_us_only_and_alone_under_its_name() {
        let home = tempdir().unwrap();
        let (_one, first) = listen(home.path(), "talk").unwrap();
        let (_other, second) = listen(home.path(), "talk").unwrap();
        assert_eq!((mode(&first), mode(&second)), (0o600, 0o600));
        assert_ne!(first, second);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
        assert_eq!(sockets(home.path()).len(), 2);
    }

    #[test]
    fn a_path_that_is_too_long_is_said_to_be() {
        let home = tempdir().unwrap();
        for long in [90 - home.path().as_os_str().len(), 120] {
            let folder = home.path().join("z".repeat(long));
            make(&folder).unwrap();
            assert_eq!(words(&listen(&folder, "talk").unwrap_err()), "its name is too long for a socket");
        }
    }

    #[test]
    fn only_what_is_left_over_is_swept() {
        let home = tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        leave(&at(&format!("gone-{NOBODY}.sock")));
        leave(&at(&format!(".1-{NOBODY}")));
        leave(&at(&format!(".1-{}", std::process::id())));
        leave(&at("foreign.sock"));
        fs::write(at(&format!("notes-{NOBODY}")), "").unwrap();
        let _alive = UnixListener::bind(at(&format!("alive-{NOBODY}.sock"))).unwrap();
        sweep(home.path());
        let mut left: Vec<_> = fs::read_dir(home.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        let own = format!(".1-{}", std::process::id());
        let kept = [own, format!("alive-{NOBODY}.sock"), "foreign.sock".into(), format!("notes-{NOBODY}")];
        assert_eq!(left, kept);
    }
}
