//! The room that pictures get: the author's sizes at this stage's scale, never more than the column, never more
//! rows than the slide has left for them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sides of pictures are whole pixels, far fewer than an `f32` counts"
)]

use std::sync::Arc;

use ratatui::layout::Alignment;
use ratatui::text::Line;

use super::piece::Piece;
use super::scene::{Area, Content, Crop, PictureItem};
use super::setting::Setting;
use super::{boxes, frame};
use crate::deck::{Align, Length, Picture};
use crate::picture::Size;
use crate::source::{Diagnostic, Rule};
use crate::text::{self, cells, truncate, wrap};
use crate::theme::Role;

/// A picture without a size of its own grows to so many times its natural size, in reveal's pixels.
const GROWTH: f32 = 2.0;
/// On fewer columns or rows than these hardly any picture can be made out, and its words stand with it.
const LEGIBLE: (u16, u32) = (20, 8);
/// Those words may take so many columns, where the column has them and the picture does not.
const WORDS: u16 = 24;
/// How many times as wide as high a screen is.
const SCREEN: f32 = 16.0 / 9.0;
/// The reasons for which there is no picture at all.
const MISSING: [&str; 4] = ["no such file", "no file is named", "it is no file", "it may not be read"];
/// Free columns between two pictures on one line.
const GAP: u16 = 2;

/// Returns pictures beside each other, in the middle of their column where the author does not say otherwise.
pub(super) fn layout(pictures: &[Picture], width: u16, align: Option<Align>, setting: &Setting<'_>) -> Piece {
    let count = cells(pictures.len());
    let share = width.saturating_sub(GAP * (count - 1)) / count;
    if share < 4 && count > 1 {
        let mut piece = Piece::default();
        for picture in pictures {
            piece.below(layout(std::slice::from_ref(picture), width, align, setting), 0, setting.gap());
        }
        return piece;
    }
    // Percentages are of the whole column; only what does not fit beside the others is cut to its share.
    let whole: Vec<(Piece, u16)> =
        pictures.iter().map(|picture| single(picture, (width, width), setting)).collect();
    let used = |row: &[(Piece, u16)]| row.iter().map(|(_, own)| own).sum::<u16>() + GAP * (count - 1);
    let row = if used(&whole) <= width {
        whole
    } else {
        pictures.iter().map(|picture| single(picture, (share, width), setting)).collect()
    };
    let slack = width.saturating_sub(used(&row));
    let mut x = match align {
        None | Some(Align::Center) => slack / 2,
        Some(Align::Left) => 0,
        Some(Align::Right) => slack,
    };
    let height = row.iter().map(|(piece, _)| piece.height).max().unwrap_or(0);
    let mut piece = Piece::default();
    for (one, own) in row {
        let y = (height - one.height) / 2;
        piece.put(one, x, y);
        x += own + GAP;
    }
    piece
}

/// Returns one picture with its margins, and the columns it takes of `room` in a column of `width` cells.
fn single(picture: &Picture, (room, width): (u16, u16), setting: &Setting<'_>) -> (Piece, u16) {
    let margin = boxes::sides(&picture.margin, room, setting);
    let inner = room.saturating_sub(margin.left + margin.right).max(1);
    let line = picture.frame.filter(|_| inner > 2 * frame::EDGE + 2);
    let edges = if line.is_some() { 2 * frame::EDGE } else { 0 };
    let inner = inner - edges;
    let (mut inside, mut own) = match setting.supply.picture(&picture.source) {
        Ok(size) => {
            let (columns, rows) = fit(picture, size, (inner, width), setting);
            let item =
                PictureItem { source: picture.source.clone(), alt: picture.alt.clone(), part: Crop::Whole };
            let area = Area { x: 0, y: 0, width: columns, height: rows };
            let mut shown = Piece::item(area, Content::Picture(item));
            if let Some(url) = &picture.link {
                shown.put(Piece::item(area, Content::Link(Arc::clone(url))), 0, 0);
            }
            let is_small = columns < LEGIBLE.0 || rows < LEGIBLE.1;
            let has_words = is_small && setting.density.picture_words && !picture.alt.trim().is_empty();
            if has_words { with_words(shown, columns, (picture, inner), setting) } else { (shown, columns) }
        }
        Err(reason) => missing(picture, &reason, inner, setting),
    };
    if let Some(line) = line {
        inside = frame::around(inside, own, frame::style(line, setting));
        own += edges;
    }
    let mut piece = Piece::default();
    piece.put(inside.changing(&picture.fragments), margin.left, margin.top);
    piece.height += margin.bottom;
    (piece, own + margin.left + margin.right)
}

/// Returns a picture of so many columns with its words below it, and the columns that both take.
fn with_words(
    shown: Piece,
    columns: u16,
    (picture, room): (&Picture, u16),
    setting: &Setting<'_>,
) -> (Piece, u16) {
    let lines = wrap(&picture.alt, usize::from(columns.max(WORDS.min(room))));
    let widest = lines.iter().map(|line| text::width(&picture.alt[line.clone()])).max().unwrap_or(0);
    let width = columns.max(cells(widest));
    let style = setting.theme.style(Role::Caption);
    let words = lines
        .into_iter()
        .map(|line| Line::styled(picture.alt[line].to_owned(), style).alignment(Alignment::Center));
    let mut piece = Piece::default();
    piece.put(shown, (width - columns) / 2, 0);
    piece.below(Piece::lines(words.collect(), width), 0, 0);
    (piece, width)
}

