//! The slide of a rehearsal is the slide of the talk, cell by cell; and what its row says in windows of all sizes.

use std::time::Duration;

use rstest::rstest;
use vt100::{Cell, Color};

use super::{LIMIT, begins, leaves, lutrin, or_blank, press, rehearses_in, row, says};
use crate::pty::{Folder, Seen, Terminal, a_moment_passes, deck_of, key, now as time, sleep};

/// What can be seen of a cell.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    glyph: String,
    /// That of a blank is seen by nobody.
    color: Option<Color>,
    background: Color,
    flags: [bool; 4],
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let glyph = or_blank(cell.contents().to_owned());
        let (color, background) =
            if cell.inverse() { (cell.bgcolor(), cell.fgcolor()) } else { (cell.fgcolor(), cell.bgcolor()) };
        let is_seen = glyph != " " || cell.underline();
        let flags = [cell.bold(), cell.dim(), cell.italic(), cell.underline()].map(|flag| flag && is_seen);
        Self { glyph, color: is_seen.then_some(color), background, flags }
    }
}

/// Returns the cells of a part of the screen, by row.
fn cells(seen: &Seen, (left, top): (u16, u16), (columns, rows): (u16, u16)) -> Vec<Vec<Look>> {
    let line = |row| (left..left + columns).map(|column| Look::of(seen.cell(column, row))).collect();
    (top..top + rows).map(line).collect()
}

/// Waits until both terminals show the same in so many of their first cells, and no longer change it.
#[track_caller]
fn are_the_same(one: &Terminal, other: &Terminal, size: (u16, u16), place: (u16, u16)) {
    let begin = time();
    let shown = || (one.sees(|seen| cells(seen, (0, 0), size)), other.sees(|seen| cells(seen, place, size)));
    let mut before = shown();
    loop {
        a_moment_passes();
        let now = shown();
        if now.0 == now.1 && now == before {
            return;
        }
        let texts = || [one, other].map(|terminal| terminal.sees(Seen::text)).join("\n----\n");
        assert!(time().saturating_sub(begin) < LIMIT, "they differ:\n{}", texts());
        before = now;
    }
}

#[rstest]
#[case(80, 24)]
#[case(118, 35)]
#[case(40, 12)]
fn the_slide_is_that_of_the_talk(#[case] columns: u16, #[case] rows: u16) {
    let folder = Folder::empty();
    let mut talk = lutrin(&folder, &[]).sized(columns, rows).go();
    let mut rehearsal = lutrin(&folder, &["rehearse", "--no-record"]).sized(columns, rows).go();
    let stage = (columns, rows - 1);
    says(&talk, "1/32");
    says(&rehearsal, "1/32");
    are_the_same(&talk, &rehearsal, stage, (0, 0));
    begins(&mut rehearsal);
    for number in [4, 13, 21] {
        for terminal in [&mut talk, &mut rehearsal] {
            terminal.types(&format!("{number}\r"));
            says(terminal, &format!("{number}/32"));
        }
        are_the_same(&talk, &rehearsal, stage, (0, 0));
    }
    rehearsal.types("s");
    rehearsal.shows(" notes ");
    rehearsal.types("s");
    are_the_same(&talk, &rehearsal, stage, (0, 0));
    assert_ne!(talk.sees(row), rehearsal.sees(row));
    rehearsal.types("t");
    // Now the row is that of the talk too.
    are_the_same(&talk, &rehearsal, (columns, rows), (0, 0));
}

#[rstest]
#[case::beside((130, 36), (0, 0), (110, 20))]
#[case::below((100, 30), (10, 0), (50, 27))]
#[case::over((82, 25), (1, 0), (40, 18))]
fn the_stage_may_be_the_projectors(
    #[case] window: (u16, u16),
    #[case] place: (u16, u16),
    #[case] within_notes: (u16, u16),
) {
    let folder = Folder::empty();
    let mut talk = lutrin(&folder, &[]).go();
    let arguments = ["rehearse", "--no-record", "--stage", "80x24"];
    let mut rehearsal = lutrin(&folder, &arguments).sized(window.0, window.1).go();
    rehearsal.shows("not started");
    for number in [4, 13] {
        for terminal in [&mut talk, &mut rehearsal] {
            terminal.types(&format!("{number}\r"));
            terminal.shows(&format!("{number}/32"));
        }
        are_the_same(&talk, &rehearsal, (80, 23), place);
    }
    // Where they have a place beside the slide, the notes are there from the start.
    let are_there = place != (1, 0);
    if are_there {
        rehearsal.shows(" notes ");
        rehearsal.types("s");
        rehearsal.until("slide alone", |seen| !seen.text().contains(" notes "));
        are_the_same(&talk, &rehearsal, (80, 23), place);
    }
    rehearsal.types("s");
    rehearsal.shows(" notes ");
    let is_framed = |seen: &Seen| {
        let row = cells(seen, (0, within_notes.1), (seen.size().0, 1)).remove(0);
        let frame = |cells: &[Look]| cells.iter().any(|cell| cell.glyph == "│");
        let (before, after) = row.split_at(usize::from(within_notes.0));
        frame(before) && frame(after)
    };
    rehearsal.until("frame of the notes", is_framed);
    if are_there {
        are_the_same(&talk, &rehearsal, (80, 23), place);
    }
}

