//! What only the speaker sees: this slide and what comes next, each in a pane, and the notes. A console is made of them; in a
//! rehearsal they stand beside the slide. Where they stand is decided elsewhere.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Lectern;
use super::draw::{Look, Painted, blank_style};
use super::places::Places;
use crate::app::slides::Slides;
use crate::layout::Stage;
use crate::paint::{BigClock, NotesView, Pane, Tone};
use crate::present::{Blank, ClockVisibility, Position};
use crate::protocol::{Spot, State};
use crate::text::sanitize;
use crate::theme::Role;

/// What is said as long as the talk is gone.
const LOST: &str = "the talk is gone; waiting for it";

impl Lectern {
    /// Returns the console as it looks now.
    pub(super) fn paint_console(&mut self) -> Painted {
        let mut painted = Painted { canvas: self.screen.canvas(), pictures: Vec::new() };
        let window = painted.canvas.area;
        let places = self.places(window);
        painted.canvas.set_style(window, self.slides.theme.stage());
        let overlay = self.presenter.overlay.clone();
        let room = Rect { height: places.chrome.map_or(window.bottom(), |row| row.y) - window.y, ..window };
        let cover = self.panel(overlay.as_ref(), None, room).map(|(panel, place)| panel.place(place));
        let covered = [cover.unwrap_or_default(), Rect::ZERO];
        if let Some(pane) = places.this {
            self.paint_this(pane, &places, covered, &mut painted);
        }
        self.paint_beside(&places, covered, &mut painted);
        if let Some(row) = places.chrome {
            let position = self.presenter.position;
            let scene = self.slides.scene(position.slide);
            let look = Look { scene: &scene, position, words: self.trouble(), covered, moving: false };
            self.paint_chrome(&look, row, &mut painted.canvas);
        }
        if let Some((panel, place)) = self.panel(overlay.as_ref(), None, room) {
            panel.render(place, &mut painted.canvas);
        }
        painted
    }

    /// Returns what is wrong with the way to the talk.
    fn trouble(&self) -> Option<String> {
        self.link.as_ref().filter(|link| link.is_lost()).map(|_| LOST.to_owned())
    }

    /// Paints what the audience sees.
    fn paint_this(&mut self, pane: Rect, places: &Places, covered: [Rect; 2], painted: &mut Painted) {
        let Some(state) = self.link.as_ref().map(|link| link.state().clone()) else { return };
        let title = match &*self.slides.numbered(self.presenter.position.slide).0 {
            "" => "now".to_owned(),
            number => format!("now · {number}"),
        };
        let pane_widget = Pane {
            title: &title,
            aside: &told(&state),
            foot: "",
            tone: Tone::Now,
            theme: &self.slides.theme,
        };
        pane_widget.render(pane, &mut painted.canvas);
        if let Some(blank) = self.presenter.blank {
            painted.canvas.set_style(Pane::inner(pane), blank_style(blank));
            return;
        }
        let slide = self.presenter.position.slide;
        let closeup = self.presenter.closeup.and_then(|closeup| self.slides.closeup(slide, closeup));
        let (scene, position) = match closeup {
            Some((scene, _)) => (scene.into(), Position::at(slide)),
            None => (self.slides.scene(slide), self.presenter.position),
        };
        let look = Look { scene: &scene, position, words: None, covered, moving: false };
        self.paint_in(pane, &look, places.stage, painted);
    }

    /// Paints a scene in its pane, which may be a little larger than its stage.
    fn paint_in(&mut self, pane: Rect, look: &Look<'_>, stage: Rect, painted: &mut Painted) {
        painted.canvas.set_style(Pane::inner(pane), look.scene.suited(&self.slides.theme).stage());
        self.paint_scene(look, stage, painted);
    }

