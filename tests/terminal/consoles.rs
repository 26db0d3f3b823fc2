//! Talks that are joined by consoles and by programs: how they begin, and whether all of them agree.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use image::{ImageFormat, RgbImage};
use serde_json::Value;

use crate::images::file;
use crate::pty::{Folder, Seen, Start, Terminal};

/// Longer than anything takes on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);
/// What only the speaker may see: no word of it is on a slide.
pub(crate) const SECRET: &str = "whisper";

/// A deck with something for every key: steps, a tall slide, a picture, links; and notes everywhere.
pub(crate) fn folder() -> Folder {
    let items: Vec<String> = (1..=60).map(|number| format!("- line{number}")).collect();
    let deck = format!(
        "# First\n\nNote: {SECRET}1\n\n---\n\n# Steps\n\n- one <!-- .element: class=\"fragment\" -->\n\
         - two <!-- .element: class=\"fragment\" -->\n\nNote: {SECRET}2\n\n---\n\n# Tall\n\n{}\n\n\
         Note: {SECRET}3\n\n---\n\n# Picture\n\n![](four.png)\n\nNote: {SECRET}4\n\n---\n\n# Links\n\n\
         [to the first](#/0)\n\nNote: {SECRET}5\n",
        items.join("\n")
    );
    let folder = Folder::with("deck.md", deck);
    let four = RgbImage::from_fn(320, 200, |x, y| image::Rgb([(x / 2) as u8, y as u8, 90]));
    folder.put("four.png", file(four, ImageFormat::Png));
    folder
}

/// Lutrin in a folder in which runs and talks are kept too.
pub(crate) fn lutrin(folder: &Folder, arguments: &[&str]) -> Start {
    Start::lutrin(folder, arguments).with("XDG_STATE_HOME", &folder.path().join("state").to_string_lossy())
}

/// A talk on the folder's deck, which can be joined.
#[track_caller]
pub(crate) fn talk(folder: &Folder, arguments: &[&str]) -> Terminal {
    let terminal = lutrin(folder, &[&["deck.md"], arguments].concat()).go();
    door(folder, &terminal);
    terminal
}

/// A rehearsal of the folder's deck, which can be joined.
#[track_caller]
pub(crate) fn rehearsal(folder: &Folder, arguments: &[&str]) -> Terminal {
    let terminal = lutrin(folder, &[&["rehearse", "deck.md"], arguments].concat()).go();
    door(folder, &terminal);
    terminal
}

/// A console that shows a talk, in a window with room for everything.
#[track_caller]
pub(crate) fn console(folder: &Folder, arguments: &[&str]) -> Terminal {
    let terminal = lutrin(folder, &[&["console"], arguments].concat()).sized(110, 40).go();
    terminal.shows("now · ");
    terminal.shows(" notes ");
    terminal
}

/// Waits for the socket of a talk, and returns its path.
#[track_caller]
pub(crate) fn door(folder: &Folder, talk: &Terminal) -> PathBuf {
    let end = format!("-{}.sock", talk.process());
    waits("socket", || sockets(folder).into_iter().find(|path| path.to_string_lossy().ends_with(&end)))
}

/// Returns the sockets of the folder's talks.
pub(crate) fn sockets(folder: &Folder) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.path().join("lutrin")).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.extension().is_some()).collect()
}

/// Waits until there is something.
#[track_caller]
pub(crate) fn waits<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begin.elapsed() < LIMIT, "no {what}");
        sleep(Duration::from_millis(10));
    }
}

/// Somebody at the socket of a talk, who says what the test says.
pub(crate) struct Guest {
    pub(crate) stream: UnixStream,
    reader: BufReader<UnixStream>,
}

impl Guest {
    /// Connects, and hears which talk it is.
    #[track_caller]
    pub(crate) fn new(socket: &Path) -> Self {
        let mut guest = Self::unheard(socket);
        assert!(guest.hears().is_some_and(|line| line["hello"]["protocol"] == 1));
        guest
    }

    /// Connects, and hears nothing yet.
    #[track_caller]
    pub(crate) fn unheard(socket: &Path) -> Self {
        let stream = UnixStream::connect(socket).expect("the talk listens");
        stream.set_read_timeout(Some(LIMIT)).expect("it is a socket");
        let reader = BufReader::new(stream.try_clone().expect("a file may be open"));
        Self { stream, reader }
    }

