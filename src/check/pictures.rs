//! Pictures that are not there or cannot be shown, and pictures without words. How a path is looked up is not known here.

use std::collections::HashMap;

use super::CheckOptions;
use crate::deck::{Backdrop, Deck, Picture, Slide, walk};
use crate::layout;
use crate::source::{Diagnostic, Rule, SourceRange};

/// What editors and templates write where the author's words should stand.
const PLACEHOLDERS: [&str; 22] = [
    "alt",
    "alt text",
    "alt-text",
    "alternative text",
    "alternate text",
    "caption",
    "drawing",
    "figure",
    "graphic",
    "illustration",
    "image",
    "image alt text",
    "img",
    "insert alt text here",
    "photo",
    "pic",
    "picture",
    "placeholder",
    "text",
    "texte alternatif",
    "todo",
    "untitled",
];

/// Endings of pictures' names.
const ENDINGS: [&str; 9] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif", ".tiff"];

/// What was found of each picture, so that none is decoded twice.
#[derive(Default)]
pub(super) struct PictureFindings(HashMap<String, Option<Diagnostic>>);

impl PictureFindings {
    /// Returns what is told of the pictures of the slide at `index`.
    pub(super) fn told(&mut self, order: &CheckOptions<'_>, index: usize, slide: &Slide) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        let behind = slide.attributes.background.picture.as_ref();
        let behind = behind.filter(|picture| picture.opacity > 0.0).map(Backdrop::as_picture);
        let pictures = walk::pictures(&slide.blocks).into_iter();
        let pictures = pictures.map(|one| (one, true)).chain(behind.iter().map(|one| (one, false)));
        for (picture, has_words) in pictures {
            all.extend(self.fault(order, picture));
            if has_words {
                let told = words(picture, order.deck.written(index, picture.ranges.whole));
                all.extend(told.map(|told| told.about(words_range(order.deck, index, picture))));
            }
        }
        order.deck.place(index, &mut all);
        all
    }

    /// Returns why a picture is not shown.
    fn fault(&mut self, order: &CheckOptions<'_>, picture: &Picture) -> Option<Diagnostic> {
        let (source, (name, range)) = (&picture.source, picture.name());
        if let Some(known) = self.0.get(source) {
            return known.clone().map(|told| told.about(range));
        }
        let reason = order.pictures.picture(source).err().or_else(|| order.pictures.fault(source));
        let told = reason.map(|reason| layout::not_shown(name, &reason));
        let is_missing = told.as_ref().is_some_and(|told| told.rule == Some(Rule::PictureMissing));
        let similar = if is_missing { order.pictures.similar(source) } else { None };
        let told = told.map(|told| match similar {
            Some(similar) => told.hint(format!("did you mean `{similar}`?")),
            None => told,
        });
        self.0.insert(source.clone(), told.clone());
        told.map(|told| told.about(range))
    }
}

/// Returns where the words for a picture are written, without what else is said there; where it has none, its address.
fn words_range(deck: &Deck, index: usize, picture: &Picture) -> SourceRange {
    let (alt, ranges) = (picture.alt.trim(), picture.ranges);
    if alt.is_empty() {
        return ranges.source.or(ranges.whole);
    }
    let written = deck.written(index, ranges.alt);
    let found = written.find(alt).map(|start| start..start + alt.len());
    found.map_or(ranges.alt, |found| ranges.alt.part(found)).or(ranges.whole)
}

/// Returns what is wrong with the words for a picture. An `alt` that an author leaves empty by hand says that the picture
/// adorns.
fn words(picture: &Picture, tag: &str) -> Option<Diagnostic> {
    let alt = picture.alt.trim();
    let hint = "say what it shows: for who cannot see it, for the text of the slides, and where there is no room for it";
    if alt.is_empty() {
        let adorns = tag.starts_with('<') && (tag.contains("alt=\"\"") || tag.contains("alt=''"));
        let told = Diagnostic::of(Rule::AltMissing, "the picture has no words that say what it shows");
        return (!adorns).then(|| {
            told.hint(if tag.starts_with('<') {
                "write `alt=\"…\"`; an empty one says that the picture only adorns"
            } else {
                "write them between the brackets: `![…](…)`"
            })
        });
    }
    let lower = alt.to_lowercase();
    let file = picture.source.rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_file = ENDINGS.iter().any(|ending| lower.ends_with(ending)) && !alt.contains(' ') || lower == file;
    let bare = lower.trim_end_matches(|letter: char| {
        letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '_' | '.' | '…')
    });
    (is_file || PLACEHOLDERS.contains(&bare)).then(|| {
        let message = format!("`{alt}` says nothing of the picture");
        Diagnostic::of(Rule::AltPlaceholder, message).hint(hint)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none("", "![](a.png", Some(Rule::AltMissing))]
    #[case::none_in_html("", "<img src=\"a.png\"", Some(Rule::AltMissing))]
    #[case::adorns("", "<img alt=\"\" src=\"a.png\"", None)]
    #[case::an_editors("Alt text", "", Some(Rule::AltPlaceholder))]
    #[case::numbered("image 2", "", Some(Rule::AltPlaceholder))]
    #[case::file("a.png", "", Some(Rule::AltPlaceholder))]
    #[case::another_file("IMG_2041.JPG", "", Some(Rule::AltPlaceholder))]
    #[case::a_word("Kubernetes", "", None)]
    #[case::words("An image of a cluster", "", None)]
    #[case::a_file_in_words("what is in kubeconfig.png", "", None)]
    fn words_say_something(#[case] alt: &str, #[case] tag: &str, #[case] expected: Option<Rule>) {
        let picture = Picture { alt: alt.to_owned(), source: "a/a.png".to_owned(), ..Picture::default() };
        assert_eq!(words(&picture, tag).and_then(|told| told.rule), expected);
    }
}
