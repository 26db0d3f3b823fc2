//! The loop around a talk, and the owner of the terminal, the channel and the threads: it waits for events, has the
//! [`App`] say what to do, does it, and shows the view that comes of it.
//!
//! One channel, one wait, at most one drawing for all that has happened. No thread polls.

mod headless;
mod plain;
mod setup;

use std::collections::VecDeque;
use std::io::Write;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use super::command::{Command, End};
use super::event::Event;
use super::frames::FrameCache;
use super::outcome::Outcome;
use super::perform::World;
use super::state::App;
use super::update::{self, update};
use super::view::{PlacedImage, Shown, TalkView};
use super::viuer::ViuerImages;
use super::{clients, editor, opening, view};
use crate::common::Failure;
use crate::rehearsal::{Now, Run};
use crate::terminal::graphics::{ImageRenderer, PaneOrigin, Placement, Protocol};
use crate::terminal::tmux::{self, TmuxPane};
use crate::terminal::{Guard, InputReader, Screen, Signals, Window};
use crate::workers::Image;
pub use headless::{Headless, Leaving};
pub(crate) use plain::run_plain;
pub(crate) use setup::{follow, run};

/// A terminal that answers at all does so within this time, when nothing else is waited for.
const ANSWERS: Duration = Duration::from_millis(150);
/// Slides are laid out for this long between two looks at the keys.
const SURVEY: Duration = Duration::from_millis(8);

/// Has tmux report when another of its windows is shown, and no longer.
const FOCUS: &[u8] = b"\x1b[?1004h";
const NO_FOCUS: &[u8] = b"\x1b[?1004l";

/// What holds the terminal while the talk runs. The reader ends before the guard gives the terminal back.
struct Handles {
    reader: InputReader,
    signals: Signals,
    guard: Guard,
}

/// A talk and all that it has of the world.
pub(super) struct Runtime<W: Write> {
    app: App,
    screen: Screen<W>,
    frames: FrameCache,
    viuer: Option<ViuerImages>,
    world: World,
    events: Receiver<Event>,
    /// A test has none.
    handles: Option<Handles>,
    senses: Senses,
}

/// What the runtime asks the world for.
pub(super) struct Senses {
    /// What time it is.
    pub(super) clock: Box<dyn Fn() -> Now>,
    /// How large the window is.
    pub(super) window: Box<dyn Fn() -> Window>,
}

impl<W: Write> Runtime<W> {
    /// The loop: until the speaker leaves, or a signal ends the program.
    fn present(&mut self) -> Result<End, Failure> {
        self.begin()?;
        loop {
            let mut events: VecDeque<Event> = self.events.try_iter().collect();
            if events.is_empty() {
                self.rest()?;
                events.extend(self.wait()?);
                events.extend(self.events.try_iter());
            }
            if let Some(end) = self.turn(events)? {
                return Ok(end);
            }
        }
    }

