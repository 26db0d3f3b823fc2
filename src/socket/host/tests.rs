//! Talks and their guests at real sockets, in one process. What a talk makes of a request is played by the tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

use tempfile::{TempDir, tempdir};

use super::*;
use crate::present::Action;
use crate::protocol::{LONGEST_REQUEST, Refusal, Script, State, VERSION};
use crate::socket::guest::{Guest, talks_in};

/// Nothing here takes so long, on the slowest machine.
const LONG: Duration = Duration::from_secs(30);
/// What should not come, would have come by then.
const SHORT: Duration = Duration::from_millis(100);

/// A talk whose news the test hears.
struct Talk {
    home: TempDir,
    host: Option<Host>,
    news: Receiver<News>,
}

fn patient() -> Talk {
    talk(LONG * 100)
}

fn talk(patience: Duration) -> Talk {
    let home = tempdir().unwrap();
    let (sender, news) = channel();
    let hello = Hello { protocol: VERSION, process: 7, deck: "/talk.md".into(), ..Hello::default() };
    let door = Door { folder: home.path().join("lutrin"), patience };
    let tell = move |what| drop(sender.send(what));
    let host = Some(Host::open_at(door, "talk", hello, tell).unwrap());
    Talk { home, host, news }
}

impl Talk {
    fn host(&self) -> &Host {
        self.host.as_ref().unwrap()
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("lutrin")
    }

    fn join(&self) -> Guest {
        Guest::join(self.host().path()).unwrap()
    }

    /// Connects as somebody may who does not speak as Lutrin does.
    fn connect(&self) -> UnixStream {
        UnixStream::connect(self.host().path()).unwrap()
    }

    fn next(&self) -> News {
        self.news.recv_timeout(LONG).unwrap()
    }

    /// Returns who has asked something next.
    fn asked(&self, expected: &Request) -> GuestId {
        match self.next() {
            News::Asked(guest, request) if request == *expected => guest,
            other => panic!("{other:?} instead of {expected:?}"),
        }
    }

    /// Makes a follower of a guest, as a talk does.
    fn follower(&self) -> Guest {
        let (guest, before) = (self.join(), self.host().followers());
        guest.asker.ask(&Request::Follow).unwrap();
        let id = self.asked(&Request::Follow);
        self.host().follow(id);
        assert_eq!(self.next(), News::Followers(before + 1));
        self.host().answer(id, state("first"));
        guest
    }
}

fn state(title: &str) -> Line {
    Line::State(Box::new(State { title: title.to_owned(), ..State::default() }))
}

fn heard(guest: &mut Guest) -> Option<Line> {
    guest.hearer.hear(Some(LONG)).unwrap()
}

/// Reads all that is said to somebody who does not speak as Lutrin does, until it is sent away.
fn rest(stream: UnixStream) -> Vec<Line> {
    stream.set_read_timeout(Some(LONG)).unwrap();
    BufReader::new(stream).lines().map(|line| Line::read(&line.unwrap()).unwrap()).collect()
}

fn refusal(lines: &[Line]) -> &Refusal {
    match lines {
        [Line::Hello(_), Line::Error(refusal)] => refusal,
        other => panic!("{other:?}"),
    }
}

const NEXT: Request = Request::Act(Action::Next);

#[test]
fn a_guest_hears_which_talk_it_is_and_is_answered() {
    let talk = patient();
    let mut guest = talk.join();
    assert_eq!((guest.hello.process, guest.hello.deck.as_str()), (7, "/talk.md"));
    guest.asker.ask(&NEXT).unwrap();
    let id = talk.asked(&NEXT);
    talk.host().tell(state("for followers"));
    talk.host().answer(id, state("for the guest"));
    assert_eq!(heard(&mut guest), Some(state("for the guest")));
    assert_eq!(talk.host().followers(), 0);
}

#[test]
fn all_followers_hear_the_same_until_they_go() {
    let talk = patient();
    let mut guests = [talk.follower(), talk.follower()];
    for guest in &mut guests {
        assert_eq!(heard(guest), Some(state("first")));
    }
    talk.host().tell(Line::Told("saved".into()));
    for guest in &mut guests {
        assert_eq!(heard(guest), Some(Line::Told("saved".into())));
    }
    let [one, mut other] = guests;
    drop(one);
    assert_eq!(talk.next(), News::Followers(1));
    talk.host().tell(state("still there"));
    assert_eq!(heard(&mut other), Some(state("still there")));
    assert_eq!(talk.host().followers(), 1);
}

