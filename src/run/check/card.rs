//! The test card: what a speaker looks at to see whether a borrowed terminal shows slides as they are meant.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "the card is a few hundred pixels wide"
)]

use std::fmt::Debug;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::{Block, BorderType, Widget};

use crate::color::Rgb;
use crate::picture::{Bitmap, Size};
use crate::text::cells;
use crate::theme::{Role, Theme};

/// The card is no wider, and 24 rows have room for it and a prompt.
const WIDEST: u16 = 80;
/// The circle's height; its width depends on the cell.
const CIRCLE_ROWS: u16 = 9;
/// Narrower than this, the card has only its roles.
const ROOM_FOR_SHAPES: u16 = 60;

const BORDERS: [(BorderType, &str); 4] = [
    (BorderType::Plain, "single"),
    (BorderType::Double, "double"),
    (BorderType::Rounded, "round"),
    (BorderType::Thick, "heavy"),
];
const BLOCKS: [&str; 2] = ["▁▂▃▄▅▆▇█ ▏▎▍▌▋▊▉█ ░▒▓█ ▀▄", "▖▗▘▝ ▙▟▛▜ ▚▞ ●○■□▪ ←↑→↓ éœ€ß"];
/// The roles whose colours a theme is known by.
const ACCENTS: [Role; 8] = [
    Role::Heading1,
    Role::Link,
    Role::TaskDone,
    Role::Warning,
    Role::Keyword,
    Role::Str,
    Role::Type,
    Role::Number,
];

pub(super) struct Card<'a> {
    pub(super) theme: &'a Theme,
    /// A cell's width and height in pixels.
    pub(super) cell: (f32, f32),
    /// The circle is left to the terminal's own way of showing pictures.
    pub(super) has_picture: bool,
}

/// Where the card has its circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Columns to its left.
    pub(super) left: u16,
    /// Rows from its upper edge to the row below the card.
    pub(super) up: u16,
    pub(super) columns: u16,
    pub(super) rows: u16,
}

