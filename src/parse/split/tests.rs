//! Tests of splitting as a whole: by separators that are given, by what the text tells, and with any text at all.

mod detected;
mod given;
mod properties;

use super::*;

/// Returns the slides' texts; one that hangs below the slide before it begins with `↓`.
fn texts(body: &str, split: &Split) -> Vec<String> {
    let text = |piece: &SplitSlide| {
        format!("{}{}", if piece.vertical { "↓" } else { "" }, &body[piece.range.clone()])
    };
    split.slides.iter().map(text).collect()
}

fn by_itself(body: &str) -> Vec<String> {
    texts(body, &split(body, 1, None))
}

fn by(horizontal: &str, vertical: Option<&str>, body: &str) -> Split {
    let separator = Separator::compile(horizontal, vertical).expect("it is a regular expression");
    split(body, 1, Some(&separator))
}

fn blank_lines(count: usize) -> String {
    format!("A\n{}B\n", "\n".repeat(count))
}
