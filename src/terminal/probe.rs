//! What the terminal can do, by its environment and by its answers to queries. The caller sends the queries and hands
//! the answers over.

mod answers;
mod choice;
mod environment;
mod questions;

use std::env;
use std::time::Duration;

use super::capabilities::Window;
use super::input::Answer;
use crate::color::Rgb;
use answers::ProbeAnswers;
pub use choice::Graphics;
pub use environment::Multiplexer;
use environment::{Environment, ProbeLevel};
use questions::ProbeFile;

/// A terminal that answers at all does so within this time.
const PATIENCE: Duration = Duration::from_millis(300);
/// The time that a terminal on another machine gets.
const REMOTE_PATIENCE: Duration = Duration::from_secs(1);

/// The width and height of a cell in pixels, where they are not known.
const USUAL_CELL: (f32, f32) = (10.0, 20.0);
/// The sizes of cells that can be true, in pixels.
const LIKELY_CELL: std::ops::RangeInclusive<f32> = 2.0..=400.0;

/// What is known of the terminal, and what it has yet to answer.
pub struct TerminalProbe {
    environment: Environment,
    answers: ProbeAnswers,
    /// The small picture in a file that a terminal on this machine can read.
    file: Option<ProbeFile>,
}

impl TerminalProbe {
    /// Returns what this process's environment says; nothing was asked yet.
    pub fn of_environment() -> Self {
        Self::detect(|name| env::var(name).ok(), viuer::is_iterm_supported())
    }

    /// Returns what an environment says, where `get` looks a variable up, and `names_iterm2` is whether it names a
    /// terminal with iTerm2's protocol.
    pub fn detect(get: impl Fn(&str) -> Option<String>, names_iterm2: bool) -> Self {
        Self {
            environment: Environment::detect(get, names_iterm2),
            answers: ProbeAnswers::default(),
            file: None,
        }
    }

    /// Returns the questions to send after the first frame, in one write; the answers come as
    /// [`Input::Answer`](super::Input), or never. A small temporary file belongs to them, which is removed when the
    /// probe is over or dropped.
    pub fn queries(&mut self) -> Vec<u8> {
        if self.environment.level == ProbeLevel::Everything {
            // Without the file the terminal is taken for one on another machine.
            self.file = ProbeFile::create().ok();
        }
        questions::batch(&self.environment, self.file.as_ref())
    }

