//! Rehearsals on a terminal: how they begin and end, what their row says, and what is reported of them.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::pty::{Folder, LUTRIN, Seen, Start, Terminal, deck_of, now};

/// The variable that says where runs are kept.
pub(crate) const STATE: &str = "XDG_STATE_HOME";
/// Longer than anything takes on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// Lutrin in a folder in which its runs are kept too.
pub(crate) fn lutrin(folder: &Folder, arguments: &[&str]) -> Start {
    Start::lutrin(folder, arguments).with(STATE, &folder.path().join("state").to_string_lossy())
}

/// A deck of so many slides that is rehearsed with `options`, and has not begun.
pub(crate) fn rehearses(slides: usize, options: &[&str]) -> (Folder, Terminal) {
    let folder = Folder::with("deck.md", deck_of(slides));
    let terminal = rehearses_in(&folder, options);
    (folder, terminal)
}

/// The same of the deck in a folder.
pub(crate) fn rehearses_in(folder: &Folder, options: &[&str]) -> Terminal {
    let terminal = lutrin(folder, &[&["rehearse", "deck.md"], options].concat()).go();
    says(&terminal, "not started");
    terminal
}

/// Returns the words of the row of chrome.
pub(crate) fn row(seen: &Seen) -> String {
    let (columns, rows) = seen.size();
    (0..columns).map(|column| seen.cell(column, rows - 1).contents().to_owned()).map(or_blank).collect()
}

pub(crate) fn or_blank(glyph: String) -> String {
    if glyph.is_empty() { " ".to_owned() } else { glyph }
}

/// Waits until the row of chrome says `words`.
#[track_caller]
pub(crate) fn says(terminal: &Terminal, words: &str) {
    terminal.until(words, |seen| row(seen).contains(words));
}

/// Types a key, and waits until the row of chrome says `words`.
#[track_caller]
pub(crate) fn press(terminal: &mut Terminal, keys: &str, words: &str) {
    terminal.types(keys);
    says(terminal, words);
}

/// Types `q`, and waits for an end as it should be, with the ordinary screen.
#[track_caller]
pub(crate) fn leaves(terminal: &mut Terminal) -> String {
    terminal.types("q");
    is_left(terminal)
}

/// Waits for an end as it should be, and returns what stands on the ordinary screen.
#[track_caller]
pub(crate) fn is_left(terminal: &mut Terminal) -> String {
    let status = terminal.ends();
    assert_eq!(status.exit_code(), 0, "{}", terminal.sees(Seen::text));
    let given_back = |seen: &Seen| !seen.is_on_stage() && seen.mode(25) == Some(true);
    assert!(terminal.sees(given_back), "the terminal is given back");
    terminal.sees(Seen::text)
}

/// Returns the report as numbers; none where there is no run.
pub(crate) fn report(folder: &Folder, arguments: &[&str]) -> Option<Value> {
    let output = Command::new(LUTRIN)
        .args([&["report", "--format", "json"], arguments].concat())
        .current_dir(folder.path())
        .env(STATE, folder.path().join("state"))
        .output()
        .expect("the program starts");
    serde_json::from_slice(&output.stdout).ok()
}

/// Returns the report of the deck's last run.
#[track_caller]
pub(crate) fn told(folder: &Folder) -> Value {
    report(folder, &["deck.md"]).expect("a run was recorded")
}

/// Returns how many runs of the deck there are.
pub(crate) fn runs(folder: &Folder) -> usize {
    report(folder, &["deck.md", "--runs"]).map_or(0, |all| all["runs"].as_array().map_or(0, Vec::len))
}

/// Returns the seconds and visits of a slide, by its number.
pub(crate) fn spent(report: &Value, number: usize) -> (f64, u64) {
    let slide = &report["slides"][number - 1];
    (slide["seconds"].as_f64().expect("a number"), slide["visits"].as_u64().expect("a number"))
}

/// Waits until `condition` holds of what has been recorded.
#[track_caller]
pub(crate) fn until_recorded(
    folder: &Folder,
    arguments: &[&str],
    condition: impl Fn(&Value) -> bool,
) -> Value {
    let begin = Instant::now();
    loop {
        match report(folder, arguments) {
            Some(report) if condition(&report) => return report,
            report => assert!(begin.elapsed() < LIMIT, "{report:?}"),
        }
        sleep(Duration::from_millis(20));
    }
}

/// When a key was typed, and when what it does was seen: it was obeyed in between.
pub(crate) struct Obeyed(Duration, Duration);

impl Obeyed {
    /// Types keys, and waits until the row of chrome is one of which `condition` holds.
    #[track_caller]
    pub(crate) fn by(terminal: &mut Terminal, keys: &str, condition: impl Fn(&str) -> bool) -> Self {
        let typed = now();
        terminal.types(keys);
        terminal.until(&format!("effect of {keys:?}"), |seen| condition(&row(seen)));
        Self(typed, now())
    }

    /// Asserts that so many seconds may have passed until another key was obeyed.
    #[track_caller]
    pub(crate) fn until(&self, later: &Self, seconds: f64) {
        let (least, most) = (later.0.saturating_sub(self.1), later.1.saturating_sub(self.0));
        // What is reported is rounded.
        let is_right = seconds + 0.002 >= least.as_secs_f64() && seconds - 0.002 <= most.as_secs_f64();
        assert!(is_right, "{seconds} s is not between {least:?} and {most:?}");
    }
}

/// Starts the clock, and returns when.
#[track_caller]
pub(crate) fn begins(terminal: &mut Terminal) -> Obeyed {
    Obeyed::by(terminal, "P", |row| !row.contains("not started"))
}

/// Returns the path of the user's lecture, where the folder `shared` lies beside the project.
pub(crate) fn lecture() -> Option<String> {
    let path = "../shared/decks/lecture/docs/slides/kubernetes.md";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    path.exists().then(|| path.to_string_lossy().into_owned())
}
