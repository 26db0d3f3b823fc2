//! Whoever comes to the socket of a talk and means it no good: what it hears, what the speaker hears, and that the talk goes on.

use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use rstest::rstest;

use super::{Guest, agree, console, door, folder, stands, state, talk, waits};
use crate::pty::{Terminal, a_moment_passes};

/// A key is answered within this time, on a busy machine too, where no deck is read in between.
const PROMPT: Duration = Duration::from_secs(2);

#[rstest]
#[case::http(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n".to_vec(), "no request")]
#[case::binary((0..=255).chain(0..=255).collect(), "")]
#[case::not_utf8(b"\xff\xfe{\"do\":\"next\"}\n".to_vec(), "UTF-8")]
#[case::ten_megabytes(vec![b'x'; 10 << 20], "4096 bytes")]
#[case::list(b"[1,2,3]\n".to_vec(), "no request")]
#[case::words(b"\"next\"\n".to_vec(), "no request")]
#[case::number_as_name(b"{\"do\":7}\n".to_vec(), "no request")]
#[case::nothing(b"\n".to_vec(), "no request")]
#[case::deep([vec![b'['; 100_000], b"\n".to_vec()].concat(), "4096 bytes")]
#[case::deep_but_short([vec![b'['; 4000], b"\n".to_vec()].concat(), "no request")]
#[case::commands_to_a_terminal(b"\x1b]0;owned\x07\x1b[2J\n".to_vec(), "no request")]
fn garbage_is_answered_said_and_over(#[case] garbage: Vec<u8>, #[case] why: &str) {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let mut guest = Guest::new(&socket);
    // It may be sent away before all is said.
    drop(guest.stream.write_all(&garbage));
    let refusal = guest.hears();
    // What has been cut off while it spoke may have missed its answer; but never is there another one.
    if let Some(refusal) = refusal {
        let message = refusal["error"]["message"].as_str().expect("a refusal");
        assert!(message.contains(why), "{message}");
        assert_eq!(guest.hears(), None);
    } else {
        assert!(garbage.len() > 4096, "a short one hears why");
    }
    screens[1].shows("sent away");
    assert!(screens[1].sees(|seen| !seen.text_sent().contains("owned\x07")));
    for key in ["l", "l"] {
        let before = state(&socket)["at"].clone();
        screens[0].types(key);
        stands(&socket, "step", |state| state["at"] != before);
    }
    agree(&socket, &screens);
    assert!(!screens[0].sees(|seen| seen.text_sent().contains("sent away")));
}

