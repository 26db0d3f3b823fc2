//! The command line: what may be asked for, and the help that teaches it. Nothing is opened here.

mod check;
mod console;
mod export;
mod rehearsal;
mod shell;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::theme::Theme;
pub use check::{CheckArgs, CheckFormatArg};
pub use console::{ConsoleArgs, RemoteArgs, TalkOptions};
pub use export::{ExportArgs, ExportFormatArg, Selection, SlideChoice};
pub use rehearsal::{RehearseArgs, ReportArgs, ReportFormatArg, Sort, TimeOptions, Times, TimingArgs};
pub use shell::{Completions, Man, completions, man};

/// Presents a Markdown lecture in a terminal, as its author wrote it.
///
/// The deck may be written for reveal.js or any like tool: slides are parted by `---` or by blank lines, HTML
/// tables become columns, pictures are found where the author's site has them. Nothing in it needs to be changed.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, disable_help_subcommand = true, after_help = format!("{EXAMPLES}\n\n{SHORT}"), after_long_help = format!("{EXAMPLES}\n\n{MORE}"))]
pub struct Cli {
    /// The deck: a Markdown file, or `-` for standard input; without one, a lecture that comes with Lutrin
    pub deck: Option<PathBuf>,

    /// Present by printing the words of each slide below those before it, one slide a key: for screen readers, and for
    /// terminals that can do no more
    #[arg(long)]
    pub plain: bool,

    #[command(subcommand)]
    #[allow(missing_docs)]
    pub command: Option<CliCommand>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub options: Options,

    /// Show how the talk lies in its time: a quiet mark in the line of progress; `t` shows more
    #[arg(long, help_heading = "Time")]
    pub timer: bool,

    // Last, for its heading is that of all that follows.
    #[command(flatten)]
    #[allow(missing_docs)]
    pub time: TimeOptions,
}

impl Cli {
    /// Returns whether the talk's time is spoken of before a command, where it would go unheard.
    pub fn has_time_before_command(&self) -> bool {
        self.command.is_some() && (self.timer || self.time.are_given())
    }
}

const EXAMPLES: &str = "\
Examples:
  lutrin                        present the lecture that comes with Lutrin
  lutrin talk.md                present a deck
  lutrin talk.md --slide 17     … from slide 17 on
  curl … | lutrin -             present what comes from elsewhere
  lutrin rehearse talk.md       rehearse it against the clock
  lutrin report talk.md         where the time of a rehearsed talk goes
  lutrin console                notes, what comes next and the clock, in a second terminal
  lutrin remote next            go on in a talk that is running
  lutrin timing talk.md         write how long slides took into the deck
  lutrin talk.md --timer        present it with a quiet clock
  lutrin ./export               present a deck that is named like a command
  lutrin export talk.md         write the words of the slides
  lutrin export talk.md -o t.pdf  … or pages; also html, md, json, svg, png, ansi, notes
  lutrin talk.md --plain        present it in words alone, one slide below the other
  lutrin check talk.md          what of a deck would embarrass on stage
  lutrin check --terminal       what this terminal can do, and a test card
  lutrin show *.png             print pictures on the ordinary screen";

const SHORT: &str = "While presenting, `?` shows the keys; `--help` tells more than `-h`.";

const MORE: &str = "\
While presenting, `?` shows the keys: → and Space go on, ← goes back, a number and Enter go to a slide,
`o` lists the slides, `b` blanks the stage, `T` swaps light and dark, `q` leaves.

How slides are parted, where nothing says so: by `<!-- end_slide -->`, `<!--s-->` or `##==##` where
there is one, else by `---` or by three blank lines, whichever the deck has more of. Vertical slides
are known by `----`, `--` or `vvv` beside `---`, by `<!--v-->`, or by runs of blank lines of another
length. Notes begin with `Note:`. Front matter may say all this (`separator`, `verticalSeparator`,
`notesSeparator`), as may the options above, in JavaScript's regular expressions as in reveal.js.

Where pictures are looked for: in the deck's folder, then in each folder above it up to the repository's
root (else the home folder), then under `--root`.

Environment: NO_COLOR, COLORTERM and TERM tell which colours the terminal has; LUTRIN_MOTION=none keeps
animations still.