/// Returns the picture's columns and rows: what the author asked for, in the picture's own ratio.
fn fit(picture: &Picture, size: Size, (room, width): (u16, u16), setting: &Setting<'_>) -> (u16, u32) {
    let cell = setting.stage.cell;
    let scale = setting.scale();
    let pixels_wide = |length: Length| match length {
        Length::Percent(percent) => f32::from(width) * cell.width * percent / 100.0,
        Length::Pixels(pixels) => pixels * scale,
    };
    let pixels_high = |length: Length| match length {
        Length::Percent(percent) => f32::from(setting.stage.rows) * cell.height * percent / 100.0,
        Length::Pixels(pixels) => pixels * scale,
    };
    let positive = |pixels: &f32| *pixels > 0.0;
    let (natural_width, natural_height) = (size.width.max(1) as f32, size.height.max(1) as f32);
    // A factor per limit, from the picture's own pixels to the stage's; the smallest holds, so the ratio does too.
    let by_width = picture.width.map(pixels_wide).filter(positive).map(|pixels| pixels / natural_width);
    let by_height = picture.height.map(pixels_high).filter(positive).map(|pixels| pixels / natural_height);
    let by_limit = picture.max_width.map(pixels_wide).filter(positive).map(|pixels| pixels / natural_width);
    let by_ceiling =
        picture.max_height.map(pixels_high).filter(positive).map(|pixels| pixels / natural_height);
    let most = if picture.stretch { setting.stretch_rows } else { setting.picture_rows };
    let most = most.saturating_sub(if picture.frame.is_some() { 2 * frame::EDGE } else { 0 }).max(1);
    let by_room = f32::from(room) * cell.width / natural_width;
    let by_rows = f32::from(most) * cell.height / natural_height;
    let wanted = match (by_width, by_height) {
        _ if picture.stretch => f32::INFINITY,
        (Some(a), Some(b)) => a.min(b),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => GROWTH * scale,
    };
    let limits = [Some(by_room), Some(by_rows), by_limit, by_ceiling];
    let factor = limits.into_iter().flatten().fold(wanted, f32::min);
    let columns = (natural_width * factor / cell.width).round().clamp(1.0, f32::from(room)) as u16;
    let rows = (natural_height * factor / cell.height).round().clamp(1.0, f32::from(most)) as u32;
    (columns, rows)
}

/// Returns a frame with the words for a picture that is not there, and the columns it takes.
fn missing(picture: &Picture, reason: &str, width: u16, setting: &Setting<'_>) -> (Piece, u16) {
    let parts = [
        (picture.alt.as_str(), Role::FrameText),
        (&picture.source, Role::FrameText),
        (reason, Role::FrameReason),
    ];
    let (mut piece, own) = framed(&parts, (width, 0), setting);
    let (name, range) = picture.name();
    piece.diagnostics.push(not_shown(name, reason).about(range));
    (piece, own)
}

/// Returns what is said of a picture that is not shown, and why.
pub fn not_shown(named: &str, reason: &str) -> Diagnostic {
    let (rule, hint) = if reason.contains("network") || reason.contains("into the deck itself") {
        (Rule::PictureRemote, "save it beside the deck and name the file")
    } else if MISSING.contains(&reason) {
        let hint = "paths are looked up from the deck's folder upwards; `--root DIR` names another place";
        (Rule::PictureMissing, hint)
    } else {
        let hint = "`lutrin show` tries it by itself; save it again, smaller where it is too large";
        (Rule::PictureUnreadable, hint)
    };
    let message = format!("picture `{named}` is not shown: {reason}");
    Diagnostic::of(rule, message).hint(hint)
}

/// Returns a frame that names what a terminal cannot show, of at least so many rows.
pub(super) fn placeholder((what, url): (&str, &str), width: u16, rows: u32, setting: &Setting<'_>) -> Piece {
    let (framed, own) = framed(&[(what, Role::Caption), (url, Role::FrameText)], (width, rows), setting);
    let mut piece = Piece::default();
    piece.put(framed, width.saturating_sub(own) / 2, 0);
    piece
}

/// Returns words in a frame of at most so many columns and at least so many rows, and the columns it takes. A frame that
/// is higher than its words has the shape of a screen.
fn framed(parts: &[(&str, Role)], (width, rows): (u16, u32), setting: &Setting<'_>) -> (Piece, u16) {
    let theme = setting.theme;
    let room = usize::from(width.saturating_sub(4)).max(1);
    let mut words: Vec<(String, Role)> = Vec::new();
    for (text, role) in parts.iter().filter(|(text, _)| !text.is_empty()) {
        words.extend(wrap(text, room).into_iter().map(|line| (text[line].to_owned(), *role)));
    }
    let inner = words.iter().map(|(line, _)| text::width(line)).max().unwrap_or(0).min(room);
    let cell = setting.stage.cell;
    let screen = (rows as f32 * cell.height * SCREEN / cell.width) as u16;
    let own = (cells(inner) + 4).max(screen).min(width);
    if own < 5 {
        let lines = words
            .into_iter()
            .map(|(line, role)| Line::styled(truncate(&line, room).into_owned(), theme.style(role)));
        return (Piece::lines(lines.collect(), width), width);
    }
    let texts: Vec<Line<'static>> = words
        .into_iter()
        .map(|(line, role)| Line::styled(line, theme.style(role)).alignment(Alignment::Center))
        .collect();
    let text_rows = u32::try_from(texts.len()).unwrap_or(u32::MAX);
    let height = text_rows.max(rows.saturating_sub(2 * u32::from(frame::EDGE)));
    let mut inside = Piece::default();
    let above = (height - text_rows) / 2;
    inside.put(Piece::lines(texts, own - 4), 1, above);
    inside.height = height;
    (frame::around(inside, own - 2 * frame::EDGE, theme.style(Role::Frame)), own)
}
