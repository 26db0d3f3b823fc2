//! Pictures that are not there or cannot be shown, and pictures without words. How a path is looked up is not known here.

use std::collections::HashMap;
use std::ops::Range;

use super::Order;
use crate::deck::{Picture, Slide, walk};
use crate::layout;
use crate::parse::Search;
use crate::source::{Diagnostic, Passage, Rule};

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

/// Of a slide with more to tell of its pictures than any person wrote, the others are told of at its first line.
const MOST: usize = 200;

/// Endings of pictures' names.
const ENDINGS: [&str; 9] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif", ".tiff"];

/// What was found of each picture, so that none is decoded twice.
#[derive(Default)]
pub(super) struct Known(HashMap<String, Option<Diagnostic>>);

impl Known {
    /// Returns what is told of the pictures of the slide at `index`.
    pub(super) fn told(&mut self, order: &Order<'_>, index: usize, slide: &Slide) -> Vec<Diagnostic> {
        let text = order.deck.source(index);
        let line = order.deck.slides.get(index).map_or(1, |source| source.line);
        let mut search = Search::new(text);
        let mut all = Vec::new();
        let pictures = walk::pictures(&slide.blocks);
        let behind = slide.attributes.background.picture.as_ref();
        let behind = behind.filter(|picture| picture.opacity > 0.0).map(|picture| picture.source.as_str());
        let shown = pictures.iter().map(|picture| (picture.source.as_str(), Some(*picture)));
        for (source, picture) in shown.chain(behind.map(|source| (source, None))) {
            let range = if all.len() < MOST { search.next(source, None) } else { None };
            let tag = range.as_ref().map(|range| tag(text, range.start)).unwrap_or_default();
            let at = |told: Diagnostic, range: Option<&Range<usize>>| {
                let told = told.on_slide(index + 1);
                match range {
                    Some(range) => told.at(Passage::of(text, range.clone(), line)),
                    None => told.at_line(line),
                }
            };
            all.extend(self.fault(order, (source, picture)).map(|told| at(told, range.as_ref())));
            if let Some((picture, told)) = picture.and_then(|one| Some((one, words(one, tag)?))) {
                let start = tag.as_ptr().addr() - text.as_ptr().addr();
                let words = tag.find(picture.alt.trim()).filter(|_| !picture.alt.trim().is_empty());
                let words = words.map(|found| start + found..start + found + picture.alt.trim().len());
                all.push(at(told, words.or(range).as_ref()));
            }
        }
        all
    }

    /// Returns why a picture is not shown.
    fn fault(
        &mut self,
        order: &Order<'_>,
        (source, picture): (&str, Option<&Picture>),
    ) -> Option<Diagnostic> {
        if let Some(known) = self.0.get(source) {
            return known.clone();
        }
        let reason = order.pictures.picture(source).err().or_else(|| order.pictures.fault(source));
        let named = picture.filter(|_| source.is_empty()).map_or(source, |picture| &picture.alt);
        let told = reason.map(|reason| layout::not_shown(named, &reason));
        let is_missing = told.as_ref().is_some_and(|told| told.rule == Some(Rule::PictureMissing));
        let similar = if is_missing { order.pictures.similar(source) } else { None };
        let told = told.map(|told| match similar {
            Some(similar) => told.hint(format!("did you mean `{similar}`?")),
            None => told,
        });
        self.0.insert(source.to_owned(), told.clone());
        told
    }
}

/// Returns the tag or the brackets that a picture is written in, up to its source at `at`, and what follows on its line.
fn tag(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['<', '!']).unwrap_or(at);
    let end = text[at..].find(['>', ')']).map_or(text.len(), |end| at + end);
    &text[start..end]
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
