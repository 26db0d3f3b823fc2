//! What the speaker sees: the slide or a picture of it, its row of chrome, what lies over it; now, and after the next
//! step.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Lectern;
use super::ahead::View;
use super::places::{Home, Places};
use crate::app::overlays;
use crate::layout::{PictureItem, Scene};
use crate::paint::{self, ClockLine, ImageArea, Panel, QuietClock, SceneView, Status};
use crate::present::{Blank, ClockVisibility, Context, Overlay, Position};
use crate::rehearsal::{Face, Phase};
use crate::report::Report;
use crate::terminal::graphics::Placement;
use crate::terminal::{ColorDepth, ScreenFrame};
use crate::text::{shown_time, wrap};
use crate::theme::{Role, Theme};
use crate::workers::{Image, Print};

/// In a row of fewer columns, the words that wait for the clock's start are the shorter ones.
const WHOLE_HINT: u16 = 70;

/// A picture that the terminal shows over its cells.
#[derive(Clone)]
pub(super) struct Hanging {
    pub(super) print: Arc<Print>,
    pub(super) frame: usize,
    pub(super) place: ImageArea,
}

/// A canvas, and the pictures over it.
pub(super) struct Painted {
    pub(super) canvas: Buffer,
    pub(super) pictures: Vec<Hanging>,
}

/// What is painted of a scene.
pub(super) struct Look<'a> {
    pub(super) scene: &'a Scene,
    pub(super) position: Position,
    /// What the row of chrome says of it.
    pub(super) words: Option<String>,
    /// Where panels cover it.
    pub(super) covered: [Rect; 2],
    /// Whether films show the frame that is due, or their first one.
    pub(super) moving: bool,
}

impl Lectern {
    /// Returns the frame that shows the talk as it is now: the one that was planned ahead, where it is the right one.
    pub(super) fn frame(&mut self) -> ScreenFrame {
        let position = self.presenter.position;
        let planned = self.is_bare().then(|| self.ahead.take(self.view(position), &self.screen)).flatten();
        if let Some(frame) = planned {
            // It has the first frame of whatever moves.
            self.motion.start(position.slide);
            self.motion.wake(Instant::now());
            return frame;
        }
        let painted = self.paint();
        self.plan(painted)
    }

    /// Plans the frame of the next step, unless there is something over the slide that would have to go first.
    pub(super) fn plan_ahead(&mut self) {
        let position = self.presenter.following(&Context::new(&self.slides.deck, self.extent.clone()));
        let view = self.view(position);
        if self.is_bare() && position != self.presenter.position && !self.ahead.has(view, &self.screen) {
            let painted = self.paint_slide(position, [Rect::ZERO; 2], false);
            let frame = self.plan(painted);
            self.ahead.keep(view, frame);
        }
    }

    fn plan(&self, painted: Painted) -> ScreenFrame {
        let placement = |hanging: &Hanging| match &hanging.print.image {
            Image::Encoded(plate) => Some(Placement {
                image: Arc::clone(plate),
                frame: hanging.frame,
                area: hanging.place.visible,
                top: hanging.place.first_row,
                rows: hanging.place.area.height,
            }),
            Image::Mosaics(_) | Image::Bitmap(_) => None,
        };
        self.screen.plan(painted.canvas, painted.pictures.iter().filter_map(placement).collect())
    }

    fn view(&self, position: Position) -> View {
        View { position, generation: self.slides.generation() }
    }

    /// Whether the slide is shown, and nothing but it.
    fn is_bare(&self) -> bool {
        let nothing_over = !self.presenter.is_covered() && self.presenter.notes.is_none();
        nothing_over
            && self.presenter.shown == ClockVisibility::Hidden
            && self.presenter.number().is_none()
            && self.message.is_none()
            && !self.gallery.is_used()
            && self.link.is_none()
    }

