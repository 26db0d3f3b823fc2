//! Talks and their clients at real sockets, in one process. The tests answer the requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

use tempfile::{TempDir, tempdir};

use super::*;
use crate::present::Action;
use crate::protocol::{LONGEST_REQUEST, Refusal, Request, Script, TalkState, VERSION};
use crate::socket::client::{Client, talks_in};

/// Nothing here takes so long, on the slowest machine.
const LONG: Duration = Duration::from_secs(30);
/// What should not come, would have come by then.
const SHORT: Duration = Duration::from_millis(100);

/// A talk whose events the test reads.
struct TestTalk {
    home: TempDir,
    server: Option<Server>,
    events: Receiver<ServerEvent>,
}

fn patient() -> TestTalk {
    talk(LONG * 100)
}

fn talk(patience: Duration) -> TestTalk {
    let home = tempdir().unwrap();
    let (sender, events) = channel();
    let hello = Hello { protocol: VERSION, process: 7, deck: "/talk.md".into(), ..Hello::default() };
    let options = ListenOptions { folder: home.path().join("lutrin"), patience };
    let on_event = move |what| drop(sender.send(what));
    let server = Some(Server::open_at(options, "talk", hello, on_event).unwrap());
    TestTalk { home, server, events }
}

impl TestTalk {
    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("lutrin")
    }

    fn join(&self) -> Client {
        Client::join(self.server().path()).unwrap()
    }

    /// Connects as a program that does not speak the protocol.
    fn connect(&self) -> UnixStream {
        UnixStream::connect(self.server().path()).unwrap()
    }

    fn next(&self) -> ServerEvent {
        self.events.recv_timeout(LONG).unwrap()
    }

    /// Returns the peer of the next request.
    fn asked(&self, expected: &Request) -> PeerId {
        match self.next() {
            ServerEvent::Asked(client, request) if request == *expected => client,
            other => panic!("{other:?} instead of {expected:?}"),
        }
    }

    /// Returns a client that follows.
    fn follower(&self) -> Client {
        let (client, before) = (self.join(), self.server().followers());
        client.requests.send(&Request::Follow).unwrap();
        let id = self.asked(&Request::Follow);
        self.server().follow(id);
        assert_eq!(self.next(), ServerEvent::Followers(before + 1));
        self.server().answer(id, state("first"));
        client
    }
}

fn state(title: &str) -> Message {
    Message::State(Box::new(TalkState { title: title.to_owned(), ..TalkState::default() }))
}

fn heard(client: &mut Client) -> Option<Message> {
    client.messages.receive(Some(LONG)).unwrap()
}

/// Reads all messages to a program that does not speak the protocol, until it is disconnected.
fn rest(stream: UnixStream) -> Vec<Message> {
    stream.set_read_timeout(Some(LONG)).unwrap();
    BufReader::new(stream).lines().map(|line| Message::read(&line.unwrap()).unwrap()).collect()
}

fn refusal(lines: &[Message]) -> &Refusal {
    match lines {
        [Message::Hello(_), Message::Error(refusal)] => refusal,
        other => panic!("{other:?}"),
    }
}

const NEXT: Request = Request::Act(Action::Next);

#[test]
fn a_guest_hears_which_talk_it_is_and_is_answered() {
    let talk = patient();
    let mut client = talk.join();
    assert_eq!((client.hello.process, client.hello.deck.as_str()), (7, "/talk.md"));
    client.requests.send(&NEXT).unwrap();
    let id = talk.asked(&NEXT);
    talk.server().broadcast(state("for followers"));
    talk.server().answer(id, state("for the client"));
    assert_eq!(heard(&mut client), Some(state("for the client")));
    assert_eq!(talk.server().followers(), 0);
}

