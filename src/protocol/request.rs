//! What a client may ask of a talk: to do what a key does, to go to a slide, to send its state.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::present::{Action, END};
use crate::source::Diagnostic;

/// What is asked of a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Send the deck and the state, now and whenever they change.
    Follow,
    /// Send the state, once.
    Status,
    /// Do what a key does.
    Act(Action),
    /// Go to a slide: its number, or `7.2`.
    Go(String),
    /// Do what is chosen at the end of a rehearsal: the line, from 0.
    End(usize),
}

/// The actions that a console sends to its talk, by their names. All others are for the screen on which their key is
/// pressed.
pub const SHARED: [(&str, Action); 24] = [
    ("next", Action::Next),
    ("previous", Action::Previous),
    ("down", Action::Down),
    ("up", Action::Up),
    ("next-slide", Action::NextSlide),
    ("previous-slide", Action::PreviousSlide),
    ("below", Action::Below),
    ("above", Action::Above),
    ("first", Action::First),
    ("last", Action::Last),
    ("all-steps", Action::AllSteps),
    ("blank", Action::Black),
    ("white", Action::White),
    ("zoom", Action::Zoom),
    ("next-picture", Action::NextPicture),
    ("close", Action::Close),
    ("motion", Action::Motion),
    ("pause", Action::Pause),
    ("question", Action::Question),
    ("again", Action::Again),
    ("start-over", Action::StartOver),
    ("on-schedule", Action::OnSchedule),
    ("theme", Action::SwapTheme),
    ("reload", Action::Reload),
];

/// The steps by which an enlarged picture may be moved at once.
const PAN: RangeInclusive<i16> = -1000..=1000;

/// A request as JSON has it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct WireRequest {
    r#do: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    right: i16,
    #[serde(skip_serializing_if = "is_zero")]
    down: i16,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde asks for.
fn is_zero(number: &i16) -> bool {
    *number == 0
}

impl Request {
    /// Returns the request for an action; none where each screen does it by itself.
    pub fn of(action: Action) -> Option<Self> {
        let action = match action {
            // Numbers are typed on the screen that has the keyboard.
            Action::NextOrGo => Action::Next,
            Action::LastOrGo => Action::Last,
            action => action,
        };
        let is_shared =
            matches!(action, Action::Pan(..)) || SHARED.iter().any(|(_, shared)| *shared == action);
        is_shared.then_some(Self::Act(action))
    }

    /// Returns the request `name`, of those without arguments.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "follow" => Some(Self::Follow),
            "status" => Some(Self::Status),
            _ => SHARED.iter().find(|(known, _)| *known == name).map(|(_, action)| Self::Act(*action)),
        }
    }

    /// Returns the line that is sent, with its end.
    pub fn written(&self) -> String {
        let named = |name: &str| WireRequest { r#do: name.to_owned(), ..WireRequest::default() };
        let written = match self {
            Self::Follow => named("follow"),
            Self::Status => named("status"),
            Self::Go(to) => WireRequest { to: Some(to.clone()), ..named("goto") },
            Self::End(choice) => WireRequest { to: Some(choice.to_string()), ..named("end") },
            Self::Act(Action::Pan(right, down)) => WireRequest { right: *right, down: *down, ..named("pan") },
            Self::Act(action) => {
                let known = SHARED.iter().find(|(_, shared)| shared == action);
                named(known.map_or("status", |(name, _)| name))
            }
        };
        let mut line = serde_json::to_string(&written).unwrap_or_default();
        line.push('\n');
        line
    }

    /// Reads a request.
    ///
    /// # Errors
    /// It is none, or one that this version of Lutrin does not know.
    pub fn read(line: &str) -> Result<Self, RequestError> {
        let WireRequest { r#do: name, to, right, down } =
            serde_json::from_str(line).map_err(|_| RequestError::Garbage(garbage()))?;
        if let Some(request) = Self::named(&name) {
            return Ok(request);
        }
        let to = to.unwrap_or_default();
        match name.as_str() {
            "goto" if is_address(&to) => Ok(Self::Go(to)),
            "goto" => Err(RequestError::Unknown(
                Diagnostic::new(format!("`{to}` is no slide"))
                    .hint("`\"to\"` is a number, or a column and a row: `7.2`"),
            )),
            "end" => match to.parse() {
                Ok(choice) if choice < END.len() => Ok(Self::End(choice)),
                _ => Err(RequestError::Unknown(Diagnostic::new(format!("the end has no choice `{to}`")))),
            },
            "pan" if PAN.contains(&right) && PAN.contains(&down) => Ok(Self::Act(Action::Pan(right, down))),
            "pan" => Err(RequestError::Unknown(Diagnostic::new("nothing can be moved so far"))),
            "" => Err(RequestError::Garbage(garbage())),
            _ => Err(RequestError::Unknown(
                Diagnostic::new(format!("a talk does not know how to `{name}`"))
                    .hint("it may have been begun by another version of Lutrin"),
            )),
        }
    }
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestError {
    /// It does not follow the protocol.
    Garbage(Diagnostic),
    /// This version does not know it, or cannot do it.
    Unknown(Diagnostic),
}

fn garbage() -> Diagnostic {
    Diagnostic::new("this is no request to a talk of Lutrin").hint(r#"write a line of JSON: {"do":"next"}"#)
}

/// Returns whether it is a slide's number, or a column and a row.
pub fn is_address(written: &str) -> bool {
    let is_number =
        |part: &str| (1..=12).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    written
        .split_once('.')
        .map_or_else(|| is_number(written), |(column, row)| is_number(column) && is_number(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_is_read_as_it_is_written() {
        let acts = SHARED.iter().map(|(_, action)| Request::Act(*action));
        let others = [
            Request::Follow,
            Request::Status,
            Request::Go("7.2".to_owned()),
            Request::End(2),
            Request::Act(Action::Pan(-1, 0)),
        ];
        for request in acts.chain(others) {
            assert_eq!(Request::read(&request.written()), Ok(request));
        }
        assert_eq!(
            Request::of(Action::Black).map(|request| request.written()),
            Some("{\"do\":\"blank\"}\n".into())
        );
    }

    #[test]
    fn what_each_screen_does_by_itself_is_not_asked_for() {
        for own in
            [Action::Outline, Action::Notes, Action::Clock, Action::Quit, Action::Digit('7'), Action::Edit]
        {
            assert_eq!(Request::of(own), None, "{own:?}");
        }
    }

    #[test]
    fn garbage_is_told_from_what_is_not_known() {
        for garbage in [
            "",
            "GET / HTTP/1.1",
            "{",
            "{}",
            "[]",
            "7",
            r#"{"do":7}"#,
            r#"{"to":"7"}"#,
            "{\"do\":\"next\"} x",
        ] {
            assert!(matches!(Request::read(garbage), Err(RequestError::Garbage(_))), "{garbage}");
        }
        for unknown in [
            r#"{"do":"dance"}"#,
            r#"{"do":"goto"}"#,
            r#"{"do":"goto","to":"seven"}"#,
            r#"{"do":"goto","to":"7.2.1"}"#,
            r#"{"do":"goto","to":"-7"}"#,
            r#"{"do":"end","to":"9"}"#,
            r#"{"do":"pan","right":30000}"#,
        ] {
            assert!(matches!(Request::read(unknown), Err(RequestError::Unknown(_))), "{unknown}");
        }
    }
}
