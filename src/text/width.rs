//! How many cells a text takes, by the same reckoning as ratatui's Buffer, so that layout and paint agree.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Tab stops in code stand this many cells apart.
const TAB: usize = 4;

/// Returns the width of `text` in cells: wide letters count two, combining marks none.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// Returns `count`, of an unsigned type, as the screen counts cells: what is more than `u16::MAX` is `u16::MAX`.
pub fn cells(count: impl TryInto<u16>) -> u16 {
    count.try_into().unwrap_or(u16::MAX)
}

/// Returns the number of cells nearest to `length`; of what no count of cells can be, the nearest that can.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub fn rounded(length: f64) -> u16 {
    length.round() as u16
}

/// Returns the width of one letter with its marks, in cells.
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { grapheme.width() }
}

/// Returns `line` with its tabs as blanks up to the next tab stop.
pub fn expand_tabs(line: &str) -> Cow<'_, str> {
    if !line.contains('\t') {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + TAB);
    for (nth, part) in line.split('\t').enumerate() {
        if nth > 0 {
            let blanks = TAB - width(&out) % TAB;
            out.extend(std::iter::repeat_n(' ', blanks));
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Returns `text` cut to at most `cells` cells, with `…` where something was cut.
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 1;
    for grapheme in text.graphemes(true) {
        used += grapheme_width(grapheme);
        if used > cells {
            break;
        }
        out.push_str(grapheme);
    }
    if cells > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_every_kind_have_their_true_widths() {
        for (text, cells) in
            [("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("🚀", 2), ("👩‍🚀", 2), ("─│", 2), ("", 0)]
        {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn no_count_of_cells_wraps_around() {
        assert_eq!([cells(0_usize), cells(80_u64), cells(65_536_u32)], [0, 80, u16::MAX]);
        assert_eq!([rounded(-1.0), rounded(2.5), rounded(1e9), rounded(f64::NAN)], [0, 3, u16::MAX, 0]);
    }

    #[test]
    fn tabs_go_to_the_next_stop() {
        assert_eq!(expand_tabs("a\tb\t\tc"), "a   b       c");
        assert_eq!(expand_tabs("日\tb"), "日  b");
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(truncate("Kubernetes", 5), "Kube…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("abc", 3), "abc");
        assert_eq!(truncate("abc", 0), "");
    }
}