Exit status: 0 when all went well, 1 after a failure, 2 when the command line is wrong.";

/// What can be asked for besides presenting.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Rehearse a talk against the clock, and keep what each slide took
    ///
    /// The slide is shown exactly as the audience will see it; the clock stands in the row below. It starts with the first
    /// step, or with `P`. Every run is kept: `lutrin report` tells how they went.
    Rehearse(RehearseArgs),
    /// Show a running talk to its speaker, in a second terminal
    ///
    /// This slide, what comes next, the notes and the clock. Keys do on both screens what they do in the talk; lists, prompts,
    /// notes and messages stay on this one.
    Console(ConsoleArgs),
    /// Ask something of a running talk: for scripts, stream decks and window managers
    ///
    /// `next`, `previous`, `goto 7.2`, `blank` and `pause` do what their keys do, as do all others in the list below. They print
    /// nothing, unless `--json` asks how the talk stands then. `status` tells that for people, and `list` which talks are
    /// running.
    Remote(RemoteArgs),
    /// Tell where the time of a rehearsed talk goes
    ///
    /// Of the last complete run, or of the one that is chosen: whether the talk fits, what each slide took beside its plan
    /// and what is usual, and how the runs before went.
    Report(ReportArgs),
    /// Write into the deck how long its slides took when they were rehearsed
    ///
    /// Each slide gets `<!-- .slide: data-timing="90" -->`, in a comment that it has or on a line of its own; nothing else
    /// of the file changes. The difference is shown first, and nothing is written without a yes.
    Timing(TimingArgs),
    /// Write the slides as text, documents, pages or pictures
    ///
    /// One deck as text goes to standard output; `-o talk.pdf` says by its ending which format is meant. Several decks or formats
    /// go into a folder: `lutrin export *.md -f html,pdf -o public/`. A file that somebody else wrote is replaced only with
    /// `--force`.
    Export(Box<ExportArgs>),
    /// Tell what of a deck would embarrass on stage
    ///
    /// Pictures that are missing, slides that are too tall, separators that nearly part slides, and whatever else could not
    /// be shown as it was meant. Ends with 0 where there is no error, with 1 where there is one, and with 2 where a deck
    /// cannot be read. With `--terminal` it tells what this terminal can do, with a test card: look whether the border is
    /// whole and the circle round.
    Check(CheckArgs),
    /// Print pictures on the ordinary screen
    Show(ShowArgs),
    /// Write what a shell needs to complete commands and options
    ///
    /// For bash: `lutrin completions bash > ~/.local/share/bash-completion/completions/lutrin`. For fish:
    /// `lutrin completions fish > ~/.config/fish/completions/lutrin.fish`. For zsh: a file `_lutrin` in a folder of `$fpath`.
    Completions(Completions),
    /// Write the manual page
    ///
    /// `lutrin man | man -l -` reads it; `lutrin man export` is the page of one command.
    Man(Man),
}

/// The names of all commands, to guess what a misspelled one means.
pub const COMMANDS: [&str; 10] =
    ["rehearse", "console", "remote", "report", "timing", "export", "check", "show", "completions", "man"];

/// Which pictures to print.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Pictures, in any format that slides may have
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// How a deck is read and shown; these stand before or after a command.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// Start at this slide
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u64).range(1..))]
    pub slide: Option<u64>,
    /// The colours: by the terminal's background where it is not given
    #[arg(long, value_name = "NAME", global = true, value_enum)]
    pub theme: Option<ThemeName>,
    /// How pictures are shown
    #[arg(long, value_name = "HOW", global = true, value_enum)]
    pub pictures: Option<PicturesArg>,
    /// Show animations as still pictures; `m` starts and stops them
    #[arg(long, global = true)]
    pub no_animation: bool,
    /// Do not follow the deck and its pictures while they are edited; `r` reads them again
    #[arg(long, global = true)]
    pub no_watch: bool,
    /// Let no console and no remote join this talk
    #[arg(long, global = true)]
    pub no_console: bool,
    /// What parts two slides: a JavaScript regular expression
    #[arg(long, value_name = "REGEX", global = true, allow_hyphen_values = true)]
    pub separator: Option<String>,
    /// What parts two vertical slides: a JavaScript regular expression
    #[arg(long, value_name = "REGEX", global = true, allow_hyphen_values = true)]
    pub vertical_separator: Option<String>,
    /// What opens the notes of a slide: a JavaScript regular expression
    #[arg(long, value_name = "REGEX", global = true, allow_hyphen_values = true)]
    pub notes_separator: Option<String>,
    /// A further folder to look for pictures in
    #[arg(long, value_name = "DIR", global = true)]
    pub root: Option<PathBuf>,
}

