//! The author's editor: which one it is, how it is begun at a line of the deck, and what went wrong with it.

use std::env;
use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::disk::DeckSource;
use crate::text::sanitize;

/// Editors that are told the line as `+12 deck.md`.
const PLUS: [&str; 18] = [
    "vi",
    "vim",
    "nvim",
    "gvim",
    "mvim",
    "view",
    "vis",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "joe",
    "jed",
    "ne",
    "mg",
    "gedit",
];
/// Editors that are told the line as `deck.md:12`.
const COLON: [&str; 6] = ["hx", "helix", "subl", "sublime_text", "zed", "zeditor"];
/// Those of the family that is told it as `--goto deck.md:12`, and returns at once unless it is told to wait.
const GOTO: [&str; 6] = ["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"];

/// Returns the author's editor, begun at a line (from 1) of the deck that comes from `place`; or why there is none.
pub(super) fn command(place: &DeckSource, line: usize) -> Result<Command, String> {
    let path = match place {
        DeckSource::File(path) => path,
        DeckSource::Input => {
            return Err("the deck came from standard input: there is no file to edit".to_owned());
        }
        DeckSource::Embedded => {
            return Err("the deck is a part of Lutrin: there is no file to edit".to_owned());
        }
    };
    let wish = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = env::var(name).ok().filter(|value| !value.trim().is_empty())?;
        Some((name, value))
    });
    let Some((name, value)) = wish else {
        return Err("set EDITOR to edit the deck from here".to_owned());
    };
    let words =
        words(&value, path, line).ok_or_else(|| format!("{name} is no command: `{}`", sanitize(&value)))?;
    let mut words = words.into_iter();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    Ok(command)
}

/// Returns the editor and its arguments for a line of a file; none where the quotes in `editor` do not match. No shell
/// reads them.
fn words(editor: &str, file: &Path, line: usize) -> Option<Vec<OsString>> {
    let mut words: Vec<OsString> = shell_words::split(editor).ok()?.into_iter().map(OsString::from).collect();
    let program = Path::new(words.first()?).file_stem()?.to_string_lossy().to_lowercase();
    let is_one_of = |names: &[&str]| names.contains(&program.as_str());
    // A name that begins with a dash would be an option, and one with a plus sign a line.
    let is_odd = file.to_string_lossy().starts_with(['-', '+']);
    let file = if is_odd { Path::new(".").join(file) } else { PathBuf::from(file) };
    let mut with_line = file.clone().into_os_string();
    with_line.push(format!(":{line}"));
    if is_one_of(&PLUS) {
        words.extend([format!("+{line}").into(), file.into()]);
    } else if is_one_of(&COLON) {
        words.push(with_line);
    } else if is_one_of(&GOTO) {
        if !words.iter().any(|word| word == "--wait" || word == "-w") {
            words.push("--wait".into());
        }
        words.extend(["--goto".into(), with_line]);
    } else {
        words.push(file.into());
    }
    Some(words)
}

/// Returns what to say of an editor that did not end well.
pub(super) fn trouble(program: &str, ended: &io::Result<ExitStatus>) -> Option<String> {
    let reason = match ended {
        Ok(status) if status.success() => return None,
        Ok(status) => match (status.code(), status.signal()) {
            (Some(code), _) => format!("`{program}` ended with status {code}"),
            (None, signal) => format!("`{program}` was ended by signal {}", signal.unwrap_or_default()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            format!("there is no program `{program}`: set EDITOR to another one")
        }
        Err(error) => format!("`{program}` cannot be started: {}", error.to_string().to_lowercase()),
    };
    Some(sanitize(&reason).into_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plus("vim", "deck.md", &["vim", "+12", "deck.md"])]
    #[case::path_with_blanks(r#""/my tools/nvim" -u NONE"#, "a b.md", &["/my tools/nvim", "-u", "NONE", "+12", "a b.md"])]
    #[case::variant("/usr/bin/vim.basic", "deck.md", &["/usr/bin/vim.basic", "+12", "deck.md"])]
    #[case::colon("hx", "deck.md", &["hx", "deck.md:12"])]
    #[case::goto("code", "deck.md", &["code", "--wait", "--goto", "deck.md:12"])]
    #[case::goto_and_wait("code --wait", "deck.md", &["code", "--wait", "--goto", "deck.md:12"])]
    #[case::unknown("write -x", "$(touch x).md", &["write", "-x", "$(touch x).md"])]
    #[case::dash("vi", "-c:q.md", &["vi", "+12", "./-c:q.md"])]
    #[case::plus_sign("vi", "+5.md", &["vi", "+12", "./+5.md"])]
    fn editors_are_told_the_line_in_their_own_ways(
        #[case] editor: &str,
        #[case] file: &str,
        #[case] expected: &[&str],
    ) {
        let words = words(editor, Path::new(file), 12).expect("the quotes match");
        assert_eq!(words, expected);
    }

    #[rstest]
    #[case::open_quote("vim 'x")]
    #[case::nothing("''")]
    fn what_names_no_program_is_none(#[case] editor: &str) {
        assert_eq!(words(editor, Path::new("deck.md"), 1), None);
    }
}
