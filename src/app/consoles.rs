//! The talk's side of what it is joined to: it does what consoles and programs ask for, and tells them how it stands. What a
//! console makes of that is next door; how lines are carried is not known here.

use std::time::Instant;

use super::Lectern;
use crate::app::event::Event;
use crate::disk;
use crate::present::{Action, Context, Effect, Overlay, Position, Viewers};
use crate::protocol::{Hello, Line, Request, Script, Spot, Stage, State, VERSION};
use crate::socket::{GuestId, Host, News};

/// What is joined to a talk.
#[derive(Default)]
pub(super) struct Consoles {
    host: Option<Host>,
    /// Why nothing can join.
    failure: Option<String>,
    /// What was told last, and when.
    told: Option<(State, Instant)>,
    /// Whether the deck has changed since it was told.
    is_deck_new: bool,
    /// Who waits for an answer, and whether that needs the plan.
    waiting: Vec<(GuestId, bool)>,
    /// Whether there has ever been a console.
    pub(super) have_been: bool,
}

impl Consoles {
    /// Takes note that the deck is another one now.
    pub(super) fn renew_deck(&mut self) {
        self.is_deck_new = true;
    }

    /// Lets nobody join any more, and takes the socket away.
    pub(super) fn close(&mut self) {
        self.host = None;
    }

    /// Returns why no console could join, where that is so.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }
}

impl Lectern {
    /// Lets consoles and programs join from now on.
    pub(super) fn let_join(&mut self) {
        if self.options.no_console || self.link.is_some() {
            return;
        }
        let sender = self.sender.clone();
        let hello = Hello {
            protocol: VERSION,
            lutrin: env!("CARGO_PKG_VERSION").to_owned(),
            process: std::process::id(),
            deck: self.place.full(),
            title: self.title.clone(),
            rehearses: self.keeper.rehearses(),
        };
        match Host::open(&self.place.stem(), hello, move |news| drop(sender.send(Event::Guest(news)))) {
            Ok(host) => self.consoles.host = Some(host),
            // Nobody is told before the end: the audience would read it.
            Err(why) => self.consoles.failure = Some(why.to_string()),
        }
    }

    /// Does what comes from whoever is joined.
    pub(super) fn attend(&mut self, news: &News) -> Effect {
        match news {
            News::Asked(guest, request) => self.meet(*guest, request),
            News::Followers(count) => self.take_followers(*count),
            News::Refused(why) => {
                self.tell(why);
                Effect::Nothing
            }
        }
    }

    fn meet(&mut self, guest: GuestId, request: &Request) -> Effect {
        let needs_plan = matches!(request, Request::Status);
        self.consoles.waiting.push((guest, needs_plan));
        if needs_plan {
            self.plan_for_others();
        }
        let now = self.keeper.now();
        match request {
            Request::Follow => {
                self.welcome(guest);
                Effect::Nothing
            }
            Request::Status => Effect::Nothing,
            Request::Act(action) => self.act(*action),
            Request::Go(to) => {
                self.prepare_to_act();
                let context =
                    self.slides.context(&self.presenter, self.presenter.position.slide, &self.extent);
                self.presenter.go_from_afar(to, &context, now)
            }
            Request::End(choice) => {
                let context =
                    self.slides.context(&self.presenter, self.presenter.position.slide, &self.extent);
                self.presenter.end_from_afar(*choice, &context, now)
            }
        }
    }

    fn act(&mut self, action: Action) -> Effect {
        self.prepare_to_act();
        let now = self.keeper.now();
        let context = self.slides.context(&self.presenter, self.presenter.position.slide, &self.extent);
        self.presenter.apply_from_afar(action, &context, now)
    }

    /// Makes ready for what a key would be ready for.
    fn prepare_to_act(&mut self) {
        self.take_plan(true);
        self.message = None;
        self.settle();
    }

    /// Tells a new follower everything.
    fn welcome(&mut self, guest: GuestId) {
        let deck = Line::Deck(self.script());
        if let Some(host) = &self.consoles.host {
            host.follow(guest);
            host.send(guest, deck);
        }
    }

    fn script(&self) -> Script {
        let options = &self.options;
        Script {
            path: self.place.full(),
            root: options.root.as_deref().map(disk::full),
            separator: options.separator.clone(),
            vertical_separator: options.vertical_separator.clone(),
            notes_separator: options.notes_separator.clone(),
            text: self.slides.deck.text.to_string(),
        }
    }