impl Options {
    /// Returns the theme that is asked for.
    pub fn theme(&self) -> Option<Theme> {
        self.theme.map(|name| match name {
            ThemeName::Dark => Theme::dark(),
            ThemeName::Light => Theme::light(),
            ThemeName::Terminal => Theme::terminal(),
        })
    }
}

/// A theme by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeName {
    /// Light letters on dark
    Dark,
    /// Dark letters on light
    Light,
    /// The terminal's own colours
    Terminal,
}

/// How pictures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum PicturesArg {
    /// As well as this terminal can
    #[default]
    Auto,
    /// By kitty's protocol
    Kitty,
    /// In sixels
    Sixel,
    /// By iTerm2's protocol
    Iterm2,
    /// Through viuer, in the terminals that it knows; else in blocks
    Viuer,
    /// In letters of two colours, which every terminal shows
    Blocks,
    /// Not at all: their words in a frame
    None,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::rehearsal::history::RunChoice;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
        let commands: Vec<_> =
            Cli::command().get_subcommands().map(|one| one.get_name().to_owned()).collect();
        assert_eq!(commands, COMMANDS);
    }

    #[test]
    fn times_are_those_of_all_runs_or_of_one() {
        let times = |word: &str| {
            let cli = Cli::try_parse_from(["lutrin", "timing", "d.md", "--run", word]).ok()?;
            let Some(CliCommand::Timing(timing)) = cli.command else { return None };
            Some(timing.run)
        };
        assert_eq!(times("median"), Some(Times::Median));
        assert_eq!(times("best"), Some(Times::Of(RunChoice::Best)));
        assert_eq!(times("12"), Some(Times::Of(RunChoice::Number(12))));
        assert_eq!((times("0"), times("first")), (None, None));
    }

    #[test]
    fn options_stand_before_or_after_a_command() {
        for words in [
            ["lutrin", "--separator", "x", "export", "d.md"],
            ["lutrin", "export", "d.md", "--separator", "x"],
        ] {
            let cli = Cli::try_parse_from(words).expect("both are right");
            assert_eq!(cli.options.separator.as_deref(), Some("x"));
            assert!(matches!(cli.command, Some(CliCommand::Export(export)) if !export.decks.is_empty()));
        }
        let timed = ["lutrin", "--duration", "5m", "rehearse", "d.md"];
        assert!(Cli::try_parse_from(timed).expect("it can be read").has_time_before_command());
        let timed = Cli::try_parse_from(["lutrin", "rehearse", "d.md", "--duration", "5m"]);
        assert!(!timed.expect("it is right").has_time_before_command());
        let named = Cli::try_parse_from(["lutrin", "./export"]).expect("a path is a deck");
        assert_eq!(named.deck, Some("./export".into()));
    }

    #[test]
    fn runs_are_named_by_a_word_or_a_number() {
        let report = |words: &[&str]| {
            let cli = Cli::try_parse_from([&["lutrin", "report"], words].concat())?;
            let Some(CliCommand::Report(report)) = cli.command else { panic!("{words:?}") };
            Ok::<_, clap::Error>(report)
        };
        let compared = report(&["--compare", "best", "3", "d.md"]).expect("it is right");
        assert_eq!(compared.compare, Some(vec![RunChoice::Best, RunChoice::Number(3)]));
        assert_eq!(compared.deck, Some("d.md".into()));
        for wrong in [&["--run", "0"][..], &["--run", "first"], &["--runs", "--run", "1"], &["--yes"]] {
            assert!(report(wrong).is_err(), "{wrong:?}");
        }
    }
}
