//! What overlays say: the keys, the outline, the diagnostics, the prompt. How a panel looks is not decided here.

use ratatui::text::{Line, Span};

use super::slides::Slides;
use crate::paint::Panel;
use crate::present::{BINDINGS, Overlay, jump_target};
use crate::text::{truncate, width};
use crate::theme::{Role, Theme};

/// Returns the panel of an overlay on a stage of so many columns.
pub(super) fn panel<'a>(overlay: &Overlay, slides: &'a Slides, columns: u16) -> Panel<'a> {
    let theme = &slides.theme;
    let room = usize::from(columns.saturating_sub(6)).max(1);
    let (title, lines, selected, scroll) = match overlay {
        Overlay::Help { scroll } => ("keys", help(theme), None, *scroll),
        Overlay::Outline { selected } => ("slides", outline(slides, room), Some(*selected), 0),
        Overlay::Diagnostics { selected } => {
            ("not shown as written", diagnostics(slides, room), Some(*selected), 0)
        }
        Overlay::Jump { typed } => ("go to", prompt(typed, slides, room), None, 0),
    };
    Panel { title, lines, selected, scroll, theme }
}

/// Returns a line per action of the talk.
fn help(theme: &Theme) -> Vec<Line<'static>> {
    let keys: Vec<String> = BINDINGS.iter().map(|binding| binding.keys.join(" ")).collect();
    let column = keys.iter().map(|keys| width(keys)).max().unwrap_or(0);
    let line = |(keys, does): (&String, &'static str)| {
        let blanks = " ".repeat(column - width(keys) + 2);
        Line::from(vec![
            Span::styled(keys.clone(), theme.style(Role::OverlayKey)),
            Span::styled(format!("{blanks}{does}"), theme.style(Role::Overlay)),
        ])
    };
    keys.iter().zip(BINDINGS.iter().map(|binding| binding.does)).map(line).collect()
}

fn outline(slides: &Slides, room: usize) -> Vec<Line<'static>> {
    let count = slides.count();
    let digits = count.to_string().len();
    (0..count).map(|index| numbered(index, &slides.title(index), (digits, room), &slides.theme)).collect()
}

fn numbered(index: usize, title: &str, (digits, room): (usize, usize), theme: &Theme) -> Line<'static> {
    let title = truncate(title, room.saturating_sub(digits + 2)).into_owned();
    Line::from(vec![
        Span::styled(format!("{:>digits$}  ", index + 1), theme.style(Role::OverlayKey)),
        Span::styled(title, theme.style(Role::Overlay)),
    ])
}

fn diagnostics(slides: &Slides, room: usize) -> Vec<Line<'static>> {
    let all = slides.diagnostics();
    if all.is_empty() {
        return vec![Line::styled(
            "everything so far was shown as written",
            slides.theme.style(Role::Overlay),
        )];
    }
    let line =
        |text: String| Line::styled(truncate(&text, room).into_owned(), slides.theme.style(Role::Overlay));
    all.into_iter().map(|diagnostic| line(diagnostic.to_string().replace("\n  hint:", " —"))).collect()
}

fn prompt(typed: &str, slides: &Slides, room: usize) -> Vec<Line<'static>> {
    let theme = &slides.theme;
    let target = jump_target(typed, slides);
    let answer = match target {
        Some(index) => numbered(index, &slides.title(index), (1, room), theme),
        None if typed.is_empty() => {
            Line::styled("a number, or a part of a title", theme.style(Role::OverlayDim))
        }
        None => Line::styled("no title has this in it", theme.style(Role::OverlayDim)),
    };
    vec![
        Line::styled(
            format!("{}▏", truncate(typed, room.saturating_sub(1))),
            theme.style(Role::OverlayTitle),
        ),
        answer,
    ]
}
