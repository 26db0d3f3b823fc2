//! What the terminal tells of itself, and what the talk makes of it: its colours, its cells, its way of showing pictures.
//! Nothing waits for an answer.

use std::io;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use super::Lectern;
use crate::app::event::Event;
use crate::cli::Pictures;
use crate::color::Rgb;
use crate::present::Effect;
use crate::terminal::graphics::{ImageRenderer, PaneOrigin, Protocol};
use crate::terminal::tmux::{self, TmuxPane};
use crate::terminal::{Answer, Capabilities, Guard, Multiplexer, Window};
use crate::theme::Theme;
use crate::workers::PrintForm;

/// A terminal that answers at all does so within this time, when somebody waits for nothing else.
const HEARING: Duration = Duration::from_millis(150);

/// Has tmux tell when another of its windows is shown, and no longer.
const FOCUS: &[u8] = b"\x1b[?1004h";
const NO_FOCUS: &[u8] = b"\x1b[?1004l";
/// As long as tmux has not said where our pane is.
const NOWHERE: TmuxPane = TmuxPane { origin: PaneOrigin { top: 0, left: 0 }, visible: false };

impl Lectern {
    /// Asks the terminal what it is, behind the first frame.
    pub(super) fn ask(&mut self) {
        let queries = self.survey.queries();
        self.screen.write_raw(&queries);
        self.asked = (!queries.is_empty()).then(Instant::now);
    }

