//! Follows the author's edits: when a file that was saved is read again, and whether what is found is believed. Three
//! states: nothing planned, a look planned, a reading in doubt.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::command::Command;
use crate::cli::Options;
use crate::common;
use crate::deck::Deck;
use crate::disk::{self, DeckSource};
use crate::parse;
use crate::protocol::Script;
use crate::source::{Diagnostic, Source};
use crate::theme::Theme;

/// A file that was touched is read when it has been left alone for this time: an editor may touch it many times.
const QUIET: Duration = Duration::from_millis(40);
/// It is not left alone for ever.
const LONGEST: Duration = Duration::from_millis(120);
/// What looks like a half-saved deck is believed when it has not changed for this time.
const DOUBT: Duration = Duration::from_millis(180);
/// A deck that goes on looking half-saved is believed after all.
const LONGEST_DOUBT: Duration = Duration::from_secs(1);

/// What a reading of the deck's file means.
pub(super) enum Verdict {
    /// It may be half-saved: it is read again later.
    Doubtful,
    /// It says what is shown already.
    Same,
    /// It cannot be read, and why.
    Unreadable(String),
    /// It is a new deck.
    New(Box<Deck>),
}

/// Where the deck comes from, how it is read, and what is known of its file. All times are those of
/// [`Now::awake`](crate::rehearsal::Now).
pub(super) struct DeckFollower {
    place: DeckSource,
    options: Options,
    /// The deck's file as it is watched.
    watched: Option<PathBuf>,
    look: Option<PendingLook>,
    doubt: Option<Doubt>,
    /// What was said of the deck's file, and of a picture's, as long as they cannot be read.
    complaint: Option<String>,
    picture_complaint: Option<String>,
    /// Whether the speaker or the deck has chosen the theme, so that the terminal's background does not.
    has_theme: bool,
}

/// A look that is planned.
#[derive(Clone, Copy)]
struct PendingLook {
    at: Duration,
    /// Since when it is.
    since: Duration,
    /// How often files had been touched by then; none as long as that was not counted.
    touches: Option<u64>,
}

/// A deck that may be half-saved.
struct Doubt {
    found: Suspect,
    since: Duration,
    first: Duration,
}

/// What was found in place of the last good text.
#[derive(PartialEq)]
enum Suspect {
    /// This many bytes of its beginning.
    Beginning(usize),
    /// Nothing that can be read, and why.
    Failure(String),
}

impl DeckFollower {
    /// Follows the deck that comes from `place` and is read by `options`.
    pub(super) fn new(place: DeckSource, options: Options) -> Self {
        Self {
            place,
            options,
            watched: None,
            look: None,
            doubt: None,
            complaint: None,
            picture_complaint: None,
            has_theme: false,
        }
    }

    /// Returns where the deck comes from.
    pub(super) fn place(&self) -> &DeckSource {
        &self.place
    }

    /// Returns how the deck is read and shown.
    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    /// Returns the theme of a deck: the speaker's choice, else the deck's, else the dark one. The choice is remembered.
    pub(super) fn theme(&mut self, deck: &Deck) -> Theme {
        let chosen = self.options.theme().or_else(|| Theme::named(deck.meta.theme.as_deref()?));
        self.has_theme = chosen.is_some();
        chosen.unwrap_or_else(Theme::dark)
    }

    /// Returns whether a theme was chosen, by the speaker or by the deck.
    pub(super) fn has_theme(&self) -> bool {
        self.has_theme
    }

    /// Records that the speaker has chosen a theme.
    pub(super) fn choose_theme(&mut self) {
        self.has_theme = true;
    }

    /// Returns the command to watch the deck's file, unless there is none or that is not wanted.
    pub(super) fn watch(&mut self) -> Option<Command> {
        let DeckSource::File(path) = &self.place else { return None };
        let path = if self.options.no_watch { None } else { std::path::absolute(path).ok() }?;
        self.watched = Some(path.clone());
        Some(Command::WatchDeck(path))
    }

    /// Returns when to look at what was saved.
    pub(super) fn due(&self) -> Option<Duration> {
        self.look.map(|look| look.at)
    }

    /// Plans to look when what was saved at `now` has been left alone.
    pub(super) fn saved(&mut self, now: Duration) -> Command {
        self.look_by(now + QUIET, now)
    }

    /// Plans to look at `at`, or before; the touches up to `now` have to be counted.
    fn look_by(&mut self, at: Duration, now: Duration) -> Command {
        let at = self.due().map_or(at, |due| due.min(at));
        self.look = Some(PendingLook { at, since: now, touches: None });
        Command::CountTouches
    }

    /// Records how often files have been touched by `now`; returns what to do where the look has come and they have been
    /// left alone since it was planned.
    pub(super) fn touches(&mut self, count: u64, now: Duration) -> Option<Command> {
        let look = self.look.as_mut()?;
        let Some(before) = look.touches else {
            look.touches = Some(count);
            return None;
        };
        if look.at > now {
            return None;
        }
        if count != before && now < look.since + LONGEST {
            (look.at, look.touches) = (now + QUIET, Some(count));
            return None;
        }
        self.look = None;
        Some(Command::TakeTouched)
    }

    /// Returns whether the deck's file has to be read again after `touched` files were saved, and whether any other was
    /// among them.
    pub(super) fn sort(&self, touched: &HashSet<PathBuf>) -> (bool, bool) {
        let is_deck_touched = self.watched.as_ref().is_some_and(|deck| touched.contains(deck));
        let others = touched.len() > usize::from(is_deck_touched);
        (is_deck_touched || self.doubt.is_some(), others)
    }