#[test]
fn to_follow_twice_is_to_follow_once() {
    let talk = patient();
    let guest = talk.follower();
    guest.asker.ask(&Request::Follow).unwrap();
    let id = talk.asked(&Request::Follow);
    talk.host().follow(id);
    talk.host().send(id, Line::Deck(Script::default()));
    talk.host().answer(id, state("second"));
    assert_eq!(talk.host().followers(), 1);
    assert_eq!(talk.news.recv_timeout(SHORT), Err(RecvTimeoutError::Timeout));
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
        let News::Refused(why) = talk.next() else { panic!("it is not said") };
        assert!(why.contains("sent away") && !why.contains('\x1b'), "{why}");
    }
    other.asker.ask(&NEXT).unwrap();
    talk.host().answer(talk.asked(&NEXT), state("as ever"));
    assert_eq!(heard(&mut other), Some(state("as ever")));
}

#[test]
fn a_line_without_end_is_not_waited_for() {
    let talk = patient();
    let mut stream = talk.connect();
    stream.write_all(&vec![b'x'; LONGEST_REQUEST + 1]).unwrap();
    assert!(refusal(&rest(stream)).message.contains("4096 bytes"));
    assert!(matches!(talk.next(), News::Refused(_)));
}

#[test]
fn what_is_not_known_is_refused_and_more_may_be_asked() {
    let talk = patient();
    let mut guest = talk.join();
    (&talk.connect()).write_all(b"{\"do\":\"dance\"}\n").unwrap();
    guest.asker.ask(&Request::Go("no slide".into())).unwrap();
    assert!(matches!(heard(&mut guest), Some(Line::Error(_))));
    guest.asker.ask(&NEXT).unwrap();
    talk.host().answer(talk.asked(&NEXT), state("done"));
    assert_eq!(heard(&mut guest), Some(state("done")));
}

#[test]
fn what_was_asked_before_the_guest_went_is_answered() {
    let talk = patient();
    let mut stream = talk.connect();
    stream.write_all(b"{\"do\":\"next\"}").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    talk.host().answer(talk.asked(&NEXT), state("done"));
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
    assert_eq!(talk.news.recv_timeout(SHORT), Err(RecvTimeoutError::Timeout));
    talk.host().answer(first, state(""));
    let mut asked = 1;
    let why = loop {
        match talk.next() {
            News::Asked(guest, _) => talk.host().answer(guest, state("")),
            News::Refused(why) => break why,
            News::Followers(_) => panic!("it does not follow"),
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
    talk.host().follow(id);
    talk.host().answer(id, Line::Deck(Script { text: "x".repeat(4 << 20), ..Script::default() }));
    assert_eq!((talk.next(), talk.next()), (News::Followers(1), News::Followers(0)));
    assert_eq!(talk.host().followers(), 0);
    let mut told = Vec::new();
    deaf.read_to_end(&mut told).unwrap();
    assert!(told.len() < 4 << 20);
}

#[test]
fn telling_does_not_wait_for_who_does_not_read() {
    let mut talk = patient();
    let (deaf, mut other) = (talk.follower(), talk.follower());
    let deck = |nth: usize| {
        Line::Deck(Script {
            path: nth.to_string(),
            text: "x".repeat(1 << 20),
            root: None,
            ..Script::default()
        })
    };
    for nth in 0..20 {
        talk.host().tell(deck(nth));
    }
    // Where one of these waited for the deaf one, that would be for the rest of the day.
    loop {
        let line = heard(&mut other);
        if line == Some(deck(19)) {
            break;
        }
    }
    assert_eq!(talk.host().followers(), 2);
    talk.host = None;
    drop(deaf);
}

#[test]
fn only_so_many_are_let_in() {
    let talk = patient();
    let guests: Vec<_> = (0..16).map(|_| talk.join()).collect();
    let refused = Guest::join(talk.host().path()).unwrap_err();
    assert!(refused.message.contains("too many"), "{}", refused.message);
    drop(guests);
}

#[test]
fn a_talk_that_ends_says_its_last_and_leaves_nothing() {
    let mut talk = patient();
    let mut guest = talk.follower();
    let path = talk.host().path().to_owned();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    talk.host().tell(Line::Told("good night".into()));
    talk.host = None;
    assert!(!path.exists());
    let last: Vec<_> = std::iter::from_fn(|| heard(&mut guest)).collect();
    assert!(last.contains(&Line::Told("good night".into())), "{last:?}");
    assert!(guest.asker.ask(&NEXT).is_err() || heard(&mut guest).is_none());
}

#[test]
fn a_socket_that_is_not_ours_any_more_is_left() {
    let mut talk = patient();
    let path = talk.host().path().to_owned();
    fs::remove_file(&path).unwrap();
    let _other = UnixListener::bind(&path).unwrap();
    talk.host = None;
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
    assert_eq!((paths, talks[0].hello.process), (vec![talk.host().path()], 7));
    assert_eq!(silent, [at("suspended-1.sock")]);
    assert!(!at("gone-1073741824.sock").exists() && at("notes.txt").exists());
    assert_eq!(talks_in(&talk.home.path().join("nowhere")), (Vec::new(), Vec::new()));
}
