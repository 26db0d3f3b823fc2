//! Consoles in windows of every size, and on terminals of every kind.

use rstest::rstest;

use super::{console, door, folder, lutrin, stands, state, talk};
use crate::pty::Seen;

#[test]
fn a_console_steps_in_windows_of_every_size() {
    let folder = folder();
    let talk = talk(&folder, &[]);
    let mut console = console(&folder, &[]);
    let socket = door(&folder, &talk);
    for (nth, (columns, rows)) in [
        (1, 1),
        (2, 2),
        (1, 40),
        (200, 1),
        (10, 3),
        (20, 4),
        (40, 12),
        (72, 14),
        (71, 32),
        (80, 24),
        (150, 30),
        (250, 80),
    ]
    .into_iter()
    .enumerate()
    {
        console.resizes(columns, rows);
        console.until("new window", Seen::is_repainted);
        for keys in [format!("{}\r", nth % 5 + 1), " ".to_owned(), "?".to_owned(), "\x1b".to_owned()] {
            let before = state(&socket)["at"].clone();
            console.types(&keys);
            crate::pty::a_moment_passes();
            if keys == " " && before["slide"] != 5 {
                stands(&socket, "step", |state| state["at"] != before);
            }
        }
    }
    console.types("1\r");
    talk.is_at("1/5");
    console.shows("now · 1/5");
    console.types("q");
    assert_eq!(console.ends().exit_code(), 0);
}

#[test]
fn a_talk_steps_in_windows_of_every_size_and_the_console_follows() {
    let folder = folder();
    let mut talk = talk(&folder, &[]);
    let console = console(&folder, &[]);
    let socket = door(&folder, &talk);
    talk.types("3\r");
    for (columns, rows) in [(1, 1), (3, 40), (200, 2), (20, 5), (250, 80), (80, 24)] {
        talk.resizes(columns, rows);
        stands(&socket, "stage", |state| state["stage"]["columns"] == columns);
        talk.types("j");
        let told = state(&socket);
        let place = format!("{}/5", told["at"]["slide"]);
        console.until(&place, |seen| crate::rehearsals::row(seen).contains(&place));
    }
}

#[rstest]
#[case::console_of_the_system(&[("TERM", "linux")], &[])]
#[case::no_color(&[("NO_COLOR", "1")], &[])]
#[case::dumb_colors(&[("COLORTERM", ""), ("TERM", "xterm")], &[])]
#[case::light(&[], &["--theme", "light"])]
fn a_console_follows_on_every_kind_of_terminal(#[case] variables: &[(&str, &str)], #[case] options: &[&str]) {
    let folder = folder();
    let talk = talk(&folder, &[]);
    let start = lutrin(&folder, &[options, &["console"]].concat()).sized(110, 40);
    let start = variables.iter().fold(start, |start, (name, value)| start.with(name, value));
    let mut console = start.go();
    console.until("first slide", |seen| seen.text().contains("1/5") && seen.text().contains("whisper1"));
    for place in ["2/5", "3/5", "4/5", "5/5"] {
        console.types("\x1b[1;3C");
        talk.is_at(place);
        console.until(place, |seen| seen.text().contains(place));
    }
    assert_eq!(console.sees(Seen::is_light), options.contains(&"light"));
    console.types("q");
    assert_eq!(console.ends().exit_code(), 0);
}
