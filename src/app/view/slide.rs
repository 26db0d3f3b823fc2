//! A slide, or a picture of it in close-up, with its row of chrome.

use std::cell::RefCell;
use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::canvas::{PlacedImage, ShownScene, TalkView, ViewContext, blank_style};
use super::chrome;
use crate::app::closeup as close;
use crate::layout::PictureItem;
use crate::paint::{self, ImageArea, SceneView};
use crate::present::Position;
use crate::workers::Image;

/// Returns the picture that is in close-up, where there is one.
pub(super) fn closeup(sight: &ViewContext<'_>) -> Option<TalkView> {
    let app = sight.app;
    let closeup = app.presenter.closeup?;
    let position = Position::at(app.presenter.position.slide);
    let (scene, words) = close::scene(&app.slides, position.slide, closeup)?;
    let words = Some(format!("{}×  {words}", closeup.zoom.level));
    Some(stage(sight, &ShownScene { scene: &scene, position, words, moves: false }))
}

/// Returns the slide at a position.
pub(super) fn slide(sight: &ViewContext<'_>, position: Position, moves: bool) -> TalkView {
    let scene = sight.app.slides.scene(position.slide);
    stage(sight, &ShownScene { scene: &scene, position, words: None, moves })
}

/// Returns a scene on its stage, with its row of chrome.
fn stage(sight: &ViewContext<'_>, shown: &ShownScene<'_>) -> TalkView {
    let mut view = sight.view();
    match sight.app.presenter.blank {
        Some(blank) => view.canvas.set_style(sight.places.stage, blank_style(blank)),
        None => paint_scene(sight, shown, sight.places.stage, &mut view),
    }
    if let Some(row) = sight.places.chrome {
        chrome::paint(sight, shown, row, &mut view);
    }
    view
}

/// Paints a scene on a stage.
pub(super) fn paint_scene(sight: &ViewContext<'_>, shown: &ShownScene<'_>, stage: Rect, view: &mut TalkView) {
    let app = sight.app;
    let (slides, prints) = (&app.slides, &app.prints);
    let TalkView { canvas, pictures, shown: goes_on } = view;
    let (pictures, films) = (RefCell::new(pictures), RefCell::new(&mut goes_on.films));
    let show = |picture: &PictureItem, place: ImageArea| {
        let Some(print) = prints.print(slides, shown.scene, (picture, place), shown.moves) else {
            return paint::PictureState::Waiting;
        };
        let slide = shown.position.slide;
        let film = app.films.frame(slide, &print, prints.form(), sight.now.awake).filter(|_| shown.moves);
        films.borrow_mut().extend(film);
        let frame = film.map_or(0, |film| film.frame);
        match &print.image {
            Image::Mosaics(frames) => frames.get(frame).map_or(paint::PictureState::Waiting, |mosaic| {
                paint::PictureState::Mosaic(Arc::clone(mosaic))
            }),
            // The terminal would show it over the panel.
            _ if sight.covered.iter().any(|covered| place.visible.intersects(*covered)) => {
                paint::PictureState::Waiting
            }
            Image::Encoded(plate) if !app.terminal.shows(plate, place.visible) => {
                paint::PictureState::Waiting
            }
            Image::Encoded(_) | Image::Bitmap(_) => {
                pictures.borrow_mut().push(PlacedImage { print, frame, place });
                paint::PictureState::Above
            }
        }
    };
    let behind = prints.backdrop(slides, shown.scene);
    let backdrop = behind.as_deref().and_then(|print| match &print.image {
        Image::Bitmap(bitmap) => Some(bitmap),
        _ => None,
    });
    let scene = SceneView {
        scene: shown.scene,
        step: shown.position.step,
        scroll: shown.position.scroll,
        old_edge: shown.position.old_edge,
        marks: true,
        theme: slides.theme(),
        backdrop,
        pictures: &show,
    };
    scene.render(stage, canvas);
}
