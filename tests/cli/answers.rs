//! Terminals that answer Lutrin's questions, and terminals that do not.

use std::time::{Duration, Instant};

use rstest::rstest;

use crate::pty::{Folder, Seen, Start, Terminal, deck_of};

const WHITE: &str = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\";
const BLACK: &str = "\x1b]11;rgb:0000/0000/0000\x07";
/// What a talkative terminal says to all that it is asked.
const EVERYTHING: &str = "\x1b]11;rgb:fefe/fdfd/fcfc\x07\x1b[4;480;800t\x1b[6;20;10t\x1b[?2026;2$y\
    \x1bP>|XTerm(390) bqTw\x1b\\\x1b[?64;1;4;22c";

fn asked(folder: &Folder) -> Terminal {
    let terminal = Start::lutrin(folder, &["deck.md"]).go();
    terminal.until("question", |seen| seen.has_bytes("\x1b]11;?"));
    terminal
}

#[test]
fn a_terminal_that_answers_nothing_costs_no_time() {
    let folder = Folder::with("deck.md", deck_of(4));
    let begin = Instant::now();
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.is_at("1/4");
    assert!(begin.elapsed() < Duration::from_secs(3), "the first frame came after {:?}", begin.elapsed());
    terminal.types("l");
    terminal.is_at("2/4");
    assert!(!terminal.sees(Seen::is_light), "dark until a terminal says otherwise");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_white_terminal_gets_the_light_theme() {
    let folder = Folder::with("deck.md", deck_of(4));
    let mut terminal = asked(&folder);
    terminal.types(WHITE);
    terminal.until("light stage", Seen::is_light);
    terminal.is_at("1/4");
    terminal.types("l");
    terminal.is_at("2/4");
    assert!(terminal.sees(Seen::is_light));
}

#[test]
fn a_black_terminal_keeps_the_dark_theme() {
    let folder = Folder::with("deck.md", deck_of(4));
    let mut terminal = asked(&folder);
    terminal.types(BLACK);
    terminal.types("l");
    terminal.is_at("2/4");
    assert!(!terminal.sees(Seen::is_light));
}

#[test]
fn a_theme_that_was_chosen_is_not_swapped_by_an_answer() {
    let folder = Folder::with("deck.md", deck_of(4));
    let mut terminal = Start::lutrin(&folder, &["deck.md", "--theme", "dark"]).go();
    terminal.is_at("1/4");
    terminal.types(WHITE);
    terminal.types("l");
    terminal.is_at("2/4");
    assert!(!terminal.sees(Seen::is_light));
    terminal.types("T");
    terminal.until("light stage", Seen::is_light);
}

#[rstest]
#[case::at_once(usize::MAX)]
#[case::byte_by_byte(1)]
#[case::in_pieces(7)]
fn no_letter_of_an_answer_is_a_key(#[case] length: usize) {
    let folder = Folder::with("deck.md", deck_of(4));
    let mut terminal = asked(&folder);
    for piece in EVERYTHING.as_bytes().chunks(length) {
        terminal.types(std::str::from_utf8(piece).unwrap());
    }
    terminal.until("light stage", Seen::is_light);
    terminal.types("l");
    terminal.is_at("2/4");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 2;");
}

#[test]
fn an_answer_to_nobody_is_no_key_either() {
    let folder = Folder::with("deck.md", deck_of(4));
    let mut terminal = asked(&folder);
    for _ in 0..3 {
        terminal.types(EVERYTHING);
        terminal
            .types("\x1b[12;40R\x1b[0n\x1b[?1u\x1b]52;c;cXFx\x1b\\\x1b]4;7;rgb:aa/bb/cc\x07\x1b_Gq\x1b\\");
    }
    terminal.types("l");
    terminal.is_at("2/4");
}

#[test]
fn keys_between_answers_arrive() {
    let folder = Folder::with("deck.md", deck_of(4));
    let mut terminal = asked(&folder);
    terminal.types(&format!("l{WHITE}l"));
    terminal.is_at("3/4");
    terminal.until("light stage", Seen::is_light);
}