    /// Returns the talk as it looks now.
    pub(super) fn paint(&mut self) -> Painted {
        if self.link.is_some() {
            return self.paint_console();
        }
        let mut canvas = self.screen.canvas();
        let places = self.places(canvas.area);
        let stage = places.stage;
        self.motion.start(self.presenter.position.slide);
        // Beside the audience's terminal, the speaker goes on reading.
        let is_framed = matches!(self.keeper.home(), Home::Rehearsal(Some(_)));
        if let Some(blank) = self.presenter.blank.filter(|_| !is_framed) {
            canvas.set_style(canvas.area, blank_style(blank));
            return Painted { canvas, pictures: Vec::new() };
        }
        let overlay = self.presenter.overlay.clone();
        let offered = self.offered(overlays::room(stage.width)).filter(|_| overlay.is_none());
        let panel = self.panel(overlay.as_ref(), offered.as_deref(), stage);
        let covered = [
            panel.as_ref().map_or(Rect::ZERO, |(panel, place)| panel.place(*place)),
            places.notes.filter(|_| places.over).unwrap_or_default(),
        ];
        let mut painted = self
            .paint_closeup(covered)
            .unwrap_or_else(|| self.paint_slide(self.presenter.position, covered, !self.presenter.still));
        self.paint_beside(&places, covered, &mut painted);
        if let Some((panel, place)) = self.panel(overlay.as_ref(), offered.as_deref(), stage) {
            panel.render(place, &mut painted.canvas);
        }
        painted
    }

