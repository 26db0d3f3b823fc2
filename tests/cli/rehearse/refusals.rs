//! What a rehearsal cannot be asked for.

use rstest::rstest;

use crate::pipes::run;
use crate::pty::{Folder, deck_of};

#[rstest]
#[case::duration(&["--duration", "long"], &["`1h10m30s`", "`90`"])]
#[case::no_duration(&["--duration", "1:2:3:4"], &["`45m`"])]
#[case::start(&["--start", "25:00"], &["time of day", "`18:30`"])]
#[case::end(&["--end", "18"], &["time of day", "`18:30`"])]
#[case::stage(&["--stage", "80"], &["columns and rows", "`80x24`"])]
#[case::no_stage(&["--stage", "0x24"], &["`80x24`"])]
#[case::from(&["--from", "0"], &["--from"])]
#[case::until(&["--until", "end"], &["--until"])]
#[case::order(&["--from", "5", "--until", "3"], &["`--from 5` comes after", "`--from 3 --until 5`"])]
#[case::tolerance(&["--tolerance", "some"], &["`90`"])]
#[case::records(&["--no-record", "--record", "x"], &["--no-record", "--record"])]
fn what_cannot_be_is_refused(#[case] options: &[&str], #[case] words: &[&str]) {
    let folder = Folder::with("deck.md", deck_of(3));
    let output = run(&folder, &[&["rehearse", "deck.md"], options].concat(), b"");
    let said = String::from_utf8(output.stderr).expect("words are UTF-8");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    for word in words {
        assert!(said.contains(word), "{word} is missing in:\n{said}");
    }
}