    /// Returns what a reading of the deck's file means, where `last` is the text that is shown; where it is doubted, the
    /// command that goes with the planned look.
    pub(super) fn judge(
        &mut self,
        read: Result<Source, Diagnostic>,
        last: &str,
        now: Duration,
    ) -> (Verdict, Option<Command>) {
        let source = match read {
            Ok(source) if *source.text == *last => {
                self.doubt = None;
                return (Verdict::Same, None);
            }
            Ok(source) => source,
            Err(diagnostic) => {
                let reason = diagnostic.message;
                let end = self.doubts(Suspect::Failure(reason.clone()), now);
                return match end {
                    Some(end) => (Verdict::Doubtful, Some(self.look_by(end, now))),
                    None => (Verdict::Unreadable(reason), None),
                };
            }
        };
        // A program that writes a file anew empties it first, and the file may be read in the middle of that.
        let text = source.text.trim_end();
        let is_beginning = text.len() < last.trim_end().len() && last.starts_with(text);
        let end = is_beginning.then(|| self.doubts(Suspect::Beginning(text.len()), now)).flatten();
        if let Some(end) = end {
            return (Verdict::Doubtful, Some(self.look_by(end, now)));
        }
        self.doubt = None;
        (Verdict::New(Box::new(self.open(source))), None)
    }

    /// Returns the deck that a text is.
    pub(super) fn open(&self, source: Source) -> Deck {
        // Separators of the command line that are none have ended the program at its start.
        parse::open(source, common::separators(&self.options).ok().as_ref())
    }

    /// Forgets doubts and complaints of the deck's file: it was read because the speaker asked for it.
    pub(super) fn trust(&mut self) {
        (self.doubt, self.complaint) = (None, None);
    }

    /// Returns until when a reading is not believed; none where it is.
    fn doubts(&mut self, found: Suspect, now: Duration) -> Option<Duration> {
        let doubt = match self.doubt.take() {
            Some(doubt) if doubt.found == found => doubt,
            Some(doubt) => Doubt { found, since: now, first: doubt.first },
            None => Doubt { found, since: now, first: now },
        };
        let end = (doubt.since + DOUBT).min(doubt.first + LONGEST_DOUBT);
        if end <= now {
            return None;
        }
        self.doubt = Some(doubt);
        Some(end)
    }

    /// Records what is wrong with the deck's file, or no longer; returns what was said before.
    pub(super) fn complain(&mut self, complaint: Option<String>) -> Option<String> {
        std::mem::replace(&mut self.complaint, complaint)
    }

    /// The same of a picture's file.
    pub(super) fn complain_of_picture(&mut self, complaint: Option<String>) -> Option<String> {
        std::mem::replace(&mut self.picture_complaint, complaint)
    }

    /// Returns what is said of a picture's file.
    pub(super) fn picture_complaint(&self) -> Option<&str> {
        self.picture_complaint.as_deref()
    }

    /// Returns all that a console needs to read the deck itself.
    pub(super) fn script(&self, deck: &Deck) -> Script {
        let options = &self.options;
        Script {
            path: self.place.full(),
            root: options.root.as_deref().map(|root: &Path| disk::full(root)),
            separator: options.separator.clone(),
            vertical_separator: options.vertical_separator.clone(),
            notes_separator: options.notes_separator.clone(),
            text: deck.text.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn follower() -> DeckFollower {
        DeckFollower::new(DeckSource::File("talk.md".into()), Options::default())
    }

    fn source(text: &str) -> Source {
        Source { text: text.into(), diagnostics: Vec::new() }
    }

    #[test]
    fn files_are_looked_at_when_they_are_left_alone_but_not_never() {
        let mut follower = follower();
        assert!(matches!(follower.saved(ms(0)), Command::CountTouches));
        assert!(follower.touches(1, ms(0)).is_none());
        assert_eq!(follower.due(), Some(ms(40)));
        assert!(follower.touches(2, ms(40)).is_none(), "touched again");
        assert_eq!(follower.due(), Some(ms(80)));
        assert!(matches!(follower.touches(2, ms(80)), Some(Command::TakeTouched)));
        assert_eq!(follower.due(), None);
        follower.saved(ms(1000));
        for (count, now) in [(2, 1000), (3, 1040), (4, 1080)] {
            assert!(follower.touches(count, ms(now)).is_none());
        }
        assert!(matches!(follower.touches(5, ms(1120)), Some(Command::TakeTouched)), "long enough");
    }

    #[test]
    fn the_beginning_of_a_deck_is_believed_when_it_stays() {
        let mut follower = follower();
        let mut judge = |text: &str, now: u64| follower.judge(Ok(source(text)), "# One\n\ntext\n", ms(now)).0;
        assert!(matches!(judge("# One\n\ntext\n", 0), Verdict::Same));
        assert!(matches!(judge("", 0), Verdict::Doubtful));
        assert!(matches!(judge("# One", 100), Verdict::Doubtful), "it has changed");
        assert!(matches!(judge("# One", 279), Verdict::Doubtful));
        assert!(matches!(judge("# One", 280), Verdict::New(_)));
        assert!(matches!(judge("# Two", 300), Verdict::New(_)), "nothing half about it");
    }

    #[test]
    fn a_deck_that_is_gone_for_long_is_said_to_be() {
        let mut follower = follower();
        let mut judge = |now: u64| follower.judge(Err(Diagnostic::new("no such file")), "# One", ms(now)).0;
        assert!(matches!(judge(0), Verdict::Doubtful));
        assert!(matches!(judge(180), Verdict::Unreadable(reason) if reason == "no such file"));
    }
}
