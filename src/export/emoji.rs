//! Letters that have colours of their own, as emoji: drawn by what draws SVG, for it knows all the ways in which fonts have
//! pictures.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{FontResolver, Options, Tree};

use super::Font;

/// A font whose letters have colours of their own.
pub(super) struct Emoji(Options<'static>);

impl Emoji {
    pub(super) fn new(font: &Font) -> Self {
        let mut known = Database::new();
        let faces = known.load_font_source(Source::Binary(Arc::new(Arc::clone(&font.bytes))));
        let face = faces.into_iter().find(|&id| known.face(id).is_some_and(|face| face.index == font.face));
        let font_resolver = FontResolver {
            select_font: Box::new(move |_, _| face),
            select_fallback: Box::new(|_, _, _| None),
        };
        Self(Options { fontdb: Arc::new(known), font_resolver, ..Options::default() })
    }

    /// Draws one letter from `(x, baseline)` on, in a `size` in pixels.
    pub(super) fn draw(&self, pixels: &mut Pixmap, letter: &str, (x, baseline): (f32, f32), size: f32) {
        // Such letters are pictures and what joins them: nothing that means something else in XML.
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\">\
             <text x=\"{x}\" y=\"{baseline}\" font-size=\"{size}\">{letter}</text></svg>",
            pixels.width(),
            pixels.height()
        );
        if let Ok(tree) = Tree::from_str(&svg, &self.0) {
            resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        }
    }
}
