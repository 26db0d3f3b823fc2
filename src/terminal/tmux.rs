//! What tmux reports of the pane that Lutrin runs in. Each question starts tmux, which takes 5 to 10 ms, and is given
//! up when it takes much longer.

use std::env;
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::graphics::PaneOrigin;

/// How long tmux may take to answer.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
/// An answer is one line of fewer bytes.
const LONGEST: usize = 256;

/// The facts of a pane, in the order in which [`TmuxPane::read`] expects it.
const PLACE: &str = "#{pane_top} #{pane_left} #{status} #{status-position} #{window_active} \
    #{window_zoomed_flag} #{pane_active}";

/// Where our pane is in the terminal around tmux.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TmuxPane {
    /// Its upper left corner.
    pub origin: PaneOrigin,
    /// Whether it is shown: its window is the one that tmux shows, and no other pane covers it.
    pub visible: bool,
}

impl TmuxPane {
    /// Asks tmux; `None` outside of it, or where it does not answer.
    pub fn find() -> Option<Self> {
        Self::read(&ask(&["display-message", "-p", "-t", &own_pane()?, PLACE])?)
    }

    /// Reads what tmux answers.
    fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [top, left, status, position, in_view, zoomed, active] = words[..] else { return None };
        let status_rows = match status {
            "off" => 0,
            "on" => 1,
            rows => rows.parse().ok()?,
        };
        let above: u16 = if position == "top" { status_rows } else { 0 };
        let top = top.parse::<u16>().ok()?.checked_add(above)?;
        Some(Self {
            origin: PaneOrigin { top, left: left.parse().ok()? },
            visible: in_view == "1" && (zoomed == "0" || active == "1"),
        })
    }
}

/// Writes to the terminal around tmux itself, where tmux reports which it is; otherwise nothing happens. Only what is
/// short and complete may be written so, for tmux writes there too.
pub fn write_outside(bytes: &[u8]) {
    let Some(pane) = own_pane() else { return };
    let Some(path) = ask(&["display-message", "-p", "-t", &pane, "#{client_tty}"]) else { return };
    if let Ok(mut terminal) = File::options().write(true).open(path.trim()) {
        // A terminal that is gone shows nothing.
        let _ = terminal.write_all(bytes);
    }
}

/// Asks tmux whether it lets the terminal around it have pictures; `None` outside of it, and where it is too old to
/// know.
pub fn allows_passthrough() -> Option<bool> {
    let answer = ask(&["show", "-Apv", "-t", &own_pane()?, "allow-passthrough"])?;
    matches!(answer.trim(), "on" | "off" | "all").then_some(answer.trim() != "off")
}

fn own_pane() -> Option<String> {
    env::var("TMUX_PANE").ok().filter(|pane| !pane.is_empty())
}

/// Returns the line that tmux answers.
fn ask(arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("tmux");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let line = child.stdout.take().and_then(read_line);
    end(child);
    line
}

/// Reads up to the end of a line, as long as it comes without a pause.
fn read_line(mut source: ChildStdout) -> Option<String> {
    let mut line = Vec::new();
    while line.len() < LONGEST {
        if poll(&mut [PollFd::new(&source, PollFlags::IN)], Some(&PATIENCE)).ok()? == 0 {
            return None;
        }
        let mut bytes = [0; LONGEST];
        match source.read(&mut bytes).ok()? {
            0 => return None,
            length => line.extend_from_slice(&bytes[..length]),
        }
        if line.ends_with(b"\n") {
            return String::from_utf8(line).ok();
        }
    }
    None
}

/// It has said what it had to say, or never will.
fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::alone("0 0 on bottom 1 0 1\n", Some((0, 0, true)))]
    #[case::below_the_status("0 0 on top 1 0 1\n", Some((1, 0, true)))]
    #[case::below_three_rows("12 81 3 top 1 0 0\n", Some((15, 81, true)))]
    #[case::without_a_status("12 81 off top 1 0 0\n", Some((12, 81, true)))]
    #[case::in_another_window("0 0 on bottom 0 0 1\n", Some((0, 0, false)))]
    #[case::behind_a_zoomed_pane("0 41 on bottom 1 1 0\n", Some((0, 41, false)))]
    #[case::zoomed("0 0 on bottom 1 1 1\n", Some((0, 0, true)))]
    #[case::of_an_old_tmux("0 0 on 1 0 1\n", None)]
    #[case::nonsense("top left on bottom 1 0 1\n", None)]
    #[case::far_too_low("65535 0 5 top 1 0 1\n", None)]
    #[case::nothing("", None)]
    fn panes(#[case] line: &str, #[case] expected: Option<(u16, u16, bool)>) {
        let expected =
            expected.map(|(top, left, visible)| TmuxPane { origin: PaneOrigin { top, left }, visible });
        assert_eq!(TmuxPane::read(line), expected);
    }

    /// Runs a shell in place of tmux.
    fn line_of(script: &str) -> Option<String> {
        let mut command = Command::new("sh");
        let mut child = command.args(["-c", script]).stdout(Stdio::piped()).spawn().unwrap();
        let line = child.stdout.take().and_then(read_line);
        end(child);
        line
    }

    #[test]
    fn a_tmux_that_hangs_is_not_waited_for() {
        assert_eq!(line_of("printf 'a '; printf 'b\\n'; exec sleep 60").as_deref(), Some("a b\n"));
        assert_eq!(line_of("printf a; exec sleep 60"), None);
        assert_eq!(line_of("exec sleep 60"), None);
        assert_eq!(line_of("exit 1"), None);
    }
}
