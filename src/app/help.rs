//! The lines of the help: the keys, and what each does.

use std::ops::Range;

use ratatui::text::{Line, Span};

use super::mode::Mode;
use crate::present::{Action, BINDINGS, Binding};
use crate::text::{width, wrap};
use crate::theme::{Role, Theme};

/// What happens where, with a console.
const BOTH: &str =
    "the slide and its times are the same on both screens; notes and lists are on this one only";
/// What becomes of a rehearsal.
const REPORT: &str = "when you leave, the report shows where the time went; `lutrin report` shows it again";

/// Returns the columns that a panel has for words on a stage of so many.
pub(super) fn room(columns: u16) -> usize {
    usize::from(columns.saturating_sub(6)).max(1)
}

/// Returns the keys and what each does, in so many columns; those of the clock first, on a screen of the speaker's.
pub(super) fn help(theme: &Theme, room: usize, mode: &Mode) -> Vec<Line<'static>> {
    let keys = |binding: &Binding| binding.keys.join(" ");
    let column = BINDINGS.iter().map(|binding| width(&keys(binding))).max().unwrap_or(0) + 2;
    let line = |binding: &Binding| explained(&keys(binding), binding.does, theme, (column, room));
    let about = match mode {
        Mode::Present => return BINDINGS.iter().flat_map(line).collect(),
        Mode::Rehearse { .. } => REPORT,
        Mode::Console(_) => BOTH,
    };
    let is_first = |binding: &&Binding| binding.action == Action::Notes || binding.action.is_of_clock();
    let (first, rest): (Vec<_>, Vec<_>) = BINDINGS.iter().partition(is_first);
    let first = first.into_iter().flat_map(line).chain(explained("", about, theme, (column, room)));
    first.chain([Line::default()]).chain(rest.into_iter().flat_map(line)).collect()
}

/// Returns keys and what they do: a column for the keys, as many lines as the words need.
fn explained(
    keys: &str,
    does: &'static str,
    theme: &Theme,
    (column, room): (usize, usize),
) -> Vec<Line<'static>> {
    let line = |(nth, part): (usize, Range<usize>)| {
        let keys = if nth == 0 { keys } else { "" };
        let blanks = " ".repeat(column - width(keys));
        Line::from(vec![
            Span::styled(keys.to_owned(), theme.style(Role::OverlayKey)),
            Span::styled(format!("{blanks}{}", &does[part]), theme.style(Role::Overlay)),
        ])
    };
    wrap(does, room.saturating_sub(column).max(12)).into_iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::app::mode::RemoteTalk;
    use crate::protocol::TalkState;

    fn words(mode: &Mode) -> String {
        let lines = help(&Theme::dark(), 200, mode);
        lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_speakers_help_begins_with_the_clock_and_says_what_the_screen_is_for() {
        let remote = RemoteTalk::new(TalkState::default(), Duration::ZERO);
        let console = Mode::Console(Box::new(remote));
        let [talk, rehearsal, console] =
            [&Mode::Present, &Mode::Rehearse { terminal: None }, &console].map(words);
        assert!(!talk.contains(REPORT) && !talk.contains(BOTH));
        assert!(rehearsal.contains(REPORT) && !rehearsal.contains(BOTH));
        assert!(console.contains(BOTH) && !console.contains(REPORT));
        let clock = |help: &str| help.find("start the clock") < help.find("next: the rest");
        assert_eq!([&talk, &rehearsal, &console].map(|help| clock(help.as_str())), [false, true, true]);
    }
}