impl Card<'_> {
    /// Returns the card for a terminal of so many columns.
    pub(super) fn paint(&self, columns: u16) -> Buffer {
        let width = columns.min(WIDEST);
        let has_shapes = width >= ROOM_FOR_SHAPES;
        let shapes = if has_shapes { CIRCLE_ROWS + 1 } else { 0 };
        let lines = roles(width.saturating_sub(4));
        let mut canvas = Buffer::empty(Rect::new(0, 0, width, shapes + cells(lines.len()) + 2));
        canvas.set_style(canvas.area, self.theme.stage());
        let frame = Block::bordered().title(" test card ").border_style(self.theme.style(Role::Frame));
        let inner = frame.inner(canvas.area);
        frame.render(canvas.area, &mut canvas);
        if has_shapes {
            let circle = self.circle(inner, &mut canvas);
            let left = inner.x + 1 + circle + 2;
            self.shapes(
                Rect::new(left, inner.y, inner.right().saturating_sub(left + 1), shapes),
                &mut canvas,
            );
        }
        for (y, line) in (inner.y + shapes..).zip(lines) {
            self.name(&line, Rect { y, ..inner }, &mut canvas);
        }
        canvas
    }

    /// Returns where the circle of a card is; none on a card that is too narrow for one.
    pub(super) fn spot(&self, card: &Buffer) -> Option<Spot> {
        let Rect { width, height, .. } = card.area;
        let columns = self.circle_columns(width.saturating_sub(2));
        let has_shapes = width >= ROOM_FOR_SHAPES;
        has_shapes.then_some(Spot { left: 2, up: height.saturating_sub(1), columns, rows: CIRCLE_ROWS })
    }

    /// Returns a ring for the circle's place, to be shown as a picture.
    pub(super) fn ring(&self, spot: Spot) -> Bitmap {
        let pixels = |cells: u16, cell: f32| (f32::from(cells) * cell) as u32;
        let size = Size { width: pixels(spot.columns, self.cell.0), height: pixels(spot.rows, self.cell.1) };
        let rgb =
            |color| if let Some(Color::Rgb(r, g, b)) = color { Rgb(r, g, b) } else { Rgb(128, 128, 128) };
        let ink = rgb(self.theme.style(Role::Heading1).fg);
        let ground = self.theme.background.unwrap_or(Rgb(0, 0, 0));
        let (center, radius) = (size.width as f32 / 2.0, size.height as f32 / 2.0);
        let mut bitmap = Bitmap::plain(size, ground);
        for (y, row) in (0..).zip(bitmap.pixels.chunks_exact_mut(size.width.max(1) as usize * 3)) {
            for (x, pixel) in (0..).zip(row.chunks_exact_mut(3)) {
                let distance = (x as f32 + 0.5 - center).hypot(y as f32 + 0.5 - radius);
                // Within half a pixel of an edge it is a little of both.
                let share = (radius - distance).min(distance - radius * 0.8).clamp(-0.5, 0.5) + 0.5;
                let Rgb(red, green, blue) = ground.mix(ink, share);
                pixel.copy_from_slice(&[red, green, blue]);
            }
        }
        bitmap
    }

    fn circle_columns(&self, room: u16) -> u16 {
        let height = f32::from(CIRCLE_ROWS) * self.cell.1;
        ((height / self.cell.0).round() as u16).clamp(1, (room / 2).max(1))
    }

    /// Paints a ring that is round where cells are as large as they are said to be; returns its width.
    fn circle(&self, area: Rect, canvas: &mut Buffer) -> u16 {
        let columns = self.circle_columns(area.width);
        if self.has_picture {
            return columns;
        }
        let height = f32::from(CIRCLE_ROWS) * self.cell.1;
        let radius = height / 2.0;
        let center = f32::from(columns) * self.cell.0 / 2.0;
        let is_ring = |x: u16, half: u16| {
            let (x, y) = ((f32::from(x) + 0.5) * self.cell.0, (f32::from(half) + 0.5) * self.cell.1 / 2.0);
            let distance = (x - center).hypot(y - radius);
            (radius * 0.8..=radius).contains(&distance)
        };
        let style = self.theme.style(Role::Heading1);
        for (x, row) in (0..columns).flat_map(|x| (0..CIRCLE_ROWS).map(move |row| (x, row))) {
            let symbol = match (is_ring(x, 2 * row), is_ring(x, 2 * row + 1)) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => " ",
            };
            canvas.set_string(area.x + 1 + x, area.y + row, symbol, style);
        }
        columns
    }

    /// Paints greys, accents, frames and blocks, one under the other.
    fn shapes(&self, area: Rect, canvas: &mut Buffer) {
        for x in 0..area.width {
            let grey = (u32::from(x) * 255 / u32::from(area.width.max(2) - 1)) as u8;
            canvas.set_string(area.x + x, area.y, " ", Style::new().bg(Color::Rgb(grey, grey, grey)));
        }
        let swatch = area.width / cells(ACCENTS.len());
        for (nth, role) in (0..).zip(ACCENTS) {
            let ink = self.theme.style(role).fg.unwrap_or_default();
            let bar = "█".repeat(usize::from(swatch.saturating_sub(1)));
            canvas.set_string(area.x + nth * swatch, area.y + 2, bar, Style::new().fg(ink));
        }
        let frame = area.width / cells(BORDERS.len());
        for (nth, (border, name)) in (0..).zip(BORDERS) {
            let place = Rect::new(area.x + nth * frame, area.y + 4, frame.saturating_sub(1), 3);
            let block = Block::bordered().border_type(border).border_style(self.theme.style(Role::Rule));
            canvas.set_stringn(
                place.x + 2,
                place.y + 1,
                name,
                usize::from(frame.saturating_sub(4)),
                Style::new(),
            );
            block.render(place, canvas);
        }
        for (y, blocks) in (area.y + 7..).zip(BLOCKS) {
            canvas.set_stringn(area.x, y, blocks, usize::from(area.width), self.theme.style(Role::Text));
        }
    }

    /// Writes the names of roles into the first row of an area, each in its style.
    fn name(&self, roles: &[Role], area: Rect, canvas: &mut Buffer) {
        let mut x = area.x + 1;
        for role in roles {
            let room = usize::from(area.right().saturating_sub(x));
            (x, _) = canvas.set_stringn(x, area.y, word(*role), room, self.theme.style(*role));
            x += 1;
        }
    }
}

fn word(role: impl Debug) -> String {
    format!("{role:?}")
}