    /// Returns the next line; none after the last.
    #[track_caller]
    pub(crate) fn hears(&mut self) -> Option<Value> {
        let mut line = String::new();
        // Who is sent away while it still speaks, is cut off.
        let length = self.reader.read_line(&mut line).unwrap_or(0);
        (length > 0).then(|| serde_json::from_str(&line).expect("a talk speaks JSON"))
    }

    /// Says a line, and returns whether it was taken.
    pub(crate) fn says(&mut self, line: &str) -> bool {
        self.stream.write_all(format!("{line}\n").as_bytes()).is_ok()
    }

    /// Asks for something, and returns how the talk stands then.
    #[track_caller]
    pub(crate) fn asks(&mut self, request: &str) -> Value {
        assert!(self.says(request));
        self.hears().expect("an answer")["state"].clone()
    }
}

/// Returns how a talk stands.
#[track_caller]
pub(crate) fn state(socket: &Path) -> Value {
    Guest::new(socket).asks(r#"{"do":"status"}"#)
}

/// Waits until the talk stands as `condition` wants it.
#[track_caller]
pub(crate) fn stands(socket: &Path, what: &str, condition: impl Fn(&Value) -> bool) -> Value {
    waits(what, || Some(state(socket)).filter(&condition))
}

/// Returns the row of a console's screen in which its panes begin.
pub(crate) fn title(seen: &Seen) -> String {
    seen.text().lines().find(|line| line.contains("now · ")).unwrap_or_default().to_owned()
}

/// Waits until all screens, the talk's own first, show how the talk stands; returns that.
#[track_caller]
pub(crate) fn agree(socket: &Path, screens: &[Terminal]) -> Value {
    let told = state(socket);
    let place = format!("{}/{}", told["number"].as_str().expect("words"), told["slides"]);
    let notes = format!("{SECRET}{}", told["number"].as_str().expect("words"));
    for (nth, screen) in screens.iter().enumerate() {
        let is_right = |seen: &Seen| match nth {
            0 if told["blank"] != Value::Null => seen.text().trim().is_empty(),
            0 => seen.has_word(&place),
            _ => {
                panes(seen) == Some([(place.clone(), audience(&told)), (String::new(), later(&told))])
                    && seen.text().contains(&notes)
            }
        };
        screen.until(&format!("screen {nth} as {told}"), is_right);
        if told["blank"] == Value::Null && told["closeup"] == Value::Null {
            screen.until("colours", |seen| seen.is_light() == (told["theme"] == "light"));
        }
    }
    told
}

/// Returns the words in the frames of a console's two slides: the number and what is said of it, and the same of the next.
pub(crate) fn panes(seen: &Seen) -> Option<[(String, String); 2]> {
    let title = title(seen);
    let parts = |pane: &str| {
        let mut parts = pane.split('─').map(str::trim).filter(|part| !part.is_empty());
        (parts.next().unwrap_or_default().to_owned(), parts.next().unwrap_or_default().to_owned())
    };
    let (now, next) = title.split_once("now · ")?.1.split_once('╮')?;
    let next = next.split_once("next")?.1.trim_end_matches('╮');
    let (mut later, aside) = parts(next);
    if !aside.is_empty() {
        later = format!("{later} {aside}");
    }
    Some([parts(now), (String::new(), later)])
}

/// Returns what a console should say of the slide that the audience sees.
pub(crate) fn audience(told: &Value) -> String {
    let mut said: Vec<String> = told["blank"].as_str().map(str::to_owned).into_iter().collect();
    said.extend(told["closeup"]["level"].as_u64().map(|level| format!("zoomed {level}×")));
    let steps = told["steps"].as_u64().filter(|steps| *steps > 0);
    said.extend(steps.map(|steps| format!("step {} of {steps}", told["at"]["step"])));
    let (row, last) = (told["at"]["row"].as_u64(), told["at"]["last_row"].as_u64());
    let scrolled = row.zip(last).filter(|(_, last)| *last > 0);
    said.extend(scrolled.map(|(row, last)| format!("{} %", row * 100 / last)));
    said.join(" · ")
}

/// Returns what a console should say of what comes next.
pub(crate) fn later(told: &Value) -> String {
    let (at, next) = (&told["at"], &told["next"]);
    if *next == Value::Null {
        String::new()
    } else if next["slide"] != at["slide"] {
        format!("{}/{}", next["slide"], told["slides"])
    } else if told["blank"] != Value::Null || told["closeup"] != Value::Null {
        "this slide again".to_owned()
    } else if next["step"] != at["step"] {
        format!("step {} of {}", next["step"], told["steps"])
    } else {
        "the rest of this slide".to_owned()
    }
}
