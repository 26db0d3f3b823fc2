//! The author's edits: when the deck and its pictures are read again, and where the talk goes then. What has changed is
//! found out elsewhere.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{Lectern, theme};
use crate::app::event::Event;
use crate::common;
use crate::deck::{Deck, Landing, Revision};
use crate::disk::{Place, Sight, Watch};
use crate::parse;
use crate::present::{Effect, Position};
use crate::terminal::Window;

/// A file that was touched is read when it has been left alone for so long: an editor may touch it many times.
const QUIET: Duration = Duration::from_millis(40);
/// It is not left alone for ever.
const LONGEST: Duration = Duration::from_millis(120);
/// What looks like a half-saved deck is believed when it has not changed for so long.
const DOUBT: Duration = Duration::from_millis(180);
/// A deck that goes on looking half-saved is believed after all.
const LONGEST_DOUBT: Duration = Duration::from_secs(1);

/// What is known of the files of the talk.
#[derive(Default)]
pub(super) struct Following {
    watch: Option<Watch>,
    deck: PathBuf,
    /// When to look at what was saved.
    look: Option<Look>,
    doubt: Option<Doubt>,
    /// What was said of the deck's file, and of a picture's, as long as they cannot be read.
    complaint: Option<String>,
    picture_complaint: Option<String>,
}

/// A look that is planned.
#[derive(Clone, Copy)]
struct Look {
    at: Instant,
    /// Since when it is.
    since: Instant,
    /// How often files had been touched by then.
    times: u64,
}

/// A deck that may be half-saved.
struct Doubt {
    reading: Reading,
    since: Instant,
    first: Instant,
}

/// What was found in place of the last good text.
#[derive(PartialEq)]
enum Reading {
    /// So many bytes of its beginning.
    Beginning(usize),
    /// Nothing that can be read, and why.
    Failure(String),
}

impl Following {
    /// Returns when to look at what was saved.
    pub(super) fn due(&self) -> Option<Instant> {
        self.look.map(|look| look.at)
    }

    fn times(&self) -> u64 {
        self.watch.as_ref().map_or(0, Watch::times)
    }

    /// Returns until when a reading is not believed; none where it is.
    fn doubts(&mut self, reading: Reading, now: Instant) -> Option<Instant> {
        let doubt = match self.doubt.take() {
            Some(doubt) if doubt.reading == reading => doubt,
            Some(doubt) => Doubt { reading, since: now, first: doubt.first },
            None => Doubt { reading, since: now, first: now },
        };
        let end = (doubt.since + DOUBT).min(doubt.first + LONGEST_DOUBT);
        if end <= now {
            return None;
        }
        self.doubt = Some(doubt);
        Some(end)
    }
}

impl Lectern {
    /// Follows the deck's file from now on, unless that is not wanted.
    pub(super) fn follow(&mut self) {
        // A console is told of edits by its talk.
        let (Place::File(path), None) = (&self.place, &self.link) else { return };
        let (false, Ok(path)) = (self.options.no_watch, std::path::absolute(path)) else { return };
        let sender = self.sender.clone();
        let tell = move |sight| {
            let _ = sender.send(match sight {
                Sight::Touched => Event::Saved,
                Sight::Blind(reason) => Event::Blind(reason),
            });
        };
        self.following.deck.clone_from(&path);
        match Watch::start(path, tell) {
            Ok(watch) => self.following.watch = Some(watch),
            // Said behind the first frame, as all that comes from a thread.
            Err(error) => drop(self.sender.send(Event::Blind(error.to_string()))),
        }
    }

    /// Follows the pictures that have been looked for by now.
    pub(super) fn follow_pictures(&mut self) {
        let sought = self.slides.sought();
        if let Some(watch) = self.following.watch.as_ref().filter(|_| !sought.is_empty()) {
            watch.follow(sought);
        }
    }

    /// Tells that edits may go unseen.
    pub(super) fn go_blind(&mut self, reason: &str) -> Effect {
        self.message = Some(format!("changes of the deck are not followed, `r` reads it again: {reason}"));
        Effect::Draw
    }

    /// Plans to look at what was saved when it is left alone.
    pub(super) fn plan_a_look(&mut self) -> Effect {
        let now = Instant::now();
        self.look_by(now + QUIET, now);
        Effect::Nothing
    }

    /// Plans to look at a time, or before.
    fn look_by(&mut self, at: Instant, now: Instant) {
        let times = self.following.times();
        let at = self.following.due().map_or(at, |due| due.min(at));
        self.following.look = Some(Look { at, since: now, times });
    }