    /// Shows the first frame, with our questions to the terminal after it. viuer asks its own ones before them: it would
    /// take our answers for its.
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        if self.viuer.is_some() {
            self.draw()?;
        }
        if let Some(viuer) = &self.viuer {
            viuer.ask(self.handles.as_ref().map(|handles| &handles.reader));
        }
        let mut events = VecDeque::new();
        for command in opening::start(&mut self.app, (self.senses.clock)()) {
            match command {
                Command::Draw => self.draw()?,
                command => events.extend(self.perform(command)?),
            }
        }
        self.turn(events).map(drop)
    }

    /// Does what events ask for, those first that come of it, and draws at most once. Returns the end, where it has come.
    pub(super) fn turn(&mut self, mut events: VecDeque<Event>) -> Result<Option<End>, Failure> {
        let mut draws = false;
        while let Some(event) = events.pop_front() {
            if let Event::Resized(window) = &event {
                self.resize(*window);
            }
            let mut end = None;
            for command in update(&mut self.app, event, (self.senses.clock)()) {
                match command {
                    Command::Draw => draws = true,
                    Command::Quit(how) => end = Some(how),
                    command => {
                        for more in self.perform(command)?.into_iter().rev() {
                            events.push_front(more);
                        }
                    }
                }
            }
            if end.is_some() {
                return Ok(end);
            }
        }
        if draws {
            self.draw()?;
        }
        for command in clients::publish(&mut self.app, (self.senses.clock)()) {
            self.perform(command)?;
        }
        Ok(None)
    }

    /// Prepares and plans what the next keys may ask for.
    pub(super) fn rest(&mut self) -> Result<(), Failure> {
        for command in self.app.prepare() {
            self.perform(command)?;
        }
        let (frames, screen) = (&self.frames, &self.screen);
        if let Some((key, view)) =
            view::ahead(&self.app, |key| frames.has(key, screen), (self.senses.clock)())
        {
            let frame = screen.plan(view.canvas, placements(&view.pictures));
            self.frames.put(key, frame);
        }
        Ok(())
    }

    /// Waits for something to happen; sends the terminal what it will need meanwhile.
    fn wait(&mut self) -> Result<Option<Event>, Failure> {
        while self.screen.send_ahead().map_err(Failure::terminal)? {
            match self.events.try_recv() {
                Ok(event) => return Ok(Some(event)),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => return Ok(Some(Event::Closed)),
            }
        }
        let end = Instant::now() + SURVEY;
        if self.app.survey() {
            while Instant::now() < end && self.app.survey() {}
            return Ok(Some(Event::Surveyed));
        }
        let Some(deadline) = self.app.deadline() else {
            return Ok(Some(self.events.recv().unwrap_or(Event::Closed)));
        };
        let left = deadline.saturating_sub((self.senses.clock)().awake);
        Ok(Some(match self.events.recv_timeout(left) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => Event::Alarm,
            Err(RecvTimeoutError::Disconnected) => Event::Closed,
        }))
    }

    /// Shows the talk as it is now.
    fn draw(&mut self) -> Result<(), Failure> {
        let now = (self.senses.clock)();
        self.app.settle();
        let planned = view::bare(&self.app).and_then(|key| self.frames.take(key, &self.screen));
        if let Some(frame) = planned {
            self.screen.send(frame).map_err(Failure::terminal)?;
            update::shown(&mut self.app, &Shown { films_begin: true, ..Shown::default() }, now);
            return Ok(());
        }
        let TalkView { canvas, mut pictures, shown } = view::current(&mut self.app, now);
        let Some(viuer) = &mut self.viuer else {
            let frame = self.screen.plan(canvas, placements(&pictures));
            self.screen.send(frame).map_err(Failure::terminal)?;
            update::shown(&mut self.app, &shown, now);
            return Ok(());
        };
        // viuer draws a picture whole or not at all.
        pictures.retain(|picture| u32::from(picture.place.visible.height) == picture.place.area.height);
        let has_all = viuer.make_room(&pictures, &mut self.screen);
        self.screen.send(self.screen.plan(canvas, Vec::new())).map_err(Failure::terminal)?;
        update::shown(&mut self.app, &shown, now);
        if !has_all {
            let reader = self.handles.as_ref().map(|handles| &handles.reader);
            for failure in viuer.show(pictures, reader) {
                self.app.status.say(failure);
            }
        }
        Ok(())
    }

    /// Does one thing that a talk asks for; returns what happens at once because of it.
    fn perform(&mut self, command: Command) -> Result<Vec<Event>, Failure> {
        match command {
            Command::Draw | Command::Quit(_) => {}
            Command::Write(bytes) => self.screen.write_raw(&bytes),
            Command::Repaint => {
                self.forget_pictures();
                return Ok(vec![Event::Returned(self.resize((self.senses.window)()))]);
            }
            Command::Retake => {
                if let Some(Handles { guard, .. }) = &self.handles {
                    guard.enter().map_err(Failure::terminal)?;
                }
                self.forget_pictures();
                return Ok(vec![Event::Returned(self.resize((self.senses.window)()))]);
            }
            Command::ShowPictures { protocol, in_tmux } => self.show_pictures(protocol, in_tmux),
            Command::SendAhead(pictures) => {
                for picture in &pictures {
                    self.screen.will_need(picture);
                }
            }
            Command::MovePane(pane) => self.move_pane(pane),
            Command::Suspend => return self.suspend(),
            Command::Edit(line) => return self.edit(line),
            command => return Ok(self.world.perform(command)),
        }
        Ok(Vec::new())
    }

    /// Repaints everything in a window of this size with the next frame; returns the window.
    fn resize(&mut self, window: Window) -> Window {
        self.screen.resize(Size::new(window.columns, window.rows));
        if let Some(viuer) = &mut self.viuer {
            viuer.forget();
        }
        window
    }

    fn suspend(&mut self) -> Result<Vec<Event>, Failure> {
        self.leave_pictures()?;
        let Some(Handles { guard, signals, reader }) = &self.handles else { return Ok(Vec::new()) };
        reader.pause();
        let stopped = signals.suspend(guard);
        reader.resume();
        self.forget_pictures();
        let repaints = stopped.map_err(Failure::terminal)?;
        Ok(if repaints { vec![Event::Returned(self.resize((self.senses.window)()))] } else { Vec::new() })
    }

    /// Lends the terminal to the author's editor.
    fn edit(&mut self, line: usize) -> Result<Vec<Event>, Failure> {
        let mut command = match editor::command(self.app.follower.place(), line) {
            Ok(command) => command,
            Err(reason) => return Ok(vec![Event::Message(reason)]),
        };
        self.leave_pictures()?;
        let Some(Handles { guard, signals, reader }) = &self.handles else { return Ok(Vec::new()) };
        reader.pause();
        let ended = signals.lend(guard, &mut command);
        reader.resume();
        let ended = ended.map_err(Failure::terminal)?;
        // The terminal is not ours any more where the program was asked to end meanwhile.
        if signals.is_ending() {
            return Ok(Vec::new());
        }
        self.forget_pictures();
        let window = self.resize((self.senses.window)());
        let trouble = editor::trouble(&command.get_program().to_string_lossy(), &ended);
        Ok(vec![Event::Edited(window, trouble)])
    }

    /// Shows pictures by a protocol from the next frame on.
    fn show_pictures(&mut self, protocol: Protocol, in_tmux: bool) {
        self.screen
            .set_renderer(ImageRenderer::new(protocol, in_tmux.then_some(PaneOrigin { top: 0, left: 0 })));
        self.set_farewell();
        if in_tmux {
            self.screen.write_raw(FOCUS);
            self.world.perform(Command::FindPane);
        }
    }

    /// Shows pictures where our pane is now; none while another window of tmux is shown.
    fn move_pane(&mut self, place: TmuxPane) {
        if let Some(renderer) = self.screen.renderer() {
            let bytes = renderer.delete_outside();
            if !place.visible && !bytes.is_empty() {
                let write = move || tmux::write_outside(&bytes);
                drop(std::thread::Builder::new().name("tmux".into()).spawn(write));
            }
            renderer.set_pane(Some(place.origin));
            // What was sent while another window was shown is lost.
            renderer.forget();
        }
        // What was in the other place is painted over by tmux.
        self.screen.forget();
    }

    /// Forgets what the terminal had of pictures: another program had it meanwhile.
    fn forget_pictures(&mut self) {
        if let Some(renderer) = self.screen.renderer() {
            renderer.forget();
        }
        self.set_farewell();
        if self.app.terminal.needs_pane() {
            self.screen.write_raw(FOCUS);
            self.world.perform(Command::FindPane);
        }
    }

    /// Takes the pictures down before the terminal is given back.
    fn leave_pictures(&mut self) -> Result<(), Failure> {
        self.screen.remove_pictures().map_err(Failure::terminal)?;
        if let Some(Handles { guard, .. }) = &self.handles {
            // What a panic would write might take down the pictures of another pane of tmux.
            let is_in_pane = self.app.terminal.needs_pane();
            guard.set_farewell(if is_in_pane { NO_FOCUS.to_vec() } else { Vec::new() });
        }
        Ok(())
    }

    /// Sets what takes the pictures down when the terminal is given back in a hurry.
    fn set_farewell(&mut self) {
        let last = if self.app.terminal.needs_pane() { NO_FOCUS } else { b"" };
        if let (Some(renderer), Some(Handles { guard, .. })) = (self.screen.renderer(), &self.handles) {
            guard.set_farewell([&renderer.farewell(), last].concat());
        }
    }

    /// Lets the answers to a question of just now come in: later they would be typed into the shell.
    fn hear_out(&mut self) {
        while let Some(asked) = self.app.terminal.unanswered() {
            let left = (asked + ANSWERS).saturating_sub((self.senses.clock)().awake);
            match self.events.recv_timeout(left) {
                Ok(event @ Event::Answer(_)) => drop(update(&mut self.app, event, (self.senses.clock)())),
                Ok(Event::Closed | Event::Signal(_)) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// Ends the record and sends the clients away; returns how the talk ended, and the runs that are kept besides.
    fn close(mut self) -> (Outcome, Vec<Run>) {
        let (mut outcome, lines) = Outcome::of(&mut self.app, (self.senses.clock)());
        for line in lines {
            self.world.perform(line);
        }
        outcome.set_failure(self.world.finish());
        let others = if outcome.has_report() { self.world.runs() } else { Vec::new() };
        (outcome, others)
    }
}

/// Returns the pictures that are part of a frame.
fn placements(pictures: &[PlacedImage]) -> Vec<Placement> {
    let placement = |picture: &PlacedImage| match &picture.print.image {
        Image::Encoded(plate) => Some(Placement {
            image: Arc::clone(plate),
            frame: picture.frame,
            area: picture.place.visible,
            top: picture.place.first_row,
            rows: picture.place.area.height,
        }),
        Image::Mosaics(_) | Image::Bitmap(_) => None,
    };
    pictures.iter().filter_map(placement).collect()
}
