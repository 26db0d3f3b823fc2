//! Another user's program at a talk's socket.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use super::{Folder, agree, console, door, folder, talk};
use crate::pty::LUTRIN;

/// The user who is nobody.
const NOBODY: u32 = 65534;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").mode() & 0o777
}

#[test]
fn the_folder_and_the_socket_are_for_their_user_alone() {
    let folder = folder();
    // Even where somebody has been careless before.
    fs::create_dir(folder.path().join("lutrin")).expect("the folder is ours");
    set_mode(&folder.path().join("lutrin"), 0o777);
    let talk = talk(&folder, &[]);
    let socket = door(&folder, &talk);
    assert_eq!((mode(&folder.path().join("lutrin")), mode(&socket)), (0o700, 0o600));
}

#[test]
fn another_user_is_refused() {
    let folder = folder();
    let screens = vec![talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    if fs::metadata(&socket).expect("it is there").uid() != 0 {
        eprintln!("skipped: only root can be another user");
        return;
    }
    let program = copied(&folder);
    let asks = |request: &[&str]| -> Output {
        let mut command = Command::new(&program);
        command.arg("remote").args(request).arg("--socket").arg(&socket);
        command.current_dir("/").env_clear().uid(NOBODY).gid(NOBODY);
        command.output().expect("it starts")
    };
    let by_mode = asks(&["next"]);
    let said = String::from_utf8_lossy(&by_mode.stderr).into_owned();
    assert!(by_mode.status.code() == Some(1) && !said.contains("panic"), "{said}");
    assert!(said.contains("cannot be joined"), "{said}");
    // Where the modes do not hold, the talk looks at who it is.
    set_mode(&folder.path().join("lutrin"), 0o755);
    set_mode(&socket, 0o666);
    for request in [&["status"][..], &["next"], &["goto", "4"]] {
        let by_name = asks(request);
        let said = String::from_utf8_lossy(&by_name.stderr).into_owned();
        assert!(by_name.status.code() == Some(1) && said.contains("somebody else's"), "{said}");
    }
    assert_eq!(agree(&socket, &screens)["at"]["slide"], 1);
}

#[test]
fn another_user_who_speaks_by_hand_is_refused_by_the_talk() {
    let folder = folder();
    let screens = vec![talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let has_python = Command::new("python3").arg("--version").output().is_ok();
    if !has_python || fs::metadata(&socket).expect("it is there").uid() != 0 {
        eprintln!("skipped: this needs root, and Python to speak by hand");
        return;
    }
    set_mode(folder.path(), 0o755);
    set_mode(&folder.path().join("lutrin"), 0o755);
    set_mode(&socket, 0o666);
    // It may be sent away before it has said anything.
    let script = "import socket, sys\ns = socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n\
                  try: s.sendall(b'{\"do\":\"goto\",\"to\":\"4\"}\\n')\nexcept OSError: pass\n\
                  while b := s.recv(4096): sys.stdout.buffer.write(b); sys.stdout.flush()\n";
    let mut command = Command::new("python3");
    command.args(["-c", script]).arg(&socket).current_dir("/").uid(NOBODY).gid(NOBODY);
    let heard = command.output().expect("it starts");
    let heard = String::from_utf8_lossy(&heard.stdout).into_owned();
    assert!(heard.starts_with("{\"error\"") && heard.lines().count() == 1, "{heard}");
    screens[1].shows("user");
    assert_eq!(agree(&socket, &screens)["at"]["slide"], 1);
}

/// Returns a copy of the program that everybody may start.
fn copied(folder: &Folder) -> std::path::PathBuf {
    let program = folder.path().join("program");
    fs::copy(LUTRIN, &program).expect("the folder has room");
    set_mode(folder.path(), 0o755);
    set_mode(&program, 0o755);
    program
}