    /// Returns the questions about pixels, to be asked again after each change of the window's size. What the terminal
    /// said of the old size is forgotten.
    pub fn pixel_queries(&mut self) -> &'static [u8] {
        self.answers.text_area = None;
        if self.environment.level == ProbeLevel::Everything { questions::PIXELS } else { b"" }
    }

    /// Stores an answer; returns whether it changed anything.
    pub fn on_answer(&mut self, answer: &Answer) -> bool {
        let before = self.answers.clone();
        self.answers.store(answer);
        if self.is_over() {
            self.file = None;
        }
        self.answers != before
    }

    /// Returns whether no answer is to come any more: the last one came, or nothing can be asked.
    pub fn is_over(&self) -> bool {
        match self.environment.level {
            ProbeLevel::Nothing => true,
            // The outer terminal's answers come after tmux's own.
            _ if self.is_in_tmux() => self.answers.is_well,
            _ => self.answers.attributes.is_some(),
        }
    }

    /// Returns how long to wait for answers before deciding without them; later ones still count.
    pub fn patience(&self) -> Duration {
        if self.environment.is_remote { REMOTE_PATIENCE } else { PATIENCE }
    }

    /// Returns what is best by all that is known now.
    pub fn graphics(&self) -> Graphics {
        choice::choose(&self.environment, &self.answers, self.is_over())
    }

    /// Returns a cell's width and height in pixels, as exactly as is known; where nothing is, those of a usual cell.
    pub fn cell(&self, window: &Window) -> (f32, f32) {
        self.known_cell(window).unwrap_or(USUAL_CELL)
    }

    /// Returns a cell's width and height in pixels, where the terminal or the system reports them.
    pub fn known_cell(&self, window: &Window) -> Option<(f32, f32)> {
        let cells = (f32::from(window.columns), f32::from(window.rows));
        let of_area = |(width, height)| (f32::from(width) / cells.0, f32::from(height) / cells.1);
        let measured = (
            whole_cell(window.cell_width * cells.0, cells.0),
            whole_cell(window.cell_height * cells.1, cells.1),
        );
        let all = [
            self.answers.text_area.map(of_area),
            window.is_measured.then_some(measured),
            self.answers.cell.map(|(width, height)| (f32::from(width), f32::from(height))),
        ];
        let is_likely =
            |(width, height): &(f32, f32)| LIKELY_CELL.contains(width) && LIKELY_CELL.contains(height);
        all.into_iter().flatten().find(is_likely)
    }

    /// Returns the colour of the terminal's background, where it has answered.
    pub fn background(&self) -> Option<Rgb> {
        self.answers.background
    }

    /// Returns the terminal's own name and version, where it has answered; inside tmux those of the terminal around it.
    pub fn version(&self) -> Option<&str> {
        self.answers.version.as_deref()
    }

    /// Returns whether the terminal supports synchronized updates, where it has answered.
    pub fn updates_at_once(&self) -> Option<bool> {
        self.answers.updates_at_once
    }

    /// Returns the program between Lutrin and the terminal, where there is one.
    pub fn multiplexer(&self) -> Option<Multiplexer> {
        self.environment.multiplexer
    }

    /// Returns whether the terminal is on another machine.
    pub fn is_remote(&self) -> bool {
        self.environment.is_remote
    }

    /// Returns the longest sides in pixels that a sixel picture may have, where the terminal has answered.
    pub fn most_sixels(&self) -> Option<(u16, u16)> {
        self.answers.sixel_area
    }

    fn is_in_tmux(&self) -> bool {
        self.environment.multiplexer == Some(Multiplexer::Tmux)
    }
}

