//! What is behind a slide: its colour, and its picture, which is the slide itself where there is nothing else on it. How
//! far a picture is dimmed is not decided here.

use std::sync::Arc;

use super::scene::{Area, BackdropItem, Crop, PictureItem, Scene};
use super::stage::Stage;
use super::supply::Supply;
use super::{density, picture, zoom};
use crate::color::Rgb;
use crate::deck::{Backdrop, Block, Kind, Slide, walk};
use crate::picture::Zoom;
use crate::source::Diagnostic;
use crate::theme::Theme;

/// A picture that is behind a slide, or why it is not.
pub(super) type SlideBackdrop = Result<BackdropItem, Diagnostic>;

/// Returns the picture behind what is on a slide.
pub(super) fn find(slide: &Slide, stage: Stage, supply: &dyn Supply) -> Option<SlideBackdrop> {
    let Backdrop { source, source_range, contain, opacity } =
        picture_of(slide).filter(|_| !walk::is_blank(&slide.blocks))?;
    let item = |size| BackdropItem {
        source: source.clone(),
        part: if *contain { Crop::Whole } else { zoom::cover(size, stage) },
        area: Area { x: 0, y: 0, width: stage.columns, height: u32::from(stage.rows) },
        opacity: *opacity,
    };
    let size = supply.picture(source);
    Some(size.map(item).map_err(|reason| picture::not_shown(source, &reason).about(*source_range)))
}

/// Returns the theme on the slide's own ground. Letters over a picture are made readable by the colours of both, so there
/// the ground must be known, which a terminal's is not.
pub(super) fn theme(slide: &Slide, behind: Option<&SlideBackdrop>, theme: &Theme) -> Option<Arc<Theme>> {
    let is_unknown = theme.background.is_none() && behind.is_some_and(Result::is_ok);
    let ground = slide.attributes.background.color.or(is_unknown.then_some(Rgb::BLACK));
    ground.map(|ground| Arc::new(theme.on(ground)))
}

/// Returns the scene of a slide that is no more than the picture behind it.
pub(super) fn alone(slide: &Slide, stage: Stage, theme: &Theme, supply: &dyn Supply) -> Option<Scene> {
    let behind = picture_of(slide).filter(|_| walk::is_blank(&slide.blocks))?;
    if let Ok(size) = supply.picture(&behind.source) {
        let item = PictureItem { source: behind.source.clone(), alt: String::new(), part: Crop::Whole };
        return Some(zoom::scene(&item, size, stage, Zoom::default()));
    }
    let frame = Kind::Pictures(vec![behind.as_picture()]);
    let slide = Slide { blocks: vec![Block::new(frame)], ..Slide::default() };
    Some(density::layout(&slide, stage, theme, supply))
}

/// Puts a picture behind a scene, or says why there is none.
pub(super) fn put(behind: Option<SlideBackdrop>, mut scene: Scene) -> Scene {
    match behind {
        Some(Ok(item)) => scene.backdrop = Some(item),
        Some(Err(diagnostic)) => scene.diagnostics.push(diagnostic),
        None => {}
    }
    scene
}

fn picture_of(slide: &Slide) -> Option<&Backdrop> {
    slide.attributes.background.picture.as_ref().filter(|picture| picture.opacity > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Attributes, Background, Code, Inline, Marks};
    use crate::highlight::Highlighted;
    use crate::layout::{CellSize, layout_slide};
    use crate::picture::Size;
    use crate::source::SourceRange;

    const STAGE: Stage = Stage {
        columns: 80,
        rows: 20,
        cell: CellSize { width: 10.0, height: 20.0 },
        center: true,
        rtl: false,
        basic_glyphs: false,
    };

    /// Knows one picture, which is half as wide as the stage and as high.
    struct One;

    impl Supply for One {
        fn picture(&self, source: &str) -> Result<Size, String> {
            let size = Size { width: 400, height: 400 };
            if source == "a.png" { Ok(size) } else { Err("no such file".to_owned()) }
        }

        fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
            None
        }
    }

    fn laid(words: &str, color: Option<Rgb>, source: &str, contain: bool) -> Scene {
        let picture = Some(Backdrop {
            source: source.to_owned(),
            source_range: SourceRange::UNKNOWN,
            contain,
            opacity: 1.0,
        });
        let text = Kind::Paragraph(vec![Inline::Text(words.to_owned(), Marks::default())]);
        let attributes = Attributes { background: Background { color, picture }, ..Attributes::default() };
        let slide = Slide { blocks: vec![Block::new(text)], attributes, ..Slide::default() };
        layout_slide(&slide, STAGE, &Theme::terminal(), &One)
    }

    #[test]
    fn a_picture_behind_words_fills_the_stage_or_fits_into_it() {
        let part = |contain| laid("words", None, "a.png", contain).backdrop.map(|item| item.part);
        assert_eq!(part(false), Some(Crop::Window { size: (800, 800), x: 0, y: 200 }));
        assert_eq!(part(true), Some(Crop::Whole));
    }

    #[test]
    fn a_picture_by_itself_is_the_slide() {
        let scene = laid(" \u{a0}", None, "a.png", false);
        let areas: Vec<Area> = scene.pictures().map(|(_, area)| area).collect();
        assert_eq!(areas, [Area { x: 20, y: 0, width: 40, height: 20 }]);
        assert!(scene.backdrop.is_none() && scene.theme.is_none());
    }

    #[test]
    fn what_is_missing_is_told_and_framed_only_where_the_slide_would_be_blank() {
        for (words, framed) in [("words", false), ("", true)] {
            let scene = laid(words, None, "b.png", false);
            let told: Vec<&str> = scene.diagnostics.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(told, ["picture `b.png` is not shown: no such file"]);
            assert_eq!(format!("{:?}", scene.items).contains("b.png"), framed);
            assert!(scene.backdrop.is_none() && scene.theme.is_none());
        }
    }

    #[test]
    fn the_ground_is_the_authors_else_one_that_is_known() {
        let ground =
            |color, source| laid("words", color, source, false).theme.and_then(|theme| theme.background);
        assert_eq!(ground(Some(Rgb(0, 80, 0)), "b.png"), Some(Rgb(0, 80, 0)));
        assert_eq!(ground(None, "a.png"), Some(Rgb::BLACK));
        assert_eq!(ground(None, "b.png"), None);
    }
}