#[test]
fn all_followers_hear_the_same_until_they_go() {
    let talk = patient();
    let mut guests = [talk.follower(), talk.follower()];
    for client in &mut guests {
        assert_eq!(heard(client), Some(state("first")));
    }
    talk.server().broadcast(Message::Told("saved".into()));
    for client in &mut guests {
        assert_eq!(heard(client), Some(Message::Told("saved".into())));
    }
    let [one, mut other] = guests;
    drop(one);
    assert_eq!(talk.next(), ServerEvent::Followers(1));
    talk.server().broadcast(state("still there"));
    assert_eq!(heard(&mut other), Some(state("still there")));
    assert_eq!(talk.server().followers(), 1);
}

#[test]
fn to_follow_twice_is_to_follow_once() {
    let talk = patient();
    let client = talk.follower();
    client.requests.send(&Request::Follow).unwrap();
    let id = talk.asked(&Request::Follow);
    talk.server().follow(id);
    talk.server().send(id, Message::Deck(Script::default()));
    talk.server().answer(id, state("second"));
    assert_eq!(talk.server().followers(), 1);
    assert_eq!(talk.events.recv_timeout(SHORT), Err(RecvTimeoutError::Timeout));
}

#[test]
fn garbage_is_refused_and_said_and_others_go_on() {
    let talk = patient();
    let mut other = talk.follower();
    assert_eq!(heard(&mut other), Some(state("first")));
    for garbage in [&b"GET / HTTP/1.1\r\n\r\n"[..], b"\x1b[2J\xff\xfe\n", b"\n"] {
        let mut stream = talk.connect();
        stream.write_all(garbage).unwrap();
        assert!(!refusal(&rest(stream)).message.is_empty());
        let ServerEvent::Refused(why) = talk.next() else { panic!("it is not said") };
        assert!(why.contains("sent away") && !why.contains('\x1b'), "{why}");
    }
    other.requests.send(&NEXT).unwrap();
    talk.server().answer(talk.asked(&NEXT), state("as ever"));
    assert_eq!(heard(&mut other), Some(state("as ever")));
}

#[test]
fn a_line_without_end_is_not_waited_for() {
    let talk = patient();
    let mut stream = talk.connect();
    stream.write_all(&vec![b'x'; LONGEST_REQUEST + 1]).unwrap();
    assert!(refusal(&rest(stream)).message.contains("4096 bytes"));
    assert!(matches!(talk.next(), ServerEvent::Refused(_)));
}

#[test]
fn what_is_not_known_is_refused_and_more_may_be_asked() {
    let talk = patient();
    let mut client = talk.join();
    (&talk.connect()).write_all(b"{\"do\":\"dance\"}\n").unwrap();
    client.requests.send(&Request::Go("no slide".into())).unwrap();
    assert!(matches!(heard(&mut client), Some(Message::Error(_))));
    client.requests.send(&NEXT).unwrap();
    talk.server().answer(talk.asked(&NEXT), state("done"));
    assert_eq!(heard(&mut client), Some(state("done")));
}

#[test]
fn what_was_asked_before_the_guest_went_is_answered() {
    let talk = patient();
    let mut stream = talk.connect();
    stream.write_all(b"{\"do\":\"next\"}").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    talk.server().answer(talk.asked(&NEXT), state("done"));
    assert_eq!(rest(stream).last(), Some(&state("done")));
}

#[test]
fn a_guest_asks_one_thing_at_a_time_and_not_too_often() {
    let talk = talk(Duration::from_secs(1));
    let mut flood = talk.connect();
    let flood = std::thread::spawn(move || {
        // It may be sent away before all is said.
        while flood.write_all(&b"{\"do\":\"next\"}\n".repeat(100)).is_ok() {}
    });
    let first = talk.asked(&NEXT);
    assert_eq!(talk.events.recv_timeout(SHORT), Err(RecvTimeoutError::Timeout));
    talk.server().answer(first, state(""));
    let mut asked = 1;
    let why = loop {
        match talk.next() {
            ServerEvent::Asked(client, _) => talk.server().answer(client, state("")),
            ServerEvent::Refused(why) => break why,
            ServerEvent::Followers(_) => panic!("it does not follow"),
        }
        asked += 1;
    };
    assert!(asked >= 200 && why.contains("too often"), "{asked}: {why}");
    flood.join().unwrap();
}