/// Returns the length of a cell's side in whole pixels, when `cells` and what is around them have `pixels` together.
/// xterm counts its border in, and the rest of a row where a window is not a whole number of rows high; that is less
/// than one cell more. Too short a cell leaves a line free, and too long a one would scroll the screen.
fn whole_cell(pixels: f32, cells: f32) -> f32 {
    let pixels = pixels.round();
    if pixels % cells == 0.0 { pixels / cells } else { (pixels / (cells + 1.0)).floor() + 1.0 }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;
    use ratatui::layout::Size;
    use rstest::rstest;

    fn probe(environment: &'static str) -> TerminalProbe {
        let variables = || environment.split(' ').filter_map(|pair| pair.split_once('='));
        let get = |name: &str| variables().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        TerminalProbe::detect(get, false)
    }

    /// The file that a question names.
    fn file(queries: &[u8]) -> PathBuf {
        let text = String::from_utf8_lossy(queries).into_owned();
        let (_, rest) = text.split_once("t=t,f=24;").expect("the question by file");
        let name = STANDARD.decode(rest.split('\x1b').next().expect("a name")).expect("base64");
        PathBuf::from(String::from_utf8(name).expect("a path"))
    }

    #[test]
    fn the_file_is_there_as_long_as_it_is_asked_for_and_nobody_else_reads_it() {
        let mut probe = probe("TERM=xterm-kitty");
        let path = file(&probe.queries());
        assert!(path.file_name().unwrap().to_string_lossy().starts_with("tty-graphics-protocol-lutrin-"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read(&path).unwrap(), [0; 3]);
        assert!(probe.on_answer(&Answer::Picture(32, true)) && path.exists());
        assert!(probe.on_answer(&Answer::DeviceAttributes(vec![62])) && !path.exists());

        let mut dropped = self::probe("TERM=xterm");
        let path = file(&dropped.queries());
        drop(dropped);
        assert!(!path.exists());
    }

    #[test]
    fn inside_tmux_its_own_answer_is_not_the_last() {
        let mut probe = probe("TERM=tmux-256color TMUX=/run/tmux");
        let queries = String::from_utf8(probe.queries()).unwrap();
        assert!(queries.contains("\x1b]11;?\x1b\\\x1b[14t"), "{queries:?}");
        let (_, through) = queries.split_once("\x1bPtmux;").expect("something for the outer terminal");
        assert!(through.starts_with("\x1b\x1b[>0q\x1b\x1b_Gi=31"), "{through:?}");
        assert!(through.ends_with("\x1b\x1b[5n\x1b\\"), "{through:?}");
        probe.on_answer(&Answer::DeviceAttributes(vec![1, 2]));
        assert!(!probe.is_over() && probe.graphics().undecided);
        probe.on_answer(&Answer::Status);
        assert!(probe.is_over() && !probe.graphics().undecided);
    }

    #[test]
    fn nothing_is_asked_of_those_who_print_the_question() {
        for mute in ["TERM=linux", "TERM=dumb"] {
            let mut probe = probe(mute);
            assert_eq!((probe.queries(), probe.is_over()), (Vec::new(), true), "{mute}");
            assert!(probe.pixel_queries().is_empty() && !probe.graphics().undecided);
        }
        for shy in ["TERM=nsterm TERM_PROGRAM=Apple_Terminal", "TERM=screen-256color", "TERM=xterm STY=1.2"] {
            assert_eq!(probe(shy).queries(), b"\x1b]11;?\x1b\\\x1b[c", "{shy}");
        }
        let mut plain = probe("TERM=xterm-256color");
        assert!(plain.queries().ends_with(b"\x1b[?1;1;0S\x1b[?2;4;0S\x1b[c") && !plain.is_over());
    }

    #[test]
    fn a_line_to_another_machine_gets_more_time() {
        assert!(probe("TERM=xterm SSH_TTY=/dev/pts/1").patience() > probe("TERM=xterm").patience());
    }

    #[rstest]
    #[case::exact(880.0, 44.0, 20.0)]
    #[case::with_a_border(802.0, 42.0, 19.0)]
    #[case::with_a_part_of_a_row(22.0 * 38.0 + 30.0, 22.0, 38.0)]
    #[case::with_nearly_a_row(42.0 * 19.0 + 17.0, 42.0, 19.0)]
    fn a_cell_is_never_taken_for_larger_than_it_is(
        #[case] pixels: f32,
        #[case] rows: f32,
        #[case] cell: f32,
    ) {
        assert!((whole_cell(pixels, rows) - cell).abs() < 0.01, "{}", whole_cell(pixels, rows));
    }

    #[test]
    fn a_cell_is_as_large_as_the_surest_source_says() {
        let mut probe = probe("TERM=xterm-256color");
        let (measured, bare) = (
            Window::new(Size::new(150, 42), Size::new(1354, 802)),
            Window::new(Size::new(120, 35), Size::ZERO),
        );
        assert_eq!((probe.cell(&measured), probe.cell(&bare)), ((9.0, 19.0), (10.0, 20.0)));
        assert!(probe.on_answer(&Answer::CellPixels(8, 16)));
        assert!(!probe.on_answer(&Answer::CellPixels(8, 16)), "nothing new");
        assert_eq!((probe.cell(&measured), probe.cell(&bare)), ((9.0, 19.0), (8.0, 16.0)));
        probe.on_answer(&Answer::TextAreaPixels(1011, 560));
        assert_eq!(probe.cell(&bare), (8.425, 16.0));
        probe.pixel_queries();
        assert_eq!(probe.cell(&bare), (8.0, 16.0), "the area was that of the old size");
        for nonsense in [(0, 0), (1, 1), (u16::MAX, u16::MAX)] {
            probe.on_answer(&Answer::TextAreaPixels(nonsense.0, nonsense.1));
            assert_eq!(probe.cell(&bare), (8.0, 16.0), "{nonsense:?}");
        }
    }
}