    /// Takes note of how many consoles there are. With the first one this screen becomes the audience's.
    fn take_followers(&mut self, count: usize) -> Effect {
        let had_notes = self.presenter.notes.is_some();
        self.presenter.set_followed(count > 0);
        if count > 0 {
            self.consoles.have_been = true;
            self.plan_for_others();
        }
        if had_notes != self.presenter.notes.is_some() {
            self.restage_now();
        }
        Effect::Draw
    }

    /// Finds out what the plan is made from, for somebody who does not look at this screen.
    fn plan_for_others(&mut self) {
        if self.presenter.clock.agenda().entries.is_empty() {
            self.find_plan();
        }
    }

    /// Tells the consoles something that the speaker should know. On a screen that is the audience's it is said to nobody
    /// else.
    fn tell(&mut self, words: &str) {
        if let Some(host) = &self.consoles.host {
            host.tell(Line::Told(words.to_owned()));
        }
    }

    /// Takes what should be said to the speaker to where the speaker reads it.
    pub(super) fn pass_message_on(&mut self) {
        if self.presenter.viewers == Viewers::Audience
            && let Some(message) = self.message.take()
        {
            self.tell(&message);
        }
    }

    /// Says why an action did nothing: to whoever asked for it.
    pub(super) fn say(&mut self, event: &Event, words: &str) {
        match (event, &self.consoles.host) {
            (Event::Guest(News::Asked(guest, _)), Some(host)) => {
                host.send(*guest, Line::Told(words.to_owned()));
            }
            _ => self.message = Some(words.to_owned()),
        }
    }

    /// Tells whoever follows the talk what has changed, and whoever has asked how it stands.
    pub(super) fn tell_consoles(&mut self) {
        let Some(host) = &self.consoles.host else { return };
        if self.consoles.waiting.is_empty() && host.followers() == 0 {
            return;
        }
        let (state, now) = (self.state(), Instant::now());
        let is_known = self.consoles.told.as_ref().is_some_and(|(told, at)| {
            let clock = told.clock.later(now.saturating_duration_since(*at));
            State { clock, ..told.clone() }.is_like(&state)
        });
        let is_deck_new = std::mem::take(&mut self.consoles.is_deck_new);
        let deck = is_deck_new.then(|| Line::Deck(self.script()));
        let is_planning = self.keeper.is_preparing();
        let Some(host) = &self.consoles.host else { return };
        if let Some(deck) = deck {
            host.tell(deck);
        }
        let line = Line::State(Box::new(state.clone()));
        if !is_known || is_deck_new {
            host.tell(line.clone());
            self.consoles.told = Some((state, now));
        }
        self.consoles.waiting.retain(|(guest, needs_plan)| {
            let must_wait = *needs_plan && is_planning;
            if !must_wait {
                host.answer(*guest, line.clone());
            }
            must_wait
        });
    }

    /// Returns how the talk stands.
    fn state(&mut self) -> State {
        self.settle();
        let now = self.keeper.now();
        let position = self.presenter.position;
        let (column, row) = self.slides.deck.address(position.slide);
        State {
            at: spot(position, self.extent.end()),
            next: self.next_spot(),
            slides: self.slides.count(),
            number: if self.slides.deck.has_stacks() {
                format!("{column}.{row}")
            } else {
                self.slides.deck.number(position.slide).to_string()
            },
            title: self.slides.title(position.slide),
            steps: self.extent.steps,
            blank: self.presenter.blank,
            closeup: self.presenter.closeup,
            still: self.presenter.still,
            theme: self.slides.theme.name.clone(),
            has_ended: matches!(self.presenter.overlay, Some(Overlay::End { .. })),
            stage: Stage {
                columns: self.slides.stage.columns,
                rows: self.slides.stage.rows,
                cell_width: self.slides.stage.cell.width,
                cell_height: self.slides.stage.cell.height,
            },
            clock: self.presenter.clock.reading(now),
        }
    }

    /// Returns what the next step shows; none at the end.
    pub(super) fn next_spot(&self) -> Option<Spot> {
        let position = self.presenter.position;
        if self.presenter.blank.is_some() || self.presenter.closeup.is_some() {
            return Some(spot(position, self.extent.end()));
        }
        let next = self.presenter.following(&Context::new(&self.slides.deck, self.extent.clone()));
        let last_row = if next.slide == position.slide { self.extent.end() } else { 0 };
        (next != position).then(|| spot(next, last_row))
    }
}

fn spot(position: Position, last_row: u32) -> Spot {
    Spot { slide: position.slide + 1, step: position.step, row: position.scroll, last_row }
}
