//! The audience's screen: with a console and without one it is the same, and nothing that is for the speaker comes there.

use super::{Folder, LIMIT, SECRET, console, door, folder, lutrin, rehearsal, talk};
use crate::pty::{Seen, Start, Terminal, a_moment_passes, key};
use rustix::process::Signal;
use vt100::{Cell, Color};

/// Returns what is seen of a cell: of a blank one, that is its background.
fn look(seen: &Seen, (column, row): (u16, u16)) -> (Option<Cell>, Color) {
    let cell = seen.cell(column, row);
    let is_blank = cell.contents().trim().is_empty();
    ((!is_blank).then(|| cell.clone()), cell.bgcolor())
}

/// What stands where the talk's screen differs from that of another one; none where they are the same.
fn difference(one: &Seen, other: &Seen) -> Option<String> {
    let (columns, rows) = one.size();
    let mut places = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let place = places.find(|place| look(one, *place) != look(other, *place))?;
    let cells = [one, other].map(|seen| look(seen, place));
    Some(format!("at {place:?}: {cells:?}\n{}\n----\n{}", one.text(), other.text()))
}

/// Waits until two screens are the same, cell by cell.
#[track_caller]
fn alike(joined: &Terminal, alone: &Terminal, after: &str) {
    let begin = std::time::Instant::now();
    while let Some(difference) = joined.sees(|one| alone.sees(|other| difference(one, other))) {
        assert!(begin.elapsed() < LIMIT, "after {after:?}, {difference}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_screen_with_a_console_is_that_of_a_talk_without_one() {
    let (here, there) = (folder(), folder());
    let mut joined = talk(&here, &[]);
    let mut alone = lutrin(&there, &["deck.md", "--no-console"]).go();
    let mut consoles = Vec::new();
    let keys = [
        "",
        "l",
        "l",
        "l",
        "l",
        key::DOWN,
        " ",
        "4",
        "\r",
        "z",
        "z",
        key::RIGHT,
        key::ESC,
        "T",
        "T",
        "b",
        "l",
        "w",
        "w",
        "o",
        "jj",
        key::ESC,
        "?",
        key::ESC,
        "G",
        "h",
        "l",
        "1\r",
        "a",
    ];
    for round in 0..2 {
        for keys in keys {
            for screen in [&mut joined, &mut alone] {
                screen.types(keys);
            }
            if keys == key::ESC {
                // With the next key it would be another one.
                a_moment_passes();
            }
            alike(&joined, &alone, keys);
            assert!(!joined.sees(Seen::text).contains(SECRET));
        }
        if round == 0 {
            consoles.push(console(&here, &[]));
            // Whoever comes to the socket with garbage is the speaker's affair too.
            super::Guest::new(&door(&here, &joined)).says("GET / HTTP/1.1");
            consoles[0].shows("sent away");
        }
    }
    drop(consoles);
    a_moment_passes();
    alike(&joined, &alone, "the console has gone");
    for screen in [&mut joined, &mut alone] {
        screen.types("q");
        assert_eq!(screen.ends().exit_code(), 0);
    }
    alike(&joined, &alone, "the end");
    let sent = joined.sees(Seen::text_sent);
    for word in [SECRET, "talk 0:", "ahead", "behind", "sent away", "console"] {
        assert!(!sent.contains(word), "`{word}` came to the audience");
    }
}

#[test]
fn what_is_for_the_speaker_is_refused_there_and_the_console_says_why() {
    let folder = folder();
    let mut talk = talk(&folder, &[]);
    let mut console = console(&folder, &[]);
    talk.is_at("1/5");
    for key in ["s", "t", "!"] {
        let before = talk.sees(Seen::text);
        talk.types(key);
        console.shows("shown here alone");
        a_moment_passes();
        assert_eq!(talk.sees(Seen::text), before, "{key}");
        console.types("l");
        console.until("the second slide", |seen| super::title(seen).contains("2/5"));
        console.until("no message", |seen| !seen.text().contains("shown here alone"));
        console.types("h");
        console.until("the first slide", |seen| super::title(seen).contains("1/5"));
        talk.is_at("1/5");
    }
}

#[test]
fn notes_and_clock_go_when_a_console_comes_and_stay_away_when_it_goes() {
    let folder = folder();
    let mut talk = talk(&folder, &[]);
    talk.types("lh");
    talk.types("t");
    talk.shows(" 0:0");
    talk.types("s");
    talk.shows("whisper1");
    let is_clean = |seen: &Seen| !seen.text().contains(SECRET) && !seen.text().contains(" 0:");
    let console = console(&folder, &[]);
    talk.until("screen for the audience", is_clean);
    console.signals(Signal::KILL);
    drop(console);
    for (keys, place) in [("l", "2/5"), ("1\r", "1/5")] {
        talk.types(keys);
        talk.is_at(place);
        assert!(talk.sees(is_clean), "{}", talk.sees(Seen::text));
    }
    talk.types("s");
    talk.shows("whisper1");
}

/// A deck in which something cannot be shown.
fn faulty() -> Folder {
    Folder::with("deck.md", "# One\n\n![](missing.png)\n\nNote: whisper1\n\n---\n\n# Two\n")
}

#[test]
fn diagnostics_are_not_left_on_the_audiences_terminal() {
    for has_console in [false, true] {
        let folder = faulty();
        let mut talk = talk(&folder, &[]);
        talk.is_at("1/2");
        let mut joined = has_console.then(|| console(&folder, &[]));
        if let Some(console) = &mut joined {
            console.types("!");
            console.shows("not shown as written");
            a_moment_passes();
            assert!(!talk.sees(Seen::text).contains("not shown as written"));
        }
        drop(joined);
        talk.types("q");
        assert_eq!(talk.ends().exit_code(), 0);
        let left = talk.sees(Seen::text);
        assert_eq!(left.contains("missing.png"), !has_console, "{left}");
    }
}

#[test]
fn a_rehearsal_keeps_its_clock_beside_a_console() {
    let folder = folder();
    let mut rehearsal = rehearsal(&folder, &["--no-record"]);
    rehearsal.shows("not started");
    let mut console = console(&folder, &[]);
    rehearsal.shows("not started");
    console.types("l");
    rehearsal.shows("talk 0:0");
    rehearsal.types("s");
    rehearsal.shows("whisper2");
}

#[test]
fn a_talk_without_a_place_for_its_socket_says_so_at_its_end_only() {
    let folder = folder();
    folder.put("file", "");
    let nowhere = folder.path().join("file").to_string_lossy().into_owned();
    let start = Start::lutrin(&folder, &["deck.md"])
        .with("XDG_RUNTIME_DIR", &nowhere)
        .with("XDG_STATE_HOME", &nowhere);
    let mut talk = start.go();
    talk.is_at("1/5");
    talk.types("l");
    talk.is_at("2/5");
    assert!(!talk.sees(Seen::text).contains("socket"));
    talk.types("q");
    assert_eq!(talk.ends().exit_code(), 0);
    assert!(
        talk.sees(Seen::text).contains("talks have no place for their sockets"),
        "{}",
        talk.sees(Seen::text)
    );
}