    /// Looks at what was saved, once it is left alone.
    pub(super) fn look(&mut self) -> Effect {
        let now = Instant::now();
        let Some(look) = self.following.look.take() else { return Effect::Nothing };
        let times = self.following.times();
        if times != look.times && now < look.since + LONGEST {
            self.following.look = Some(Look { at: now + QUIET, times, ..look });
            return Effect::Nothing;
        }
        let touched = self.following.watch.as_ref().map(Watch::take).unwrap_or_default();
        let is_deck_touched = touched.contains(&self.following.deck);
        let mut is_visible = false;
        if touched.len() > usize::from(is_deck_touched) {
            let renewed = self.slides.renew_pictures(&touched);
            is_visible = renewed.is_visible | self.complain_of_picture(renewed.complaint);
        }
        if is_deck_touched || self.following.doubt.is_some() {
            is_visible |= self.read_again(now);
        }
        if is_visible { Effect::Draw } else { Effect::Nothing }
    }

    /// Looks at the deck at once, for somebody has most likely saved it.
    pub(super) fn look_now(&mut self) {
        if self.link.is_none() {
            self.read_again(Instant::now());
        }
    }

    /// Reads the deck again; where that fails the last good one stays, and the reason is said. Returns whether anything
    /// looks another way now.
    fn read_again(&mut self, now: Instant) -> bool {
        let last = &self.slides.deck.text;
        let source = match common::read(&self.place) {
            Ok(source) if *source.text == **last => {
                self.following.doubt = None;
                return self.complain(None);
            }
            Ok(source) => source,
            Err(failure) => {
                let reason = failure.into_message();
                let doubts = self.following.doubts(Reading::Failure(reason.clone()), now);
                if let Some(end) = doubts {
                    self.look_by(end, now);
                    return false;
                }
                return self.complain(Some(format!("the last good deck is shown: {reason}")));
            }
        };
        // Whoever writes a file anew empties it first, and may be read in the middle of it.
        let text = source.text.trim_end();
        let is_beginning = text.len() < last.trim_end().len() && last.starts_with(text);
        let doubts =
            is_beginning.then(|| self.following.doubts(Reading::Beginning(text.len()), now)).flatten();
        if let Some(end) = doubts {
            self.look_by(end, now);
            return false;
        }
        self.following.doubt = None;
        let separators = common::separators(&self.options).ok();
        let shown = self.presenter.position.slide;
        self.take_deck(parse::open(source, separators.as_ref()), |change| change.landing(shown));
        self.complain(None);
        true
    }

    /// Reads all anew, for the speaker asks for it; the slide that is shown stays.
    pub(super) fn reload(&mut self) {
        if self.place == Place::Input {
            self.message = Some("what came from standard input cannot be read again".to_owned());
            return;
        }
        match common::open(&self.place, &self.options) {
            Ok(deck) => {
                let shown = self.presenter.position.slide;
                self.slides.forget();
                self.take_deck(deck, |change| change.staying(shown));
                (self.following.doubt, self.following.complaint) = (None, None);
                self.message = Some("read again".to_owned());
            }
            Err(failure) => self.message = Some(failure.into_message()),
        }
    }

    /// Takes the deck as it is written now, and goes where `land` says.
    pub(super) fn take_deck(&mut self, deck: Deck, land: impl FnOnce(&Revision) -> Landing) {
        if deck.meta.theme != self.slides.deck.meta.theme {
            let (theme, is_chosen) = theme(&self.options, &deck);
            self.slides.set_theme(theme);
            self.theme_is_chosen = is_chosen;
        }
        let Landing { slide, is_same } = self.slides.set_deck(deck, land);
        let stage = self.stage(Window::current());
        self.slides.set_stage(stage);
        if self.slides.forget_many()
            && let Some(watch) = &self.following.watch
        {
            watch.follow_only(Vec::new());
        }
        let position = self.presenter.position;
        let position = if is_same { Position { slide, ..position } } else { Position::complete(slide) };
        // What lies over the slide may ask for its pictures.
        self.slides.scene(slide);
        let context = self.slides.context(&self.presenter, slide, &self.extent);
        self.presenter.land(position, is_same, &context);
        self.title = self.talk_title();
        self.consoles.renew_deck();
        self.prepare_plan();
    }

    /// Says what is wrong with the deck's file, or no longer; returns whether that is news.
    fn complain(&mut self, complaint: Option<String>) -> bool {
        let before = std::mem::replace(&mut self.following.complaint, complaint.clone());
        self.exchange(before.as_ref(), complaint)
    }

    /// The same of a picture's file.
    fn complain_of_picture(&mut self, complaint: Option<String>) -> bool {
        let before = std::mem::replace(&mut self.following.picture_complaint, complaint.clone());
        self.exchange(before.as_ref(), complaint)
    }

    fn exchange(&mut self, before: Option<&String>, now: Option<String>) -> bool {
        let is_said = before.is_some() && self.message.as_ref() == before;
        if now.is_none() && !is_said {
            return false;
        }
        let is_news = self.message != now;
        self.message = now;
        is_news
    }

    /// Says which picture could not be printed again after its file had changed.
    pub(super) fn tell_of_pictures(&mut self) {
        if let Some(complaint) = self.slides.find_last_good(self.presenter.position.slide)
            && self.following.picture_complaint.as_ref() != Some(&complaint)
        {
            self.complain_of_picture(Some(complaint));
        }
    }
}
