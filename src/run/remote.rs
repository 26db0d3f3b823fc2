//! `lutrin remote`: one request to a talk that runs elsewhere, and how it stands then. Which talk is meant is also chosen here for
//! whoever else joins one.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::{self, Cli, TalkOptions};
use crate::common::{Failure, print};
use crate::disk::{self, DeckSource};
use crate::paint::clock::pace_words;
use crate::present::Blank;
use crate::protocol::{Hello, Message, Request, TalkState};
use crate::rehearsal::{ClockPhase, ClockState};
use crate::socket::{self, ChoiceError, Client, RunningTalk, TalkQuery};
use crate::source::Diagnostic;
use crate::text::{sanitize, shown_time};

/// A talk that has not answered by then is not waited for: it may be suspended.
const PATIENCE: Duration = Duration::from_secs(5);
/// Nor is it for a list.
const LIST_PATIENCE: Duration = Duration::from_millis(500);

/// Asks what is asked for, and tells the answer.
pub(super) fn run(remote: &cli::RemoteArgs, cli: &Cli) -> Result<(), Failure> {
    let deck = remote.deck.as_deref().or(cli.deck.as_deref());
    let Some(request) = request(remote)? else { return list(remote, deck) };
    let path = socket::choose(&wanted(&remote.talk, deck)).map_err(unclear)?;
    let mut client = Client::join(&path)?;
    let state = ask(&mut client, &request, PATIENCE)?;
    if remote.json {
        return print(json(&Told { talk: &client.hello, socket: None, state: Some(&state) }));
    }
    if request == Request::Status {
        return print(format!("{}\n", sanitize(&status(&state, Timestamp::now()))));
    }
    Ok(())
}

/// Returns the request that is named; none where talks are to be listed.
fn request(remote: &cli::RemoteArgs) -> Result<Option<Request>, Failure> {
    let wrong = |message: String, hint: &str| Failure::wrong_use(Diagnostic::new(message).hint(hint));
    let name = remote.request.as_str();
    match (name, &remote.to) {
        ("goto", Some(to)) => Ok(Some(Request::Go(to.clone()))),
        ("goto", None) => {
            let hint = "write a slide's number, or its column and row: `lutrin remote goto 7.2`";
            Err(wrong("`goto` does not say where to".to_owned(), hint))
        }
        (_, Some(to)) => {
            Err(wrong(format!("`{name}` goes to no slide `{to}`"), "`goto` does: `lutrin remote goto 7.2`"))
        }
        ("list", None) => Ok(None),
        (_, None) => Ok(Request::named(name)),
    }
}

/// Returns how the talk stands when it has done what is asked.
fn ask(client: &mut Client, request: &Request, within: Duration) -> Result<TalkState, Diagnostic> {
    let over = || Diagnostic::new("the talk is over").hint("`lutrin remote list` lists those that run");
    client.requests.send(request).map_err(|_| over())?;
    loop {
        match client.messages.receive(Some(within))?.ok_or_else(over)? {
            Message::State(state) => return Ok(*state),
            Message::Error(refusal) => return Err(refusal.into()),
            // Why nothing has happened, for one.
            Message::Told(words) => tell(&words),
            Message::Hello(_) | Message::Deck(_) => {}
        }
    }
}

/// Returns which talk is meant.
pub(super) fn wanted(options: &TalkOptions, deck: Option<&Path>) -> TalkQuery {
    let deck = deck.map(|deck| DeckSource::named(Some(deck)).full());
    TalkQuery { socket: options.socket.clone(), process: options.talk, deck }
}

/// Returns why it is not clear which talk is meant. Where it may be several, they are listed.
pub(super) fn unclear(unclear: ChoiceError) -> Failure {
    match unclear {
        ChoiceError::NoTalk(diagnostic) => diagnostic.into(),
        ChoiceError::Several(talks) => {
            let count = talks.len();
            let list = table(&standing(talks)).trim_end().replace('\n', "\n  ");
            Diagnostic::new(format!("{count} talks are running\n  {list}"))
                .hint("choose one by its number: `--talk PID`")
                .into()
        }
    }
}

/// Lists the talks that run.
fn list(remote: &cli::RemoteArgs, deck: Option<&Path>) -> Result<(), Failure> {
    if remote.talk != TalkOptions::default() || deck.is_some() {
        return Err(Failure::wrong_use(
            Diagnostic::new("`list` lists all talks").hint("to ask one of them how it stands: `status`"),
        ));
    }
    let (talks, silent) = socket::talks();
    for path in &silent {
        tell(&format!("the talk at `{}` does not answer: it may be suspended", disk::shown(path)));
    }
    if talks.is_empty() && silent.is_empty() {
        tell("no talk is running");
    }
    let talks = standing(talks);
    if remote.json {
        let told = |(talk, state): &(RunningTalk, Option<TalkState>)| {
            let socket = Some(disk::shown(&talk.path));
            json(&Told { talk: &talk.hello, socket, state: state.as_ref() })
        };
        return print(talks.iter().map(told).collect::<String>());
    }
    print(table(&talks))
}

fn tell(message: &str) {
    // That nobody hears of it is no reason to end.
    let _ = writeln!(std::io::stderr(), "lutrin: {}", sanitize(message));
}

/// Returns the talks, each with how it stands where it tells.
fn standing(talks: Vec<RunningTalk>) -> Vec<(RunningTalk, Option<TalkState>)> {
    let state = |talk: &RunningTalk| ask(&mut Client::join(&talk.path)?, &Request::Status, LIST_PATIENCE);
    talks.into_iter().map(|talk| (state(&talk).ok(), talk)).map(|(state, talk)| (talk, state)).collect()
}