/// Returns all roles in lines whose names fit into so many columns.
fn roles(columns: u16) -> Vec<Vec<Role>> {
    let mut lines: Vec<Vec<Role>> = vec![Vec::new()];
    let mut left = usize::from(columns);
    for role in Role::ALL {
        let length = word(role).len();
        match lines.last_mut() {
            Some(line) if length <= left => line.push(role),
            _ => {
                lines.push(vec![role]);
                left = usize::from(columns);
            }
        }
        left = left.saturating_sub(length + 1);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn text(canvas: &Buffer) -> String {
        let row = |y| (0..canvas.area.width).map(|x| canvas[(x, y)].symbol()).collect::<String>();
        (0..canvas.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    #[rstest]
    fn every_role_is_on_the_card_in_its_style(#[values(80, 132, 60, 40)] columns: u16) {
        let theme = Theme::light();
        let canvas = Card { theme: &theme, cell: (10.0, 20.0), has_picture: false }.paint(columns);
        assert_eq!(canvas.area.width, columns.min(80));
        let text = text(&canvas);
        for role in Role::ALL {
            let name = word(role);
            let is_word = |(place, _): &(usize, &str)| {
                text[place + name.len()..].starts_with([' ', '│']) && text[..*place].ends_with([' ', '│'])
            };
            let (place, _) =
                text.match_indices(&name).find(is_word).unwrap_or_else(|| panic!("{name}\n{text}"));
            let nth = cells(text[..place].chars().filter(|letter| *letter != '\n').count());
            let cell = &canvas[(nth % canvas.area.width, nth / canvas.area.width)];
            assert_eq!(Some(cell.fg), theme.style(role).fg, "{name}");
        }
    }

    #[test]
    fn it_fits_into_24_rows_with_all_shapes() {
        for theme in [Theme::dark(), Theme::terminal()] {
            let canvas = Card { theme: &theme, cell: (10.0, 20.0), has_picture: false }.paint(80);
            let text = text(&canvas);
            assert!(canvas.area.height <= 23, "{text}");
            for shape in ["┌", "╔", "╭", "┏", "▁▂▃▄▅▆▇█", "▚▞"] {
                assert!(text.contains(shape), "{shape}\n{text}");
            }
        }
    }

    #[rstest]
    #[case((10.0, 20.0), 18)]
    #[case((10.0, 19.0), 17)]
    #[case((8.0, 18.0), 20)]
    fn the_circle_is_as_wide_as_high(#[case] cell: (f32, f32), #[case] columns: u16) {
        let theme = Theme::dark();
        let card = Card { theme: &theme, cell, has_picture: false };
        let mut canvas = Buffer::empty(Rect::new(0, 0, 60, CIRCLE_ROWS));
        assert_eq!(card.circle(canvas.area, &mut canvas), columns);
        let is_painted = |x: u16| (0..CIRCLE_ROWS).any(|y| canvas[(x, y)].symbol() != " ");
        assert!(is_painted(1) && is_painted(columns) && !is_painted(0) && !is_painted(columns + 1));
    }

    #[test]
    fn the_picture_of_the_circle_stands_where_its_cells_are_free() {
        let theme = Theme::dark();
        let card = Card { theme: &theme, cell: (10.0, 20.0), has_picture: true };
        let canvas = card.paint(80);
        let spot = card.spot(&canvas).expect("a wide card has a circle");
        let top = canvas.area.height - spot.up;
        let place = Rect::new(spot.left, top, spot.columns, spot.rows);
        assert!(place.positions().all(|position| canvas[position].symbol() == " "));
        let bitmap = card.ring(spot);
        assert_eq!((bitmap.size.width, bitmap.size.height), (180, 180));
        assert_eq!(bitmap.at(90, 90), theme.background.expect("dark has one"));
        assert_eq!(bitmap.at(90, 8), bitmap.at(8, 90), "as high as wide");
        assert_eq!(card.spot(&card.paint(40)), None);
    }

    #[rstest]
    fn a_tiny_terminal_gets_what_fits(#[values(1, 2, 5, 30, 59)] columns: u16) {
        let theme = Theme::dark();
        let canvas = Card { theme: &theme, cell: (10.0, 20.0), has_picture: false }.paint(columns);
        assert_eq!(canvas.area.width, columns);
    }
}
