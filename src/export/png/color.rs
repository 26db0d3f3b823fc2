//! Letters that have colours of their own, as emoji: drawn by what draws SVG, for it knows all the ways in which fonts have
//! pictures.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{FontResolver, Options, Tree};

use crate::export::fonts::Fonts;
use crate::export::ink::Run;
use crate::export::page::MARGIN;

/// Draws letters whose font has them in colours.
pub(super) fn draw(pixels: &mut Pixmap, run: &Run, fonts: &Fonts<'_>) {
    let faces = fonts.faces();
    let Some(font) = faces.get(run.face) else { return };
    let mut known = Database::new();
    let faces = known.load_font_source(Source::Binary(Arc::new(Arc::clone(&font.bytes))));
    let face = faces.into_iter().find(|&id| known.face(id).is_some_and(|face| face.index == font.face));
    let font_resolver =
        FontResolver { select_font: Box::new(move |_, _| face), select_fallback: Box::new(|_, _, _| None) };
    let options = Options { fontdb: Arc::new(known), font_resolver, ..Options::default() };
    let (size, y) = (run.size, run.baseline + MARGIN);
    for letter in &run.letters {
        // Such letters are pictures and what joins them: nothing that means something else in XML.
        let (x, words) = (letter.x, &letter.text);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\">\
             <text x=\"{x}\" y=\"{y}\" font-size=\"{size}\">{words}</text></svg>",
            pixels.width(),
            pixels.height()
        );
        if let Ok(tree) = Tree::from_str(&svg, &options) {
            resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        }
    }
}