#[test]
fn what_is_unknown_is_answered_and_more_may_be_asked() {
    let folder = folder();
    let talk = talk(&folder, &[]);
    let mut guest = Guest::new(&door(&folder, &talk));
    for unknown in [r#"{"do":"dance"}"#, r#"{"do":"goto"}"#, r#"{"do":"goto","to":"x"}"#, r#"{"do":"quit"}"#]
    {
        assert!(guest.says(unknown));
        let answer = guest.hears().expect("an answer");
        assert!(answer["error"]["message"].is_string(), "{answer}");
    }
    assert_eq!(guest.asks(r#"{"do":"goto","to":"4","mood":"good"}"#)["at"]["slide"], 4);
    assert_eq!(guest.asks(r#"{"do":"goto","to":"999999999999"}"#)["at"]["slide"], 5);
    assert_eq!(guest.asks(r#"{"do":"goto","to":"0"}"#)["at"]["slide"], 1);
}

#[test]
fn half_a_line_and_silence_keep_nobody() {
    let folder = folder();
    let mut screens = [talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let mut halves: Vec<_> = (0..10).map(|_| Guest::new(&socket)).collect();
    for half in &mut halves {
        half.stream.write_all(b"{\"do\":").expect("it is read");
    }
    a_moment_passes();
    screens[0].types("4\r");
    screens[1].shows("now · 4/5");
    halves[0].stream.write_all(b"\"first\"}\n").expect("it is waited for");
    assert_eq!(halves[0].hears().expect("an answer")["state"]["at"]["slide"], 1);
    screens[0].is_at("1/5");
}

#[test]
fn a_console_that_never_reads_slows_nobody() {
    let folder = folder();
    let pad = |nth: usize| {
        format!("{}\n\n---\n\n# Pad{nth}\n\n<!-- {} -->\n", folder.read("deck.md"), "x".repeat(2 << 20))
    };
    let padded = pad(0);
    folder.put("deck.md", &padded);
    let mut talk = talk(&folder, &[]);
    talk.is_at("1/6");
    let socket = door(&folder, &talk);
    let key = |talk: &mut Terminal, nth: usize| {
        let place = ["2/6", "1/6"][nth % 2];
        let begin = Instant::now();
        talk.types(["2\r", "1\r"][nth % 2]);
        talk.is_at(place);
        begin.elapsed()
    };
    for nth in 0..20 {
        key(&mut talk, nth);
    }
    // What an edit costs by itself.
    let begin = Instant::now();
    folder.put("deck.md", padded.replace("Pad0", "Padding"));
    talk.is_at("6/6");
    let usual = begin.elapsed();
    let before = memory(talk.process());
    let mut deaf: Vec<_> = (0..3).map(|_| Guest::unheard(&socket)).collect();
    for guest in &mut deaf {
        assert!(guest.says(r#"{"do":"follow"}"#));
    }
    let mut slowest = Duration::ZERO;
    for nth in 0..500 {
        if nth % 50 == 10 {
            folder.put("deck.md", padded.replace("Pad0", &format!("Pad{nth}")));
        }
        slowest = slowest.max(key(&mut talk, nth));
    }
    assert!(slowest < PROMPT + 4 * usual, "a key took {slowest:?}, and an edit {usual:?} with nobody there");
    let grown = memory(talk.process()).saturating_sub(before);
    assert!(grown < 40 << 20, "memory grew by {} MB", grown >> 20);
    // They are sent away once they have read nothing for two seconds, which a fast talk takes less than to do all that: at the
    // end of what had been sent is no more.
    std::thread::sleep(Duration::from_secs(3));
    for mut guest in deaf {
        let mut heard = Vec::new();
        guest.stream.set_read_timeout(Some(Duration::from_secs(10))).expect("it is a socket");
        let read = guest.stream.read_to_end(&mut heard);
        assert!(read.is_ok() && heard.len() < 2 << 20, "{read:?}, {} bytes", heard.len());
    }
    let mut joined = console(&folder, &[]);
    joined.types("3\r");
    talk.is_at("3/6");
}

/// Returns how many bytes of memory a process has taken.
fn memory(process: i32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0) << 10
}

#[test]
fn a_flood_is_cut_off() {
    let folder = folder();
    folder.put("deck.md", format!("{}# Last\n", "# Slide\n\n---\n\n".repeat(2000)));
    let mut screens = [talk(&folder, &[]), console_of_plain(&folder)];
    let socket = door(&folder, &screens[0]);
    let mut flood = Guest::new(&socket);
    let begin = Instant::now();
    drop(flood.stream.write_all("{\"do\":\"next\"}\n".repeat(100_000).as_bytes()));
    screens[1].shows("too often");
    let allowed = 201 + begin.elapsed().as_secs() * 100 + 100;
    let at = state(&socket)["at"]["slide"].as_u64().expect("a number");
    assert!((100..=allowed).contains(&at), "{at} slides of {allowed}");
    screens[0].types("7\r");
    screens[0].is_at("7/2001");
    a_moment_passes();
    assert_eq!(state(&socket)["at"]["slide"], 7, "nothing of it comes later");
}

/// A console on a deck without notes.
fn console_of_plain(folder: &super::Folder) -> Terminal {
    let terminal = super::lutrin(folder, &["console"]).sized(110, 40).go();
    terminal.shows("now · ");
    terminal
}

#[test]
fn a_crowd_is_let_in_as_far_as_there_are_seats() {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let mut crowd: Vec<_> = (0..200).map(|_| Guest::unheard(&socket)).collect();
    let begin = Instant::now();
    screens[0].types("4\r");
    screens[1].shows("now · 4/5");
    screens[1].types("2\r");
    screens[0].is_at("2/5");
    assert!(begin.elapsed() < 2 * PROMPT, "{:?}", begin.elapsed());
    let let_in = crowd.iter_mut().filter_map(Guest::hears).filter(|line| !line["hello"].is_null()).count();
    assert_eq!(let_in, 15, "and the console");
    drop(crowd);
    // When they are gone there is room again.
    waits("seat", || Guest::unheard(&socket).hears().filter(|line| !line["hello"].is_null()));
    let end = Instant::now() + Duration::from_secs(20);
    while !screens[1].sees(|seen| seen.text().contains("now · 2/5")) {
        assert!(Instant::now() < end);
    }
    agree(&socket, &screens);
}
