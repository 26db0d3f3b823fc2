//! What the clients of a talk ask for, and what they are sent.

use super::command::Command;
use super::dispatch::{Origin, dispatch};
use super::state::App;
use super::{planning, view};
use crate::protocol::{Message, Request};
use crate::rehearsal::Now;
use crate::socket::ServerEvent;

/// Does what a client of the talk asks for.
pub(super) fn serve(app: &mut App, news: ServerEvent, now: Now) -> Vec<Command> {
    let has_plan = !app.presenter.clock.input().entries.is_empty();
    let (client, request) = match news {
        ServerEvent::Asked(client, request) => (client, request),
        ServerEvent::Refused(why) => return vec![Command::Broadcast(Message::Told(why))],
        ServerEvent::Followers(count) => {
            let (places, before) = (app.places(), app.slides.extent(app.presenter.position));
            app.peers.set_followers(count);
            app.presenter.set_followed(count > 0);
            if app.places() != places {
                app.restage(&before);
            }
            let search = (count > 0 && !has_plan).then(|| planning::search(app, now));
            return std::iter::once(Command::Draw).chain(search).collect();
        }
    };
    app.peers.ask(client, request == Request::Status);
    let origin = Origin::Client(client);
    match request {
        Request::Follow => {
            let deck = Message::Deck(app.follower.script(app.slides.deck()));
            vec![Command::AddFollower(client), Command::Send(client, deck)]
        }
        Request::Status if has_plan => Vec::new(),
        Request::Status => vec![planning::search(app, now)],
        Request::Act(action) => {
            dispatch(app, origin, now, |presenter, context| presenter.apply_from_afar(action, context, now))
        }
        Request::Go(to) => {
            dispatch(app, origin, now, |presenter, context| presenter.go_from_afar(&to, context, now))
        }
        Request::End(choice) => {
            dispatch(app, origin, now, |presenter, context| presenter.end_from_afar(choice, context, now))
        }
    }
}

/// Returns what to send to the clients of the talk: what has changed, and their answers.
pub(super) fn publish(app: &mut App, now: Now) -> Vec<Command> {
    if !app.peers.are_listening() {
        return Vec::new();
    }
    app.settle();
    let state = view::state(app, now);
    let (follower, deck) = (&app.follower, app.slides.deck());
    let has_plan = !app.timer.is_searching();
    app.peers.publish(state, || follower.script(deck), has_plan, now.awake)
}
