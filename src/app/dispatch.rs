//! How an action is done, wherever it comes from: a key, a client, or a deck that goes on by itself.

use super::command::{Command, End, Purpose};
use super::state::App;
use super::{context, planning, slides};
use crate::disk::DeckSource;
use crate::present::{Context, Effect, Presenter};
use crate::protocol::Message;
use crate::rehearsal::Now;
use crate::socket::PeerId;

/// Where an action comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A key of this terminal.
    Key,
    /// A client of the talk.
    Client(PeerId),
    /// The deck, which goes on by itself.
    Advance,
}

/// Has the presenter do something, and does what follows of it: the one way of every action. What was typed before
/// has its place in the slide as it is laid out, and what is shown now gets its room in the window.
pub(super) fn dispatch(
    app: &mut App,
    origin: Origin,
    now: Now,
    apply: impl FnOnce(&mut Presenter, &Context<'_>) -> Effect,
) -> Vec<Command> {
    app.status.clear();
    app.settle();
    let (places, shown) = (app.places(), app.presenter.shown);
    let context = context::context(&app.slides, &app.log, &app.presenter, &app.mode, &places);
    let effect = apply(&mut app.presenter, &context);
    let before = context.extent;
    if app.places() != places {
        app.restage(&before);
    }
    let mut commands = obey(app, effect, origin, now);
    if app.presenter.shown != shown && app.presenter.clock.input().entries.is_empty() {
        commands.extend(planning::search_plan(app, now));
    }
    commands
}

/// Returns what an effect of an action asks for.
fn obey(app: &mut App, effect: Effect, origin: Origin, now: Now) -> Vec<Command> {
    match effect {
        Effect::Nothing => return Vec::new(),
        Effect::Draw => {}
        Effect::Say(why) => match origin {
            Origin::Client(client) => {
                return vec![Command::Send(client, Message::Told(why.to_owned())), Command::Draw];
            }
            Origin::Key | Origin::Advance => app.status.say(why),
        },
        Effect::Take(offer) => {
            let run = planning::accept(app, offer, now);
            return run.into_iter().chain([Command::Draw]).collect();
        }
        Effect::SwapTheme => {
            app.follower.choose_theme();
            app.slides.set_theme(app.slides.theme().other());
        }
        Effect::Reload if *app.follower.place() == DeckSource::Input => {
            app.status.say("what came from standard input cannot be read again");
        }
        Effect::Reload => return vec![Command::ReadDeck(Purpose::Reload)],
        Effect::Edit => return vec![Command::Edit(slides::shown_line(&app.slides, app.presenter.position))],
        Effect::Repaint => return vec![Command::Repaint],
        Effect::Suspend => return vec![Command::Suspend],
        Effect::Quit => return vec![Command::Quit(End::Left)],
    }
    vec![Command::Draw]
}
