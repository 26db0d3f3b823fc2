//! What is known of the terminal, in lines for people; it asks for nothing.

use crate::color::{Rgb, contrast};
use crate::terminal::graphics::Protocol;
use crate::terminal::{ColorDepth, Graphics, Multiplexer, TerminalProbe, Window};
use crate::text::sanitize;

/// With more rows than these, letters are too small to be read at the back of a room.
const MOST_ROWS: u16 = 45;
/// Slides want a window of so many columns and rows at least.
const LEAST: (u16, u16) = (80, 24);
/// The column in which values begin.
const INDENT: usize = 14;

/// All that is known.
pub(super) struct Facts<'a> {
    pub(super) probe: &'a TerminalProbe,
    pub(super) colors: ColorDepth,
    pub(super) window: Window,
    /// Whether the terminal moved on by one column at a letter of two bytes.
    pub(super) reads_utf8: Option<bool>,
    /// Whether tmux says that it hands on what is meant for the terminal around it.
    pub(super) passthrough: Option<bool>,
}

/// Returns the report, where `get` looks a variable of the environment up.
pub(super) fn lines(facts: &Facts, get: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let get = |name: &str| get(name).unwrap_or_default();
    let rows = [
        ("terminal", vec![terminal(facts, &get)]),
        ("runs", vec![surroundings(facts.probe, &get)]),
        ("size", size(facts)),
        ("colours", vec![colors(facts.colors).to_owned()]),
        ("background", vec![background(facts.probe)]),
        ("letters", letters(facts, &locale(&get))),
        ("updates", vec![updates(facts.probe).to_owned()]),
        ("pictures", pictures(facts)),
    ];
    rows.into_iter().flat_map(|(label, values)| aligned(label, &values)).collect()
}

/// Returns lines with the label before the first one.
fn aligned(label: &str, values: &[String]) -> Vec<String> {
    let line = |(nth, value): (usize, &String)| {
        let label = if nth == 0 { label } else { "" };
        format!("{label:INDENT$}{}", sanitize(value))
    };
    values.iter().enumerate().map(line).collect()
}

fn terminal(facts: &Facts, get: &impl Fn(&str) -> String) -> String {
    let name = match facts.probe.version() {
        // `kitty(0.26.5)` is a name and a version.
        Some(version) => version.replace('(', " ").replace(')', ""),
        None => named_by_environment(facts.probe, get).unwrap_or_else(|| "does not tell its name".to_owned()),
    };
    match get("TERM").as_str() {
        "" => format!("{name}, TERM is not set"),
        term => format!("{name}, TERM={term}"),
    }
}

/// Returns the name and version that variables tell; inside tmux they may be those of another terminal.
fn named_by_environment(probe: &TerminalProbe, get: &impl Fn(&str) -> String) -> Option<String> {
    let program = Some(get("TERM_PROGRAM")).filter(|name| !name.is_empty())?;
    let is_outer = probe.multiplexer() != Some(Multiplexer::Tmux);
    is_outer.then(|| format!("{program} {}", get("TERM_PROGRAM_VERSION")).trim_end().to_owned())
}

fn surroundings(probe: &TerminalProbe, get: &impl Fn(&str) -> String) -> String {
    let place = if probe.is_remote() { "over ssh" } else { "on this machine" };
    match probe.multiplexer() {
        Some(Multiplexer::Tmux) if get("TERM_PROGRAM") == "tmux" => {
            format!("inside tmux {}, {place}", get("TERM_PROGRAM_VERSION"))
        }
        Some(Multiplexer::Tmux) => format!("inside tmux, {place}"),
        Some(Multiplexer::Screen) => format!("inside GNU screen, or a tmux on another machine, {place}"),
        None => place.to_owned(),
    }
}