#[test]
fn a_guest_that_never_reads_keeps_nobody_and_is_sent_away() {
    let talk = talk(SHORT);
    let mut deaf = talk.connect();
    deaf.write_all(b"{\"do\":\"follow\"}\n").unwrap();
    let id = talk.asked(&Request::Follow);
    talk.server().follow(id);
    talk.server().answer(id, Message::Deck(Script { text: "x".repeat(4 << 20), ..Script::default() }));
    assert_eq!((talk.next(), talk.next()), (ServerEvent::Followers(1), ServerEvent::Followers(0)));
    assert_eq!(talk.server().followers(), 0);
    let mut told = Vec::new();
    deaf.read_to_end(&mut told).unwrap();
    assert!(told.len() < 4 << 20);
}

#[test]
fn telling_does_not_wait_for_who_does_not_read() {
    let mut talk = patient();
    let (deaf, mut other) = (talk.follower(), talk.follower());
    let deck = |nth: usize| {
        Message::Deck(Script {
            path: nth.to_string(),
            text: "x".repeat(1 << 20),
            root: None,
            ..Script::default()
        })
    };
    for nth in 0..20 {
        talk.server().broadcast(deck(nth));
    }
    // Where one of these waited for the deaf one, that would be for the rest of the day.
    loop {
        let line = heard(&mut other);
        if line == Some(deck(19)) {
            break;
        }
    }
    assert_eq!(talk.server().followers(), 2);
    talk.server = None;
    drop(deaf);
}

#[test]
fn only_so_many_are_let_in() {
    let talk = patient();
    let guests: Vec<_> = (0..16).map(|_| talk.join()).collect();
    let refused = Client::join(talk.server().path()).unwrap_err();
    assert!(refused.message.contains("too many"), "{}", refused.message);
    drop(guests);
}

#[test]
fn a_talk_that_ends_says_its_last_and_leaves_nothing() {
    let mut talk = patient();
    let mut client = talk.follower();
    let path = talk.server().path().to_owned();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    talk.server().broadcast(Message::Told("good night".into()));
    talk.server = None;
    assert!(!path.exists());
    let last: Vec<_> = std::iter::from_fn(|| heard(&mut client)).collect();
    assert!(last.contains(&Message::Told("good night".into())), "{last:?}");
    assert!(client.requests.send(&NEXT).is_err() || heard(&mut client).is_none());
}

#[test]
fn a_socket_that_is_not_ours_any_more_is_left() {
    let mut talk = patient();
    let path = talk.server().path().to_owned();
    fs::remove_file(&path).unwrap();
    let _other = UnixListener::bind(&path).unwrap();
    talk.server = None;
    assert!(path.exists());
}

#[test]
fn talks_are_found_and_what_is_left_of_others_is_removed() {
    let talk = patient();
    let at = |name: &str| talk.folder().join(name);
    // The number of no process: no system has so many.
    drop(UnixListener::bind(at("gone-1073741824.sock")).unwrap());
    let _suspended = UnixListener::bind(at("suspended-1.sock")).unwrap();
    fs::write(at("notes.txt"), "").unwrap();
    let (talks, silent) = talks_in(&talk.folder());
    let paths: Vec<_> = talks.iter().map(|talk| talk.path.as_path()).collect();
    assert_eq!((paths, talks[0].hello.process), (vec![talk.server().path()], 7));
    assert_eq!(silent, [at("suspended-1.sock")]);
    assert!(!at("gone-1073741824.sock").exists() && at("notes.txt").exists());
    assert_eq!(talks_in(&talk.home.path().join("nowhere")), (Vec::new(), Vec::new()));
}