    /// Lets the answers to a question of just now come in: later they would be typed into the shell.
    pub(super) fn hear_out(&mut self, events: &Receiver<Event>) {
        let Some(end) = self.asked.map(|asked| asked + HEARING) else { return };
        while !self.survey.is_over()
            && let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            match event {
                Event::Answer(answer) => drop(self.survey.on_answer(&answer)),
                Event::Closed | Event::Signal(_) => return,
                _ => {}
            }
        }
    }

    /// Takes notice of an answer.
    pub(super) fn hear(&mut self, answer: &Answer, guard: &Guard) -> Effect {
        let is_news = self.survey.on_answer(answer);
        let mut effect = Effect::Nothing;
        if let Answer::Background(red, green, blue) = *answer {
            effect = self.suit(Rgb(red, green, blue));
        }
        if !is_news {
            return effect;
        }
        let stage = self.stage(Window::current());
        let before = self.slides.generation();
        if stage.columns == self.slides.stage.columns && stage.rows == self.slides.stage.rows {
            self.slides.set_stage(stage);
        }
        self.choose_form(guard);
        if self.slides.generation() == before { effect } else { Effect::Draw }
    }

    /// Returns until when a picture waits for the terminal to say how it can be shown.
    pub(super) fn patience(&self) -> Option<Instant> {
        let waits = self.slides.form().is_none() && self.pictures != Pictures::None;
        self.asked.filter(|_| waits).map(|asked| asked + self.survey.patience())
    }

    /// Decides what pictures are printed as, by all that is known; nothing yet, while an answer may still matter.
    pub(super) fn choose_form(&mut self, guard: &Guard) {
        let graphics = self.survey.graphics();
        let is_patient = self.patience().is_some_and(|end| Instant::now() < end) || self.asked.is_none();
        let protocol = match self.pictures {
            Pictures::None => return,
            Pictures::Viuer if self.gallery.is_used() => {
                return self.slides.set_form(Some(PrintForm::Bitmap));
            }
            Pictures::Blocks | Pictures::Viuer => None,
            Pictures::Sixel => Some(Protocol::Sixel),
            Pictures::Iterm2 => Some(Protocol::Iterm2),
            Pictures::Auto | Pictures::Kitty if graphics.undecided && is_patient => return,
            Pictures::Auto => graphics.protocol,
            Pictures::Kitty => Some(match graphics.protocol {
                Some(kitty @ Protocol::Kitty { .. }) => kitty,
                _ => Protocol::Kitty { local: false },
            }),
        };
        let letters = PrintForm::Mosaic(self.slides.glyphs());
        self.slides.set_form(Some(protocol.map_or(letters, PrintForm::Encoded)));
        self.slides.set_most_sixels(self.survey.most_sixels());
        let known = self.screen.renderer().map(|renderer| renderer.protocol());
        let Some(protocol) = protocol.filter(|&protocol| Some(protocol) != known) else { return };
        let in_tmux = self.survey.multiplexer() == Some(Multiplexer::Tmux);
        self.screen.set_renderer(ImageRenderer::new(protocol, in_tmux.then_some(NOWHERE.origin)));
        self.place_in_tmux = in_tmux.then_some(NOWHERE);
        self.set_farewell(guard);
        if in_tmux {
            self.screen.write_raw(FOCUS);
            self.ask_tmux();
        }
    }

    /// Whether pictures would stand where our pane is not.
    pub(super) fn is_out_of_sight(&self) -> bool {
        self.place_in_tmux.is_some_and(|place| !place.visible)
    }

    /// Takes nothing for granted that the terminal had of pictures: another program had it meanwhile.
    pub(super) fn forget_pictures(&mut self, guard: &Guard) {
        if let Some(renderer) = self.screen.renderer() {
            renderer.forget();
        }
        self.set_farewell(guard);
        if self.place_in_tmux.is_some() {
            self.screen.write_raw(FOCUS);
            self.ask_tmux();
        }
    }

    /// Takes the pictures down before the terminal is given back.
    pub(super) fn leave_pictures(&mut self, guard: &Guard) -> io::Result<()> {
        self.screen.remove_pictures()?;
        // What a panic would say might take down those of another pane of tmux.
        guard.set_farewell(if self.place_in_tmux.is_some() { NO_FOCUS.to_vec() } else { Vec::new() });
        Ok(())
    }

    fn set_farewell(&mut self, guard: &Guard) {
        let last = if self.place_in_tmux.is_some() { NO_FOCUS } else { b"" };
        if let Some(renderer) = self.screen.renderer() {
            guard.set_farewell([&renderer.farewell(), last].concat());
        }
    }

    /// Shows no pictures until tmux has said where our pane is now: in the old place they would stay.
    pub(super) fn lose_place(&mut self) {
        if let Some(place) = &mut self.place_in_tmux {
            place.visible = false;
        }
        self.ask_tmux();
    }

    /// Asks tmux where our pane is; pictures are sent past it, to the terminal around it. It takes tmux longer than a
    /// key may wait, so a thread does it.
    pub(super) fn ask_tmux(&self) {
        if self.place_in_tmux.is_none() {
            return;
        }
        let sender = self.sender.clone();
        let ask = move || drop(sender.send(Event::Pane(TmuxPane::find())));
        // Without a thread pictures stay where they are.
        drop(thread::Builder::new().name("tmux".into()).spawn(ask));
    }

    /// Puts pictures where our pane is now; none while another window of tmux is shown.
    pub(super) fn settle_in(&mut self, place: Option<TmuxPane>) -> Effect {
        let place = place.unwrap_or(NOWHERE);
        if self.place_in_tmux == Some(place) {
            return Effect::Nothing;
        }
        self.place_in_tmux = Some(place);
        if let Some(renderer) = self.screen.renderer() {
            let bytes = renderer.delete_outside();
            if !place.visible && !bytes.is_empty() {
                let write = move || tmux::write_outside(&bytes);
                drop(thread::Builder::new().name("tmux".into()).spawn(write));
            }
            renderer.set_pane(Some(place.origin));
            // What was sent while another window was shown is lost.
            renderer.forget();
        }
        // What stood in the other place is painted over by tmux.
        self.screen.forget();
        Effect::Draw
    }

    /// Takes the theme that goes with the terminal's background, unless the speaker has chosen one.
    fn suit(&mut self, background: Rgb) -> Effect {
        self.slides.set_ground(background);
        let suited = Theme::suited_to(background);
        if self.theme_is_chosen || suited == self.slides.theme {
            return Effect::Nothing;
        }
        self.slides.set_theme(suited);
        Effect::Draw
    }
}

/// Returns how pictures are shown: as the speaker says, else none without colours, else as well as can be.
pub(super) fn pictures(wish: Option<Pictures>, capabilities: Capabilities) -> Pictures {
    let colorless = capabilities.colors == crate::terminal::ColorDepth::None;
    wish.unwrap_or(if colorless { Pictures::None } else { Pictures::Auto })
}
