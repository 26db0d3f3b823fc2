//! The author's edits, as a talk takes them in: a deck or pictures that were saved.

use std::collections::HashSet;
use std::path::PathBuf;

use super::command::{Command, Purpose};
use super::follower::Verdict;
use super::state::App;
use super::{context, planning, renewal, slides};
use crate::deck::{Deck, Landing, Revision};
use crate::present::Position;
use crate::rehearsal::Now;
use crate::source::{Diagnostic, Source};

/// Looks at the files that were saved: pictures at once, the deck by having it read again.
pub(super) fn touched(app: &mut App, files: &HashSet<PathBuf>) -> Vec<Command> {
    let (reads_deck, has_others) = app.follower.sort(files);
    let mut commands = Vec::new();
    if has_others {
        let renewed = renewal::renew_pictures(&mut app.slides, &mut app.log, files);
        let is_news = complain_of_picture(app, renewed.complaint);
        commands.extend((is_news || renewed.is_visible).then_some(Command::Draw));
    }
    commands.extend(reads_deck.then_some(Command::ReadDeck(Purpose::Follow)));
    commands
}

/// Shows what has become ready: pictures, and the colours of code. A picture that cannot be printed is replaced by its alt
/// text, or by its last good print.
pub(super) fn ready(app: &mut App) -> Vec<Command> {
    app.slides.refresh();
    let slide = app.presenter.position.slide;
    if app.prints.spoiled(&app.slides, slide) {
        app.slides.drop_scenes();
    }
    let complaint = renewal::find_last_good(&app.slides, &mut app.log, slide);
    if complaint.is_some() && app.follower.picture_complaint() != complaint.as_deref() {
        complain_of_picture(app, complaint);
    }
    vec![Command::Draw]
}

/// Shows what is wrong with a picture's file, or no longer; returns whether that is news.
fn complain_of_picture(app: &mut App, complaint: Option<String>) -> bool {
    let before = app.follower.complain_of_picture(complaint.clone());
    app.status.replace(before.as_deref(), complaint)
}

/// Shows the deck as its file says now; where it cannot be read the last good one stays, and the reason is shown.
pub(super) fn reread(
    app: &mut App,
    purpose: Purpose,
    read: Result<Source, Diagnostic>,
    now: Now,
) -> Vec<Command> {
    let shown = app.presenter.position.slide;
    if purpose == Purpose::Reload {
        match read {
            Ok(source) => {
                app.slides.forget();
                app.log.forget();
                let deck = app.follower.open(source);
                let mut commands = take_deck(app, deck, |change| change.staying(shown), now);
                app.follower.trust();
                app.status.say("read again");
                commands.push(Command::Draw);
                return commands;
            }
            Err(diagnostic) => app.status.say(diagnostic.message),
        }
        return vec![Command::Draw];
    }
    let (verdict, look) = app.follower.judge(read, &app.slides.deck().text, now.awake);
    let mut commands = Vec::from_iter(look);
    let complaint = match verdict {
        Verdict::Doubtful => return commands,
        Verdict::Same => None,
        Verdict::Unreadable(reason) => Some(format!("the last good deck is shown: {reason}")),
        Verdict::New(deck) => {
            commands.extend(take_deck(app, *deck, |change| change.landing(shown), now));
            commands.push(Command::Draw);
            None
        }
    };
    let before = app.follower.complain(complaint.clone());
    let is_news = app.status.replace(before.as_deref(), complaint);
    commands.extend(is_news.then_some(Command::Draw));
    commands
}

/// Shows the deck as it is written now, and goes where `land` says.
pub(super) fn take_deck(
    app: &mut App,
    deck: Deck,
    land: impl FnOnce(&Revision) -> Landing,
    now: Now,
) -> Vec<Command> {
    if deck.meta.theme != app.slides.deck().meta.theme {
        let theme = app.follower.theme(&deck);
        app.slides.set_theme(theme);
    }
    app.log.add(app.slides.drain_diagnostics());
    let change = app.slides.set_deck(deck);
    app.log.moved(&change);
    let Landing { slide, is_same } = land(&change);
    let stage = app.terminal.stage(&app.places(), &app.slides.deck().meta);
    app.slides.set_stage(stage);
    let mut commands = Vec::new();
    if app.slides.resources().forget_many() {
        app.slides.drop_scenes();
        commands.push(Command::WatchDeckOnly);
    }
    let position = app.presenter.position;
    let position = if is_same { Position { slide, ..position } } else { Position::complete(slide) };
    app.presenter.position = position;
    let places = app.places();
    let context = context::context(&app.slides, &app.log, &app.presenter, &app.mode, &places);
    app.presenter.land(position, is_same, &context);
    app.status.set_title(slides::talk_title(&app.slides));
    app.peers.renew_deck();
    commands.extend(planning::search_plan(app, now));
    commands
}