fn size(facts: &Facts) -> Vec<String> {
    let Window { columns, rows, .. } = facts.window;
    let (width, height) = facts.probe.cell(&facts.window);
    let pixels = match facts.probe.known_cell(&facts.window) {
        Some(_) => {
            let (all, high) = (width * f32::from(columns), height * f32::from(rows));
            format!("{all:.0}×{high:.0} pixels, a cell has {}×{}", short(width), short(height))
        }
        None => format!("pixels are not told, a cell is taken for {width}×{height}"),
    };
    let cells = format!("{columns} columns, {rows} rows; {pixels}");
    let hint = if rows > MOST_ROWS {
        Some(format!(
            "{rows} rows make letters too small for a room: enlarge the font, to {MOST_ROWS} rows or fewer"
        ))
    } else if columns < LEAST.0 || rows < LEAST.1 {
        Some(format!(
            "slides want {}×{} or more: enlarge the window, or make the font smaller",
            LEAST.0, LEAST.1
        ))
    } else {
        None
    };
    [Some(cells), hint].into_iter().flatten().collect()
}

/// Returns a number of pixels, with two decimals where it has any.
fn short(pixels: f32) -> String {
    format!("{pixels:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn colors(depth: ColorDepth) -> &'static str {
    match depth {
        ColorDepth::True => "all of RGB",
        ColorDepth::Ansi256 => "256",
        ColorDepth::Ansi16 => "16",
        ColorDepth::None => "none",
    }
}

fn background(probe: &TerminalProbe) -> String {
    let Some(color) = probe.background() else {
        return "not told; taken for dark".to_owned();
    };
    let Rgb(red, green, blue) = color;
    let is_dark = contrast(color, Rgb::WHITE) >= contrast(color, Rgb::BLACK);
    format!("{}, #{red:02x}{green:02x}{blue:02x}", if is_dark { "dark" } else { "light" })
}

/// Returns the locale by which programs choose their letters.
fn locale(get: &impl Fn(&str) -> String) -> String {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().map(get).find(|value| !value.is_empty());
    set.unwrap_or_else(|| "C".to_owned())
}

fn letters(facts: &Facts, locale: &str) -> Vec<String> {
    let lower = locale.to_ascii_lowercase();
    let wants_utf8 = lower.contains("utf-8") || lower.contains("utf8");
    match (facts.reads_utf8, wants_utf8) {
        (Some(true), true) => vec!["UTF-8".to_owned()],
        (Some(true), false) => vec![
            "UTF-8".to_owned(),
            format!("the locale `{locale}` says otherwise, which other programs believe"),
        ],
        (Some(false), _) => {
            vec!["not UTF-8: accents and lines come out wrong; set the terminal to UTF-8".to_owned()]
        }
        (None, true) => vec![format!("UTF-8 by the locale `{locale}`")],
        (None, false) => vec![format!("perhaps not UTF-8: the locale is `{locale}`")],
    }
}

fn updates(probe: &TerminalProbe) -> &'static str {
    match probe.updates_at_once() {
        Some(true) => "synchronized: a slide appears at once",
        Some(false) => "not synchronized: a slide may be seen while it is painted",
        None => "not told whether they are synchronized",
    }
}

