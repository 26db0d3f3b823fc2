//! Does what a talk asks for of files, sockets, threads and other programs: the one place of the talk that touches them.
//! The terminal is the [`runtime`](super::runtime)'s own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;

use super::command::Command;
use super::connection::{Connection, RequestSender};
use super::event::Event;
use super::plan_search::PlanSearch;
use crate::common::{Failure, read};
use crate::disk::{DeckSource, Recorder, Records, Watch, WatchEvent};
use crate::protocol::Hello;
use crate::rehearsal::Run;
use crate::socket::Server;
use crate::terminal::tmux;

/// What a talk has of the world besides its terminal.
pub(super) struct World {
    /// Where the deck comes from.
    place: DeckSource,
    /// Where runs are kept, unless none is.
    records: Option<Records>,
    recorder: Option<Recorder>,
    watch: Option<Watch>,
    host: Option<Server>,
    /// The way to the talk that this console shows.
    requests: Option<RequestSender>,
    /// For what happens on other threads.
    events: Sender<Event>,
}

impl World {
    /// Returns what a talk needs whose deck comes from `place`; a console listens to its talk from now on.
    pub(super) fn new(
        place: DeckSource,
        records: Option<Records>,
        connection: Option<Connection>,
        events: Sender<Event>,
    ) -> Self {
        let requests = connection.map(|connection| connection.listen(events.clone()));
        Self { place, records, recorder: None, watch: None, host: None, requests, events }
    }

    /// Does one thing; returns what happens at once because of it. What happens later comes down the channel.
    pub(super) fn perform(&mut self, command: Command) -> Vec<Event> {
        match command {
            Command::ReadDeck(purpose) => {
                return vec![Event::DeckRead(purpose, read(&self.place).map_err(Failure::into_diagnostic))];
            }
            Command::WatchDeck(path) => self.watch_deck(path),
            Command::Watch(files) => self.watch.iter().for_each(|watch| watch.follow(files.clone())),
            Command::WatchDeckOnly => self.watch.iter().for_each(|watch| watch.follow_only(Vec::new())),
            Command::CountTouches => {
                return vec![Event::Touches(self.watch.as_ref().map_or(0, Watch::times))];
            }
            Command::TakeTouched => {
                return vec![Event::Touched(self.watch.as_ref().map(Watch::take).unwrap_or_default())];
            }
            Command::Search(search) => self.search(*search),
            Command::BeginRun(header) => {
                // A file is held by one run at a time.
                drop(self.recorder.take());
                let say = self.sayer();
                self.recorder = self.records.as_ref().map(|records| records.begin(header, say));
            }
            Command::ContinueRun(kept) => {
                let say = self.sayer();
                self.recorder = self.records.as_ref().map(|records| records.go_on(&kept, say));
            }
            Command::Record(line) => self.recorder.iter().for_each(|recorder| recorder.write(line.clone())),
            Command::Listen(hello) => return self.listen(hello),
            Command::FindPane => {
                let events = self.events.clone();
                // It takes tmux longer than a key may wait. Without a thread pictures stay where they are.
                let find = move || drop(events.send(Event::Pane(tmux::TmuxPane::find())));
                drop(thread::Builder::new().name("tmux".into()).spawn(find));
            }
            Command::Request(request) => {
                let is_sent = self.requests.as_ref().is_some_and(|requests| requests.send(&request));
                return if is_sent { Vec::new() } else { vec![Event::Unheard] };
            }
            command => self.send(command),
        }
        Vec::new()
    }

    /// Ends the record and sends the clients away; returns why the run is not kept, or not all of it.
    pub(super) fn finish(&mut self) -> Option<String> {
        self.host = None;
        self.recorder.take().and_then(Recorder::finish)
    }

    /// Returns the runs that are kept, the oldest first.
    pub(super) fn runs(&self) -> Vec<Run> {
        let kept = self.records.as_ref().map(|records| records.runs().0).unwrap_or_default();
        kept.into_iter().map(|kept| kept.run).collect()
    }

    /// Sends a line to clients of the talk.
    fn send(&self, command: Command) {
        let Some(host) = &self.host else { return };
        match command {
            Command::AddFollower(client) => host.follow(client),
            Command::Send(client, line) => host.send(client, line),
            Command::Answer(client, line) => host.answer(client, line),
            Command::Broadcast(line) => host.broadcast(line),
            _ => {}
        }
    }

    fn watch_deck(&mut self, path: PathBuf) {
        let events = self.events.clone();
        let report = move |sight| {
            drop(events.send(match sight {
                WatchEvent::Touched => Event::Saved,
                WatchEvent::Blind(reason) => Event::Blind(reason),
            }));
        };
        match Watch::start(path, report) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => drop(self.events.send(Event::Blind(error.to_string()))),
        }
    }

    /// Finds out on a thread what a plan is made from; here where the system refuses one. A deck that the parser panics
    /// at has no plan.
    fn search(&self, search: PlanSearch) {
        let (records, events) = (self.records.clone(), self.events.clone());
        let number = search.number;
        let work = move |search: &PlanSearch| {
            let prepared = catch_unwind(AssertUnwindSafe(|| Box::new(search.run(records.as_ref())))).ok();
            drop(events.send(Event::Planned(number, prepared)));
        };
        let (hand_over, handed) = std::sync::mpsc::channel();
        let on_thread = work.clone();
        let thread = thread::Builder::new().name("plan".into()).spawn(move || {
            if let Ok(search) = handed.recv() {
                on_thread(&search);
            }
        });
        match thread {
            Ok(_) => drop(hand_over.send(search)),
            Err(_) => work(&search),
        }
    }

    fn listen(&mut self, hello: Hello) -> Vec<Event> {
        let events = self.events.clone();
        match Server::open(&self.place.stem(), hello, move |news| drop(events.send(Event::Client(news)))) {
            Ok(host) => self.host = Some(host),
            Err(why) => return vec![Event::NoClients(why.to_string())],
        }
        Vec::new()
    }

    /// Returns what reports trouble with the record to the speaker.
    fn sayer(&self) -> Box<dyn Fn(String) + Send> {
        let events = self.events.clone();
        Box::new(move |message| drop(events.send(Event::Message(message))))
    }
}