    /// Paints what comes next, and the notes.
    pub(super) fn paint_beside(&mut self, places: &Places, covered: [Rect; 2], painted: &mut Painted) {
        if let Some(pane) = places.next {
            self.paint_next(pane, places.next_stage, covered, painted);
        }
        let Some((scroll, place)) = self.presenter.notes.zip(places.notes) else { return };
        if let Some(dial) = places.dial {
            self.paint_dial(dial, painted);
        }
        let has_wall = self.presenter.shown == ClockVisibility::Line && places.dial.is_none();
        let wall = if has_wall { self.keeper.wall() } else { String::new() };
        let notes = self.notes(place.width);
        let theme = &self.slides.theme;
        let is_alone = self.link.is_some() && places.next.is_none();
        let title = if is_alone { self.notes_and_next() } else { "notes".to_owned() };
        NotesView { scene: &notes, scroll, title: &title, aside: &wall, theme }
            .render(place, &mut painted.canvas);
    }

    /// Returns what the notes are called where what comes next is told by its name only.
    fn notes_and_next(&self) -> String {
        match self.coming() {
            Some(next) if next.slide != self.presenter.position.slide + 1 => {
                format!("notes · next: {}", sanitize(&self.slides.title(next.slide.saturating_sub(1))))
            }
            Some(_) => "notes".to_owned(),
            None => "notes · next: the end".to_owned(),
        }
    }

    /// Returns what the next step shows; none at the end.
    fn coming(&self) -> Option<Spot> {
        match &self.link {
            Some(link) => link.state().next,
            None => self.next_spot(),
        }
    }

    /// Returns what is said of what comes next.
    fn told_of(&self, next: Spot) -> String {
        let at = self.presenter.position;
        if next.slide != at.slide + 1 {
            return self.slides.numbered(next.slide.saturating_sub(1)).0;
        }
        let is_covered = self.presenter.blank.is_some() || self.presenter.closeup.is_some();
        if is_covered {
            "this slide again".to_owned()
        } else if next.step != at.step {
            format!("step {} of {}", next.step, self.extent.steps)
        } else {
            "the rest of this slide".to_owned()
        }
    }

    /// Paints the large clock.
    fn paint_dial(&mut self, place: Rect, painted: &mut Painted) {
        let Some((face, ends)) = self.face() else { return };
        let wall = self.keeper.wall();
        let basic_glyphs = self.slides.stage.basic_glyphs;
        let dial =
            BigClock { face: &face, ends: &ends, wall: &wall, basic_glyphs, theme: &self.slides.theme };
        dial.render(place, &mut painted.canvas);
    }

    fn paint_next(&mut self, pane: Rect, place: Rect, covered: [Rect; 2], painted: &mut Painted) {
        let next = self.coming();
        let aside = next.map(|next| self.told_of(next)).unwrap_or_default();
        let widget =
            Pane { title: "next", aside: &aside, foot: "", tone: Tone::Later, theme: &self.slides.theme };
        widget.render(pane, &mut painted.canvas);
        let Some(next) = next else {
            let style = self.slides.theme.style(Role::Chrome);
            let inner = Pane::inner(pane);
            let y = inner.y + inner.height / 2;
            let words = Line::styled("the end", style).centered();
            words.render(Rect { y, height: inner.height.min(1), ..inner }, &mut painted.canvas);
            return;
        };
        let stage = Stage { columns: place.width, rows: place.height, ..self.slides.stage };
        let position = self.slides.position(next);
        let scene = self.slides.scene_beside(position.slide, stage);
        let extent = Slides::extent_on(stage, &scene, next.step);
        let position = position.settled(&extent).mirrored(next.scrolled(), &extent);
        let look = Look { scene: &scene, position, words: None, covered, moving: false };
        self.paint_in(pane, &look, place, painted);
    }
}

/// Returns what is said of what the audience sees, besides the slide itself.
fn told(state: &State) -> String {
    let blank = state.blank.map(|blank| match blank {
        Blank::Black => "black".to_owned(),
        Blank::White => "white".to_owned(),
    });
    let closeup = state.closeup.map(|closeup| format!("zoomed {}×", closeup.zoom.level));
    let steps = (state.steps > 0).then(|| format!("step {} of {}", state.at.step, state.steps));
    let row = u64::from(state.at.row) * 100;
    let scrolled = row.checked_div(u64::from(state.at.last_row)).map(|hundredths| format!("{hundredths} %"));
    [blank, closeup, steps, scrolled].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
