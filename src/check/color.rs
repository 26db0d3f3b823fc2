//! Colours that an author sets and that cannot be read well on a theme. How they are mended is told in layout.

use crate::color::{Rgb, contrast};
use crate::deck::{Block, Deck, Flags, Inline, Kind, Slide, walk};
use crate::source::{Diagnostic, Rule, SourceRange};
use crate::theme::{READABLE, Theme};

/// Large letters are read at less contrast than others.
const LARGE: f32 = 3.0;

/// A colour on another one, and the contrast that it should have.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ColorPair {
    color: Rgb,
    /// The author's own ground; none for that of the theme.
    ground: Option<Rgb>,
    least: f32,
    /// Where the colour is written.
    range: SourceRange,
}

/// Returns what is told of the author's colours on the slide at `index`.
pub(super) fn told(deck: &Deck, index: usize, slide: &Slide) -> Vec<Diagnostic> {
    let background = &slide.attributes.background;
    if background.picture.is_some() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    collect(&slide.blocks, background.color, &mut pairs);
    let themes = match Theme::named(deck.meta.theme.as_deref().unwrap_or_default()) {
        Some(theme) if theme.background.is_some() => vec![theme],
        _ => vec![Theme::dark(), Theme::light()],
    };
    let mut all = Vec::new();
    for pair in pairs {
        let Some((weakest, on)) = weakest(pair, &themes) else { continue };
        let Rgb(red, green, blue) = pair.color;
        let written =
            Some(deck.written(index, pair.range)).filter(|name| Rgb::parse_css(name) == Some(pair.color));
        let name = written.map_or_else(|| format!("#{red:02x}{green:02x}{blue:02x}"), str::to_owned);
        let message = format!(
            "`{name}` is hard to read on {on}: a contrast of {weakest:.1}, where {} is wanted",
            pair.least
        );
        let told = Diagnostic::of(Rule::Contrast, message).about(pair.range);
        all.push(told.hint(
            "Lutrin shows a lighter or a darker shade of it there; choose one that is read on both themes",
        ));
    }
    deck.place(index, &mut all);
    all
}

/// Returns the least contrast of a pair, and on what, where it is too little.
fn weakest(pair: ColorPair, themes: &[Theme]) -> Option<(f32, String)> {
    let grounds: Vec<(Rgb, String)> = match pair.ground {
        Some(ground) => vec![(ground, "the author's own ground".to_owned())],
        None => themes
            .iter()
            .filter_map(|theme| Some((theme.background?, format!("the {} theme", theme.name))))
            .collect(),
    };
    let measured = grounds.into_iter().map(|(ground, name)| (contrast(pair.color, ground), name));
    measured.filter(|(ratio, _)| *ratio < pair.least).min_by(|one, other| one.0.total_cmp(&other.0))
}

/// Collects the author's colours, each once.
fn collect(blocks: &[Block], ground: Option<Rgb>, pairs: &mut Vec<ColorPair>) {
    for block in blocks {
        let ground = block.style.as_ref().and_then(|style| style.background).or(ground);
        let is_heading = matches!(block.kind, Kind::Heading { level: 1 | 2, .. });
        for inline in walk::own_inlines(block) {
            let Inline::Text(words, marks) = inline else { continue };
            let Some(color) = marks.color.filter(|_| !words.trim().is_empty()) else { continue };
            let large = is_heading || marks.flags.contains(Flags::BIG);
            let least = if large { LARGE } else { READABLE };
            let ground = marks.background.or(ground);
            let pair = ColorPair { color, ground, least, range: marks.color_range };
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        for inside in walk::children(block) {
            collect(inside, ground, pairs);
        }
    }
}
