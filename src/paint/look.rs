//! How an item looks while it looks another way than usual: subdued, struck through, in another colour. When it does is
//! the scene's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::color::{Rgb, readable};
use crate::layout::Look;
use crate::theme::{READABLE, Theme};

/// How far what is subdued goes towards what it stands on.
const SUBDUED: f32 = 0.6;

/// Changes what was painted in `area`.
pub(super) fn apply(look: Look, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    match look {
        Look::Hidden => {}
        Look::Subdued => subdue(area, theme, buffer),
        Look::Struck => on_letters(area, Style::new().add_modifier(Modifier::CROSSED_OUT), buffer),
        Look::Strong => on_letters(area, Style::new().add_modifier(Modifier::BOLD), buffer),
        Look::Tinted(color) => tint(area, color, theme, buffer),
    }
}

/// Letters go towards their ground; where a colour is the terminal's own they are dimmed by it.
fn subdue(area: Rect, theme: &Theme, buffer: &mut Buffer) {
    for position in area.positions() {
        let cell = &mut buffer[position];
        match (cell.fg, ground(cell.bg, theme)) {
            (Color::Rgb(r, g, b), Some(ground)) => {
                cell.fg = Rgb(r, g, b).mix(ground, SUBDUED).into();
                cell.modifier.remove(Modifier::BOLD);
            }
            _ => {
                cell.set_style(Style::new().add_modifier(Modifier::DIM));
            }
        }
    }
}

fn tint(area: Rect, color: Rgb, theme: &Theme, buffer: &mut Buffer) {
    for position in area.positions() {
        let cell = &mut buffer[position];
        let ground = if let Color::Rgb(r, g, b) = cell.bg { Some(Rgb(r, g, b)) } else { None };
        cell.fg = ground.map_or_else(|| theme.ink(color), |ground| readable(color, ground, READABLE)).into();
    }
}

fn ground(color: Color, theme: &Theme) -> Option<Rgb> {
    match color {
        Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
        Color::Reset => theme.background,
        _ => None,
    }
}

/// Changes each row from its first letter to its last: a line through the blanks beside them would be seen.
fn on_letters(area: Rect, style: Style, buffer: &mut Buffer) {
    for row in area.rows() {
        let has_letter = |x: &u16| buffer[(*x, row.y)].symbol().trim() != "";
        let first = (row.left()..row.right()).find(has_letter);
        let last = (row.left()..row.right()).rfind(has_letter);
        if let (Some(first), Some(last)) = (first, last) {
            buffer.set_style(Rect { x: first, width: last - first + 1, ..row }, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::contrast;

    fn painted(look: Look) -> Buffer {
        let theme = Theme::dark();
        let area = Rect::new(0, 0, 6, 1);
        let mut buffer = Buffer::empty(area);
        buffer.set_style(area, theme.stage());
        buffer.set_string(1, 0, "a b", Style::new());
        apply(look, area, &theme, &mut buffer);
        buffer
    }

    fn rgb(color: Color) -> Rgb {
        let Color::Rgb(r, g, b) = color else { panic!("{color:?}") };
        Rgb(r, g, b)
    }

    #[test]
    fn a_line_goes_through_letters_and_what_is_between_them() {
        let struck = painted(Look::Struck);
        let through: Vec<bool> =
            struck.content.iter().map(|cell| cell.modifier.contains(Modifier::CROSSED_OUT)).collect();
        assert_eq!(through, [false, true, true, true, false, false]);
    }

    #[test]
    fn what_is_subdued_can_still_be_made_out() {
        let (plain, subdued) = (painted(Look::Strong), painted(Look::Subdued));
        let ratio = |buffer: &Buffer| contrast(rgb(buffer[(1, 0)].fg), rgb(buffer[(1, 0)].bg));
        assert!(ratio(&subdued) > 2.0 && ratio(&subdued) < ratio(&plain) / 2.0, "{}", ratio(&subdued));
    }

    #[test]
    fn a_color_is_made_readable() {
        let tinted = painted(Look::Tinted(Rgb(0, 0, 90)));
        let cell = &tinted[(1, 0)];
        assert!(contrast(rgb(cell.fg), rgb(cell.bg)) >= READABLE);
    }
}