/// Returns a line for each talk: its process, its deck, its title and where it is.
fn table(talks: &[(RunningTalk, Option<TalkState>)]) -> String {
    let deck = |talk: &RunningTalk| match talk.hello.deck.as_str() {
        "" => "the lecture that comes with Lutrin".to_owned(),
        "-" => "standard input".to_owned(),
        deck => disk::shown(Path::new(deck)),
    };
    talks.iter().fold(String::new(), |mut table, (talk, state)| {
        let at = state.as_ref().map(|state| format!("  {}/{}", state.at.slide, state.slides));
        let title = sanitize(&talk.hello.title).replace('\n', " ");
        let (process, at) = (talk.hello.process, at.unwrap_or_default());
        let _ = writeln!(table, "{process:>7}  {}  “{title}”{at}", deck(talk));
        table
    })
}

/// How a talk stands, for programs.
#[derive(Serialize)]
struct Told<'a> {
    talk: &'a Hello,
    /// Where it is joined, for whoever forwards its socket.
    #[serde(skip_serializing_if = "Option::is_none")]
    socket: Option<String>,
    #[serde(flatten)]
    state: Option<&'a TalkState>,
}

fn json(told: &Told<'_>) -> String {
    let line = serde_json::to_string(told).expect("all keys are words");
    // A title may hold what commands a terminal, and not all of it is escaped in JSON.
    format!("{}\n", sanitize(&line))
}

/// Returns how a talk stands, for people: the slide, and what its clock says where that goes or rests.
fn status(state: &TalkState, now: Timestamp) -> String {
    let mut said = format!("slide {}/{}", state.at.slide, state.slides);
    if !state.number.is_empty() && state.number != state.at.slide.to_string() {
        let _ = write!(said, " ({})", state.number);
    }
    if !state.title.is_empty() {
        let _ = write!(said, " “{}”", state.title.replace('\n', " "));
    }
    if state.steps > 0 {
        let _ = write!(said, ", step {} of {}", state.at.step, state.steps);
    }
    said += match state.blank {
        Some(Blank::Black) => ", black",
        Some(Blank::White) => ", white",
        None => "",
    };
    said + &clock(&state.clock, now).map(|words| format!("\n{words}")).unwrap_or_default()
}

/// Returns what a clock says; nothing before it goes.
fn clock(reading: &ClockState, now: Timestamp) -> Option<String> {
    let face = reading.readout(now);
    let state = match face.phase {
        ClockPhase::Armed => return None,
        ClockPhase::Running => face.pace.map(|pace| pace_words(pace, true)),
        ClockPhase::Paused => Some(format!("paused {}", shown_time(face.rest))),
        ClockPhase::Question => Some(format!("question {}", shown_time(face.rest))),
        ClockPhase::Ended => Some("over".to_owned()),
    };
    let (taken, planned) = face.talk;
    let planned = planned.map(|planned| format!(" of {}", shown_time(planned))).unwrap_or_default();
    let state = state.map(|state| format!(", {state}")).unwrap_or_default();
    Some(format!("{}{planned}{state}", shown_time(taken)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::TalkPosition;

    fn state() -> TalkState {
        let at = TalkPosition { slide: 7, step: 1, ..TalkPosition::default() };
        TalkState {
            at,
            slides: 32,
            number: "7".into(),
            title: "Pods".into(),
            steps: 3,
            ..TalkState::default()
        }
    }

    fn time(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn how_a_talk_stands_is_said_in_words() {
        let said = |state: &TalkState| status(state, Timestamp::UNIX_EPOCH);
        assert_eq!(said(&state()), "slide 7/32 “Pods”, step 1 of 3");
        let clock = ClockState {
            phase: ClockPhase::Running,
            talk: time(1090),
            talk_plan: Some(time(3600)),
            pace: Some(95.0),
            ..ClockState::default()
        };
        let blank = TalkState { number: "3.2".into(), steps: 0, blank: Some(Blank::Black), clock, ..state() };
        assert_eq!(said(&blank), "slide 7/32 (3.2) “Pods”, black\n18:10 of 60:00, behind 1:35");
        let clock = ClockState { phase: ClockPhase::Paused, rest: time(30), talk_plan: None, ..blank.clock };
        let paused = TalkState { title: String::new(), clock, ..state() };
        assert_eq!(said(&paused), "slide 7/32, step 1 of 3\n18:10, paused 0:30");
    }

    #[test]
    fn a_talk_and_its_state_are_one_object() {
        let (talk, state) = (Hello { process: 12, ..Hello::default() }, state());
        let told = json(&Told { talk: &talk, socket: None, state: Some(&state) });
        let read: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&read["talk"]["process"], &read["at"]["slide"]), (&12.into(), &7.into()));
        let told = json(&Told { talk: &talk, socket: Some("/run/a-12.sock".into()), state: None });
        let talk = serde_json::to_string(&talk).unwrap();
        assert_eq!(told, format!("{{\"talk\":{talk},\"socket\":\"/run/a-12.sock\"}}\n"));
    }

    #[test]
    fn only_goto_says_where_to() {
        let asked = |name: &str, to: Option<&str>| {
            request(&cli::RemoteArgs {
                request: name.into(),
                to: to.map(str::to_owned),
                ..cli::RemoteArgs::default()
            })
            .ok()
        };
        assert_eq!(asked("goto", Some("7.2")), Some(Some(Request::Go("7.2".into()))));
        assert_eq!(asked("status", None), Some(Some(Request::Status)));
        assert_eq!(asked("list", None), Some(None));
        assert_eq!(
            (asked("goto", None), asked("next", Some("7")), asked("list", Some("7"))),
            (None, None, None)
        );
    }
}
