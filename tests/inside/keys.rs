//! Keys that mean nothing, and those of a clicker.

use rstest::rstest;

use crate::pty::{Folder, Start, Terminal, a_moment_passes, key};

fn lecture(folder: &Folder) -> Terminal {
    let terminal = Start::lutrin::<&str>(folder, &[]).go();
    terminal.is_at("1/32");
    terminal
}

#[test]
fn escape_closes_help_and_does_nothing_else() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("l?");
    terminal.shows("next: the rest");
    terminal.types(key::ESC);
    terminal.until("slide without help", |seen| !seen.text().contains("next: the rest"));
    terminal.is_at("2/32");
    for _ in 0..3 {
        terminal.types(key::ESC);
        a_moment_passes();
    }
    terminal.types("l");
    terminal.is_at("3/32");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[rstest]
#[case::f5(key::F5)]
#[case::shift_f5(key::SHIFT_F5)]
#[case::shift_f5_of_rxvt("\x1b[28~")]
#[case::f1("\x1bOP")]
#[case::f1_of_the_console("\x1b[[A")]
#[case::insert_and_delete("\x1b[2~\x1b[3~")]
#[case::focus_and_mouse("\x1b[I\x1b[O\x1b[<0;3;4M\x1b[<0;3;4m")]
#[case::media("\x1b[57428u\x1b[57430u")]
#[case::release("\x1b[113;1:3u")]
#[case::nobody_knows("\x1b[=9;9z\x1b[?1;2w\x1b[99~\x1bOz")]
#[case::strings("\x1b_Gi=1;OK\x1b\\\x1b^quit\x1b\\\x1b]99;q\x07\x1bP1$rq\x1b\\")]
#[case::letters_nobody_bound("%&yuv")]
#[case::broken_letters("\u{e9}\u{4e2d}")]
fn what_means_nothing_does_nothing(#[case] keys: &str) {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("l");
    terminal.is_at("2/32");
    terminal.types(keys);
    terminal.types("l");
    terminal.is_at("3/32");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 3;");
}

#[test]
fn a_clicker_never_quits_and_loses_no_slide() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    for place in ["2/32", "3/32", "4/32"] {
        terminal.types(key::PAGE_DOWN);
        terminal.is_at(place);
    }
    terminal.types(".");
    terminal.until("blank stage", |seen| seen.text().trim().is_empty());
    terminal.types(key::PAGE_DOWN);
    terminal.is_at("4/32");
    terminal.types(key::F5);
    terminal.types(key::ESC);
    // A hand needs this long between two buttons; without it the two would be one key of some terminals.
    a_moment_passes();
    terminal.is_at("4/32");
    terminal.types(key::PAGE_UP);
    terminal.is_at("3/32");
}

#[test]
fn a_paste_types_nothing_that_a_sequence_would() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("\x1b[200~qqlll\x1b[201~");
    terminal.types("l");
    terminal.is_at("2/32");
}
