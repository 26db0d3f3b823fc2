//! Letters and their marks as HTML.

use super::HtmlPage;
use super::colors;
use super::escaped;
use crate::color::{Rgb, readable};
use crate::deck::{Change, Flags, Inline, Marks};
use crate::theme::READABLE;

/// The marks and their elements, the outermost first.
const TAGS: [(Flags, &str, &str); 9] = [
    (Flags::STRONG, "<strong>", "</strong>"),
    (Flags::EMPHASIS, "<em>", "</em>"),
    (Flags::SMALL, "<small>", "</small>"),
    (Flags::BIG, "<span class=\"big\">", "</span>"),
    (Flags::UNDERLINE, "<u>", "</u>"),
    (Flags::STRIKE, "<s>", "</s>"),
    (Flags::HIGHLIGHT, "<mark>", "</mark>"),
    (Flags::KEY, "<kbd>", "</kbd>"),
    (Flags::CODE, "<code>", "</code>"),
];

impl HtmlPage<'_> {
    /// Writes letters; those of one link are one link.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        let link = |inline: &Inline| match inline {
            Inline::Text(_, marks) => marks.link.clone(),
            Inline::Break => None,
        };
        for run in inlines.chunk_by(|one, next| link(one) == link(next)) {
            let opening = run.first().and_then(link).and_then(|url| self.link(&url));
            self.out.push_str(opening.as_deref().unwrap_or_default());
            for inline in run {
                match inline {
                    Inline::Text(text, marks) => self.text(text, marks),
                    Inline::Break => self.out.push_str("<br>"),
                }
            }
            self.out.push_str(if opening.is_some() { "</a>" } else { "" });
        }
    }

    fn text(&mut self, text: &str, marks: &Marks) {
        let mut flags = marks.flags;
        let mut color = marks.color;
        // A page shows a slide as it is in the end.
        for fragment in &marks.fragments {
            match fragment.change {
                Change::Strike => flags |= Flags::STRIKE,
                Change::Strengthen => flags |= Flags::STRONG,
                Change::Tint(tint) => color = Some(tint),
                _ => {}
            }
        }
        // A key and the pen bring grounds of their own, and so does code.
        let is_plain = !flags.intersects(Flags::KEY | Flags::HIGHLIGHT | Flags::CODE);
        let style = is_plain.then(|| self.style_of(color, marks.background)).flatten();
        if let Some(style) = &style {
            self.out.push_str(style);
        }
        let tags = TAGS.iter().filter(|(flag, ..)| flags.contains(*flag));
        tags.clone().for_each(|(_, opening, _)| self.out.push_str(opening));
        self.out.push_str(&escaped(text));
        tags.rev().for_each(|(.., closing)| self.out.push_str(closing));
        self.out.push_str(if style.is_some() { "</span>" } else { "" });
    }

    /// Returns the element that gives letters their author's colours.
    fn style_of(&self, color: Option<Rgb>, background: Option<Rgb>) -> Option<String> {
        let Some(behind) = background else {
            let style = colors::ink(color?, self.ground);
            return Some(format!("<span class=\"ink\" style=\"{style}\">"));
        };
        let letters = color.unwrap_or_else(|| crate::color::ink_on(behind));
        let (letters, behind) = (colors::css(readable(letters, behind, READABLE)), colors::css(behind));
        Some(format!("<span style=\"color:{letters};background:{behind}\">"))
    }
}
