//! The theme's colours as variables of a style sheet, and authors' colours made readable among them.

use std::fmt::Write;

use ratatui::style::Color;

use crate::color::{Rgb, contrast, readable};
use crate::theme::{READABLE, Role, Theme};

/// The names of the variables that hold letters' colours, as the style sheet has them.
const LETTERS: [(&str, Role); 15] = [
    ("text", Role::Text),
    ("strong", Role::Strong),
    ("title", Role::Title),
    ("heading", Role::Heading1),
    ("low", Role::Heading3),
    ("quiet", Role::Small),
    ("rule", Role::Rule),
    ("link", Role::Link),
    ("mark", Role::ListMarker),
    ("bar", Role::QuoteBar),
    ("head", Role::TableHeader),
    ("short", Role::InlineCode),
    ("key", Role::Key),
    ("pen", Role::Highlight),
    ("reason", Role::FrameReason),
];
/// The roles of letters in code, by the names of their classes; code that is of no other kind comes first.
const CODE: [(&str, Role); 14] = [
    ("code", Role::Code),
    ("comment", Role::Comment),
    ("keyword", Role::Keyword),
    ("string", Role::Str),
    ("number", Role::Number),
    ("constant", Role::Constant),
    ("type", Role::Type),
    ("function", Role::Function),
    ("variable", Role::Variable),
    ("attribute", Role::Attribute),
    ("operator", Role::Operator),
    ("punctuation", Role::Punctuation),
    ("inserted", Role::Inserted),
    ("deleted", Role::Deleted),
];
/// How much of a picture behind words is seen at most.
const VEIL: f32 = 0.3;

/// Returns the class of a letter in code; none where it is of no kind.
pub(super) fn class(role: Role) -> Option<&'static str> {
    CODE.iter().skip(1).find(|(_, known)| *known == role).map(|(name, _)| *name)
}

/// Returns the rules that colour the letters of code.
pub(super) fn rules() -> String {
    let rule = |(name, _): &(&str, Role)| format!("pre .{name}{{color:var(--{name})}}\n");
    CODE.iter().skip(1).map(rule).collect()
}

/// Returns the theme as declarations.
pub(super) fn variables(theme: &Theme) -> String {
    let mut out = String::new();
    let mut put = |name: &str, color: Option<Color>| {
        if let Some(Color::Rgb(red, green, blue)) = color {
            let _ = write!(out, "--{name}:{};", css(Rgb(red, green, blue)));
        }
    };
    put("ground", theme.background.map(Color::from));
    put("panel", theme.code_background.map(Color::from));
    for (name, role) in LETTERS.iter().chain(&CODE) {
        put(name, theme.style(*role).fg);
    }
    for (name, role) in [("key-ground", Role::Key), ("pen-ground", Role::Highlight)] {
        put(name, theme.style(role).bg);
    }
    put("faint", theme.style(Role::ProgressLeft).fg);
    out
}

/// Returns the declarations of what stands on a ground of its own.
pub(super) fn on(ground: Rgb) -> String {
    variables(&Theme::suited_to(ground).on(ground))
}

/// Returns the declarations of words over a picture on that ground, and how much of the picture is seen: as much as its
/// author wants, but never so much that any of its pixels could hide a word.
pub(super) fn over(ground: Rgb, opacity: f32) -> (String, f32) {
    let dark = Theme::suited_to(ground).dark;
    let near = if dark { Rgb::WHITE } else { Rgb::BLACK };
    // On a ground between dark and light hardly any of a picture leaves words readable.
    let bounds = [1.0, 0.5, 0.25, 0.125].map(|part| opacity.min(VEIL * part));
    let is_readable = |seen: &f32| {
        let worst = ground.mix(near, *seen);
        Theme::suited_to(worst).dark == dark && contrast(near, worst) >= READABLE
    };
    let seen = bounds.into_iter().find(is_readable).unwrap_or(0.0);
    let mut theme = Theme::suited_to(ground).on(ground.mix(near, seen));
    theme.background = Some(ground);
    (variables(&theme), seen)
}

/// Returns the style of letters in an author's colour: on the page's own ground one for light and one for dark.
pub(super) fn ink(color: Rgb, ground: Option<Rgb>) -> String {
    match ground {
        Some(ground) => format!("--ink:{0};--ink-dark:{0}", css(readable(color, ground, READABLE))),
        None => {
            format!("--ink:{};--ink-dark:{}", css(Theme::light().ink(color)), css(Theme::dark().ink(color)))
        }
    }
}

/// Returns a colour as CSS writes it.
pub(super) fn css(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_code_has_a_class_of_its_own() {
        for role in Role::ALL.into_iter().filter(|role| (Role::Comment..=Role::Deleted).contains(role)) {
            assert!(class(role).is_some(), "{role:?}");
        }
        assert_eq!(class(Role::Code), None);
    }

    #[test]
    fn words_over_a_picture_are_read_whatever_it_shows() {
        for ground in [Rgb::hex(0x10_20_40), Rgb::WHITE, Rgb::hex(0x80_80_80)] {
            let (declared, opacity) = over(ground, 1.0);
            let text = declared.split("--text:").nth(1).and_then(|rest| rest.split(';').next());
            let text = text.and_then(Rgb::parse_css).expect("it is declared");
            for pixel in [Rgb::BLACK, Rgb::WHITE] {
                let seen = ground.mix(pixel, opacity);
                assert!(contrast(text, seen) >= READABLE, "{text:?} on {seen:?}");
            }
            assert!(declared.starts_with(&format!("--ground:{};", css(ground))));
        }
    }
}
