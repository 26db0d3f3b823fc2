//! What Lutrin cannot do: one clear sentence, a hint, a fitting exit status, and nothing half-drawn.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rstest::rstest;

use crate::pty::{Folder, Seen, Start};

fn folder() -> Folder {
    let folder = Folder::with("deck.md", "# One\n");
    folder.put("empty.md", " \n");
    folder.put("nul.md", "# One\0two\n");
    folder.put("talks/friday.md", "# Friday\n");
    folder
}

/// Starts Lutrin on a terminal, and returns how it ended and what it said; it must not have drawn anything.
fn refused(folder: &Folder, arguments: &[&str]) -> (u32, String) {
    let mut terminal = Start::lutrin(folder, arguments).sized(120, 140).go();
    let status = terminal.ends();
    assert_eq!(terminal.sees(|seen| seen.mode(1049)), None, "something was drawn");
    assert_eq!(status.signal(), None);
    (status.exit_code(), terminal.sees(Seen::text))
}

#[rstest]
#[case::slide_zero(&["deck.md", "--slide", "0"], &["--slide", "0"])]
#[case::slide_no_number(&["deck.md", "--slide", "two"], &["--slide", "two"])]
#[case::separator(&["deck.md", "--separator", "("], &["`(`", "hint"])]
#[case::vertical_separator(&["deck.md", "--vertical-separator", "[z-a]"], &["`[z-a]`", "hint"])]
#[case::notes_separator(&["deck.md", "--notes-separator", "*"], &["`*`", "hint"])]
#[case::separator_for_an_export(&["export", "deck.md", "--separator", "("], &["`(`", "hint"])]
#[case::misspelled_command(&["exprot"], &["`exprot`", "`lutrin export`", "exprot.md"])]
#[case::word_like_a_deck(&["dek"], &["`dek`", "`deck.md`"])]
#[case::word_like_nothing(&["hippopotamus"], &["`hippopotamus`", "export"])]
#[case::theme(&["--theme", "blue"], &["blue", "dark", "light"])]
#[case::option(&["--wobble"], &["--wobble", "--help"])]
#[case::format(&["export", "--format", "docx"], &["docx", "json"])]
#[case::two_decks(&["deck.md", "deck.md"], &["deck.md"])]
fn a_wrong_use_is_2(#[case] arguments: &[&str], #[case] words: &[&str]) {
    let (code, said) = refused(&folder(), arguments);
    assert_eq!(code, 2, "{said}");
    for word in words {
        assert!(said.contains(word), "{word} is missing in:\n{said}");
    }
}

#[rstest]
#[case::missing(&["monday.md"], &["`monday.md` does not exist", "hint"])]
#[case::missing_with_a_neighbour(&["dekc.md"], &["`dekc.md` does not exist", "`deck.md`"])]
#[case::missing_in_a_folder(&["talks/fridag.md"], &["does not exist", "`talks/friday.md`"])]
#[case::missing_folder(&["nowhere/talk.md"], &["does not exist", "hint"])]
#[case::folder(&["talks"], &["`talks` is a folder", "talks/friday.md"])]
#[case::empty(&["empty.md"], &["`empty.md`", "empty", "hint"])]
#[case::nul(&["nul.md"], &["`nul.md`", "NUL", "hint"])]
#[case::missing_for_an_export(&["export", "monday.md"], &["`monday.md` does not exist", "hint"])]
fn a_failure_is_1(#[case] arguments: &[&str], #[case] words: &[&str]) {
    let (code, said) = refused(&folder(), arguments);
    assert_eq!(code, 1, "{said}");
    for word in words {
        assert!(said.contains(word), "{word} is missing in:\n{said}");
    }
}

#[test]
fn a_file_that_may_not_be_read_is_named() {
    let folder = folder();
    let path = folder.path().join("deck.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    let (code, said) = refused(&folder, &["deck.md"]);
    assert_eq!(code, 1);
    assert!(said.contains("`deck.md` may not be read") && said.contains("hint"), "{said}");
}

#[test]
fn a_deck_named_like_a_command_is_opened_by_its_path() {
    let folder = Folder::with("export", "# One\n\n---\n\n# Two\n");
    let mut terminal = Start::lutrin(&folder, &["./export"]).go();
    terminal.is_at("1/2");
    terminal.types("lq");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 2; lutrin ./export --slide 2 goes on");
}

#[test]
fn help_teaches_and_version_tells() {
    let (code, said) = refused(&folder(), &["--help"]);
    assert_eq!(code, 0);
    for word in ["lutrin talk.md", "export", "--slide", "--separator", "Space"] {
        assert!(said.contains(word), "{word} is missing in:\n{said}");
    }
    let (code, said) = refused(&folder(), &["--version"]);
    assert_eq!((code, said.trim()), (0, concat!("lutrin ", env!("CARGO_PKG_VERSION"))));
}