    /// Returns what lies over the slide, and where: an overlay in the middle, an offer below.
    pub(super) fn panel(
        &self,
        overlay: Option<&Overlay>,
        offered: Option<&[Line<'static>]>,
        stage: Rect,
    ) -> Option<(Panel<'_>, Rect)> {
        if let Some(overlay) = overlay {
            let slide = self.presenter.position.slide;
            let mut panel = overlays::panel(overlay, &self.slides, slide, stage.width);
            if let (Overlay::End { .. }, Some(run)) = (overlay, self.presenter.clock.run()) {
                let style = self.slides.theme.style(Role::Overlay);
                let sentence = Report::new(&[run], 0).sentence;
                let room = overlays::room(stage.width);
                let parts = wrap(&sentence, room).into_iter();
                panel.foot = parts.map(|part| Line::styled(sentence[part].to_owned(), style)).collect();
            }
            return Some((panel, stage));
        }
        let lines = offered?.to_vec();
        let height = (lines.len() as u16 + 2).min(stage.height);
        let place = Rect { y: stage.bottom() - height, height, ..stage };
        let theme = &self.slides.theme;
        Some((
            Panel { title: "before you begin", lines, selected: None, scroll: 0, foot: Vec::new(), theme },
            place,
        ))
    }

    /// Returns the notes of the slide that is shown, or that it has none.
    pub(super) fn notes(&self, columns: u16) -> Scene {
        self.slides.notes(self.presenter.position.slide, columns).unwrap_or_else(|| {
            let style = self.slides.theme.style(Role::OverlayDim);
            Scene::line(Line::styled("this slide has no notes", style))
        })
    }

    /// Returns the picture that is looked at closely, where there is one.
    fn paint_closeup(&mut self, covered: [Rect; 2]) -> Option<Painted> {
        let closeup = self.presenter.closeup?;
        let position = Position::at(self.presenter.position.slide);
        let (scene, words) = self.slides.closeup(position.slide, closeup)?;
        let words = Some(format!("{}×  {words}", closeup.zoom.level));
        Some(self.paint_talk(&Look { scene: &scene, position, words, covered, moving: false }))
    }

    /// Returns the slide at a position.
    fn paint_slide(&mut self, position: Position, covered: [Rect; 2], moving: bool) -> Painted {
        let scene = self.slides.scene(position.slide);
        self.paint_talk(&Look { scene: &scene, position, words: None, covered, moving })
    }

    /// Returns a scene with its row of chrome.
    fn paint_talk(&mut self, look: &Look<'_>) -> Painted {
        let mut painted = Painted { canvas: self.screen.canvas(), pictures: Vec::new() };
        let Places { stage, chrome, .. } = self.places(painted.canvas.area);
        match self.presenter.blank {
            Some(blank) => painted.canvas.set_style(stage, blank_style(blank)),
            None => self.paint_scene(look, stage, &mut painted),
        }
        if let Some(row) = chrome {
            self.paint_chrome(look, row, &mut painted.canvas);
        }
        painted
    }

    /// Paints a scene on its stage.
    pub(super) fn paint_scene(&mut self, look: &Look<'_>, stage: Rect, painted: &mut Painted) {
        let Painted { canvas, pictures } = painted;
        let pictures = RefCell::new(pictures);
        let is_out_of_sight = self.is_out_of_sight();
        // In a window of one row there is no chrome below the stage.
        let last_row = if self.screen.spares_last_row() {
            canvas.area.bottom().saturating_sub(1)
        } else {
            canvas.area.bottom()
        };
        let (slides, screen, motion) = (&self.slides, &self.screen, RefCell::new(&mut self.motion));
        let now = Instant::now();
        let show = |picture: &PictureItem, place: ImageArea| {
            let Some(print) = slides.print(look.scene, (picture, place), look.moving) else {
                return paint::PictureState::Waiting;
            };
            let frame = if look.moving { motion.borrow_mut().frame(&print, slides.form(), now) } else { 0 };
            match &print.image {
                Image::Mosaics(frames) => frames.get(frame).map_or(paint::PictureState::Waiting, |mosaic| {
                    paint::PictureState::Mosaic(Arc::clone(mosaic))
                }),
                // The terminal would show it over the panel.
                _ if is_out_of_sight
                    || place.visible.bottom() > last_row
                    || look.covered.iter().any(|covered| place.visible.intersects(*covered)) =>
                {
                    paint::PictureState::Waiting
                }
                Image::Encoded(plate) if !screen.supports(plate) => paint::PictureState::Waiting,
                Image::Encoded(_) | Image::Bitmap(_) => {
                    pictures.borrow_mut().push(Hanging { print, frame, place });
                    paint::PictureState::Above
                }
            }
        };
        let behind = slides.backdrop(look.scene);
        let backdrop = behind.as_deref().and_then(|print| match &print.image {
            Image::Bitmap(bitmap) => Some(bitmap),
            _ => None,
        });
        let view = SceneView {
            scene: look.scene,
            step: look.position.step,
            scroll: look.position.scroll,
            old_edge: look.position.old_edge,
            marks: true,
            theme: &slides.theme,
            backdrop,
            pictures: &show,
        };
        view.render(stage, canvas);
    }

    /// Returns the colours of the row of chrome: the slide's where it stands below the slide, but a console has notes there.
    fn chrome_theme<'a>(&'a self, scene: &'a Scene) -> &'a Theme {
        if self.link.is_some() { &self.slides.theme } else { scene.suited(&self.slides.theme) }
    }

    pub(super) fn paint_chrome(&mut self, look: &Look<'_>, row: Rect, canvas: &mut Buffer) {
        let face = self.face();
        let end = u64::from(look.scene.height.saturating_sub(u32::from(self.slides.stage.rows)));
        let typed = self.presenter.number().map(|digits| format!("go to {digits}▏"));
        let (number, short_number) = self.slides.numbered(look.position.slide);
        let message = typed.as_deref().or(self.message.as_deref());
        let theme = self.chrome_theme(look.scene);
        if let Some((face, ends)) = face.as_ref().filter(|_| self.presenter.shown == ClockVisibility::Line) {
            let hint = (face.phase == Phase::Armed).then(|| start_hint(row.width));
            let message = message.or(look.words.as_deref()).or(hint);
            let is_colored = self.capabilities.colors != ColorDepth::None;
            return ClockLine { face, ends, number: &number, message, theme, is_colored }.render(row, canvas);
        }
        let progress = self.slides.progress(look.position.slide);
        let status = Status {
            number: &number,
            short_number: &short_number,
            progress,
            title: look.words.as_deref().unwrap_or(&self.title),
            message,
            scrolled: (end > 0).then(|| (u64::from(look.position.scroll) * 100 / end) as u8),
            clock: face.map(|(face, _)| quiet(&face, progress.is_some())),
            theme,
        };
        status.render(row, canvas);
    }
}

/// Returns what starts the clock, in words that are not cut in a row of so many columns.
fn start_hint(columns: u16) -> &'static str {
    if columns < WHOLE_HINT { "a step or P starts it" } else { "a step or P starts it · ? for keys" }
}

/// Returns what of a clock is shown to everybody: a mark where there is a line to put it on, else the time.
fn quiet(face: &Face, has_line: bool) -> QuietClock {
    let elapsed = || QuietClock::Elapsed(shown_time(face.talk.0));
    face.time.filter(|_| has_line).map_or_else(elapsed, QuietClock::Mark)
}

pub(super) fn blank_style(blank: Blank) -> Style {
    match blank {
        Blank::Black => Style::new().fg(Color::Black).bg(Color::Rgb(0, 0, 0)),
        Blank::White => Style::new().fg(Color::White).bg(Color::Rgb(255, 255, 255)),
    }
}