fn pictures(facts: &Facts) -> Vec<String> {
    let Graphics { protocol, through_tmux, mut why, .. } = facts.probe.graphics();
    let how = match protocol {
        Some(Protocol::Kitty { local: true }) => "kitty's protocol, by files",
        Some(Protocol::Kitty { local: false }) => "kitty's protocol, over the line",
        Some(Protocol::Sixel) => "sixels",
        Some(Protocol::Iterm2) => "iTerm2's protocol",
        None if facts.colors == ColorDepth::None => "none: words in a frame",
        None => "letters of two colours",
    };
    let through = if through_tmux { ", through tmux" } else { "" };
    if facts.passthrough == Some(true) {
        why = vec!["tmux lets pictures through, but the terminal around it did not answer".to_owned()];
    }
    [format!("{how}{through}")].into_iter().chain(why).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Answer;
    use ratatui::layout::Size;
    use rstest::rstest;

    fn report(environment: &'static str, answers: &[Answer], change: impl Fn(&mut Facts)) -> String {
        let variables = || environment.split(' ').filter_map(|pair| pair.split_once('='));
        let get = |name: &str| variables().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        let mut probe = TerminalProbe::detect(get, false);
        for answer in answers {
            probe.on_answer(answer);
        }
        let mut facts = Facts {
            probe: &probe,
            colors: ColorDepth::True,
            window: Window::new(Size::new(120, 35), Size::ZERO),
            reads_utf8: Some(true),
            passthrough: None,
        };
        change(&mut facts);
        lines(&facts, get).join("\n")
    }

    #[test]
    fn everything_stands_in_its_line() {
        let answers = [
            Answer::Background(0xfe, 0xfd, 0xfc),
            Answer::TextAreaPixels(1011, 700),
            Answer::SyncOutput(true),
            Answer::Version("kitty(0.26.5)".to_owned()),
            Answer::Picture(31, true),
            Answer::Picture(32, true),
            Answer::DeviceAttributes(vec![62]),
        ];
        let told = report("TERM=xterm-kitty LANG=fr_FR.UTF-8", &answers, |_| {});
        insta::assert_snapshot!(told, @r"
        terminal      kitty 0.26.5, TERM=xterm-kitty
        runs          on this machine
        size          120 columns, 35 rows; 1011×700 pixels, a cell has 8.43×20
        colours       all of RGB
        background    light, #fefdfc
        letters       UTF-8
        updates       synchronized: a slide appears at once
        pictures      kitty's protocol, by files
        ");
    }

    #[test]
    fn a_poor_terminal_is_told_what_to_do() {
        let environment =
            "TERM=tmux-256color TMUX=t TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a SSH_TTY=t LANG=fr_FR";
        let told = report(environment, &[], |facts| {
            facts.window = Window::new(Size::new(60, 60), Size::ZERO);
            facts.colors = ColorDepth::Ansi256;
            facts.reads_utf8 = Some(false);
        });
        insta::assert_snapshot!(told, @r"
        terminal      does not tell its name, TERM=tmux-256color
        runs          inside tmux 3.3a, over ssh
        size          60 columns, 60 rows; pixels are not told, a cell is taken for 10×20
                      60 rows make letters too small for a room: enlarge the font, to 45 rows or fewer
        colours       256
        background    not told; taken for dark
        letters       not UTF-8: accents and lines come out wrong; set the terminal to UTF-8
        updates       not told whether they are synchronized
        pictures      letters of two colours
                      tmux lets no pictures through: `tmux set -g allow-passthrough on`
        ");
    }

    #[rstest]
    #[case((120, 45), None)]
    #[case((120, 46), Some("enlarge the font"))]
    #[case((80, 24), None)]
    #[case((79, 24), Some("enlarge the window"))]
    #[case((80, 23), Some("enlarge the window"))]
    fn sizes(#[case] (columns, rows): (u16, u16), #[case] hint: Option<&str>) {
        let cells = Size::new(columns, rows);
        let told = report("TERM=xterm", &[], |facts| facts.window = Window::new(cells, Size::ZERO));
        assert_eq!(told.contains("enlarge"), hint.is_some(), "{told}");
        assert!(told.contains(hint.unwrap_or("taken for 10×20")), "{told}");
    }

    #[rstest]
    #[case("LC_ALL=C.UTF-8", Some(true), "UTF-8\n")]
    #[case("LC_ALL=C LANG=fr_FR.UTF-8", Some(true), "locale `C` says otherwise")]
    #[case("LC_CTYPE=fr_FR.utf8", None, "UTF-8 by the locale `fr_FR.utf8`")]
    #[case("LANG=C.UTF-8", Some(false), "not UTF-8: accents")]
    #[case("", None, "perhaps not UTF-8: the locale is `C`")]
    fn letters_are_told(#[case] environment: &'static str, #[case] probe: Option<bool>, #[case] words: &str) {
        let told = report(environment, &[], |facts| facts.reads_utf8 = probe);
        assert!(told.contains(words), "{told}");
    }

    #[test]
    fn a_shut_tmux_and_a_mute_terminal_are_told_apart() {
        let told = |passthrough| report("TMUX=t", &[], |facts| facts.passthrough = passthrough);
        assert!(
            told(Some(false)).contains("allow-passthrough on") && told(None).contains("allow-passthrough on")
        );
        assert!(told(Some(true)).contains("did not answer"));
    }
}