#[test]
fn what_comes_next_stands_beside_the_stage() {
    let deck = "# One\n\n- first\n- second <!-- .element: class=\"fragment\" -->\n\nNote: say it\n\n---\n\n# Two\n\nlater";
    let folder = Folder::with("deck.md", deck);
    let arguments = ["rehearse", "deck.md", "--no-record", "--stage", "80x24"];
    let mut terminal = lutrin(&folder, &arguments).sized(150, 36).go();
    let beside = |seen: &Seen| {
        let lines = seen.text();
        lines.lines().map(|line| line.chars().skip(81).collect::<String>()).collect::<Vec<_>>().join("\n")
    };
    terminal.until("next step", |seen| {
        ["step 1 of 1", "second", "say it"].iter().all(|words| beside(seen).contains(words))
    });
    terminal.types(key::RIGHT);
    terminal.until("next slide", |seen| beside(seen).contains("2/2") && beside(seen).contains("later"));
    terminal.types("b");
    terminal.until("blank stage", |seen| {
        let is_blank =
            (0..20).all(|y| (0..80).all(|x| or_blank(seen.cell(x, y).contents().to_owned()) == " "));
        is_blank && beside(seen).contains("this slide again") && seen.text().contains("1/2")
    });
    terminal.types("b2\r");
    terminal.until("end", |seen| beside(seen).contains("the end") && beside(seen).contains("no notes"));
    leaves(&mut terminal);
}

#[test]
fn a_window_that_is_smaller_than_the_projector_says_so() {
    let folder = Folder::with("deck.md", deck_of(3));
    let arguments = ["rehearse", "deck.md", "--stage", "80x24"];
    let mut terminal = lutrin(&folder, &arguments).sized(70, 20).go();
    terminal.shows("only 70x20 of `--stage 80x24` fits");
    press(&mut terminal, key::RIGHT, "2/3");
    leaves(&mut terminal);
}

#[rstest]
#[case(40, &["0:00/1:", "0:00/8:00", "on time"])]
#[case(60, &["0:00/1:", "0:00/8:00", "on time", "→ "])]
#[case(80, &["0:00/1:", "0:00/8:00", "on time", "→ ", "────────"])]
#[case(120, &["slide 0:00/1:", "talk 0:00/8:00", "on time", "→ ", "────────"])]
fn the_row_has_what_there_is_room_for(#[case] columns: u16, #[case] words: &[&str]) {
    let folder = Folder::with("deck.md", deck_of(5));
    let arguments = ["rehearse", "deck.md", "--duration", "8m"];
    let mut terminal = lutrin(&folder, &arguments).sized(columns, 24).go();
    terminal.is_at("1/5");
    terminal.types("P");
    for word in words {
        says(&terminal, word);
    }
    press(&mut terminal, "ll", "3/5");
    says(&terminal, "ahead 3:");
    press(&mut terminal, "P", "paused 0:0");
    press(&mut terminal, "i", if columns == 40 { "? 0:0" } else { "question 0:0" });
    leaves(&mut terminal);
}

#[test]
fn a_talk_that_takes_too_long_counts_on() {
    let folder = Folder::with("deck.md", deck_of(2));
    let mut terminal = rehearses_in(&folder, &["--duration", "2s", "--tolerance", "1s"]);
    begins(&mut terminal);
    terminal.until("time that is over", |seen| {
        row(seen).contains(" 0:03/0:01  0:03/0:02  behind 0:02  →")
            || row(seen).contains(" 0:04/0:01  0:04/0:02  behind 0:03  →")
    });
    leaves(&mut terminal);
}

#[rstest]
#[case::dark(&["--theme", "dark"], "")]
#[case::light(&["--theme", "light"], "")]
#[case::terminal(&["--theme", "terminal"], "")]
#[case::without_colours(&[], "1")]
fn the_row_can_be_read_in_all_colours_and_without(#[case] theme: &[&str], #[case] no_color: &str) {
    let folder = Folder::with("deck.md", deck_of(5));
    let arguments = [&["rehearse", "deck.md", "--duration", "8m"], theme].concat();
    let mut terminal = lutrin(&folder, &arguments).with("NO_COLOR", no_color).go();
    says(&terminal, "not started");
    press(&mut terminal, "ll", "ahead 3:");
    let row = terminal.sees(|seen| cells(seen, (0, 23), (80, 1)).remove(0));
    let can_be_read =
        |cell: &Look| cell.color.is_none_or(|color| color != cell.background || color == Color::Default);
    assert!(row.iter().all(can_be_read), "{row:?}");
    leaves(&mut terminal);
}

#[test]
fn the_smallest_windows_harm_nobody() {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = rehearses_in(&folder, &["--duration", "8m"]);
    begins(&mut terminal);
    for (columns, rows) in [(20, 5), (3, 2), (1, 1), (200, 2), (80, 24)] {
        terminal.resizes(columns, rows);
        terminal.until("all of it", Seen::is_repainted);
        for keys in ["s", "P", "s", "P"] {
            terminal.types(keys);
        }
    }
    says(&terminal, "1/3");
    sleep(Duration::from_millis(50));
    leaves(&mut terminal);
}
