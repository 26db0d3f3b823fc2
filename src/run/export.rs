//! `lutrin export`: which decks become which files, several at a time. What is in the files is not known here.

mod target;

use std::collections::HashSet;
use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use self::target::{Target, Work};
use crate::cli::{self, Cli, Options, PicturesArg, Selection, SlideChoice};
use crate::common::{DeckResources, Failure, open};
use crate::deck::Deck;
use crate::disk::{self, AtomicFile, DeckSource};
use crate::export::{self, ExportOptions, Steps, page};
use crate::layout::Stage;
use crate::source::{Diagnostic, Severity};
use crate::text::sanitize;
use crate::theme::Theme;

/// A deck that was opened, and which of its slides are written.
struct Opened {
    deck: Deck,
    slides: Vec<usize>,
}

/// Writes the decks in all formats; goes on where one fails, and tells in the end.
pub(super) fn run(args: &cli::ExportArgs, cli: &Cli) -> Result<ExitCode, Failure> {
    let works = target::works(args, cli.deck.as_deref())?;
    let mut decks: Vec<(DeckSource, Result<Opened, Failure>)> = Vec::new();
    for work in &works {
        if decks.iter().all(|(place, _)| *place != work.place) {
            decks.push((work.place.clone(), opened(&work.place, args, &cli.options)));
        }
    }
    if let ([work], [(_, deck)]) = (works.as_slice(), decks.as_mut_slice()) {
        let deck = deck.as_ref().map_err(Clone::clone)?;
        // Among the words of a document nobody wants to see how far it is.
        let bar = if work.target == Target::Output { ProgressBar::hidden() } else { bar(deck.slides.len()) };
        let diagnostics = one(work, deck, (args, &cli.options), &|| bar.inc(1));
        bar.finish_and_clear();
        tell(&work.place, diagnostics?, &cli.options, &mut HashSet::new());
        return Ok(ExitCode::SUCCESS);
    }
    let failed = all(&works, &decks, (args, &cli.options));
    if failed > 0 {
        let done = works.len() - failed;
        let told = format!("{done} of {} documents are written", works.len());
        return Err(Diagnostic::new(told).hint("what kept the others is told above").into());
    }
    Ok(ExitCode::SUCCESS)
}

/// Does all works, one on each core; returns how many failed.
fn all(
    works: &[Work],
    decks: &[(DeckSource, Result<Opened, Failure>)],
    how: (&cli::ExportArgs, &Options),
) -> usize {
    let opened = |work: &Work| decks.iter().find(|(place, _)| *place == work.place).map(|(_, deck)| deck);
    let slides = works.iter().filter_map(|work| Some(opened(work)?.as_ref().ok()?.slides.len()));
    let bar = bar(slides.sum());
    let (next, failed, told) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(HashSet::new()));
    let work = || {
        while let Some(work) = works.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some(opened) = opened(work) else { continue };
            let done =
                opened.as_ref().map_err(Clone::clone).and_then(|deck| one(work, deck, how, &|| bar.inc(1)));
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            bar.suspend(|| match done {
                Ok(diagnostics) => tell(&work.place, diagnostics, how.1, &mut told),
                Err(failure) => {
                    failed.fetch_add(1, Ordering::Relaxed);
                    let _ = writeln!(std::io::stderr(), "lutrin: {failure}");
                }
            });
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(works.len());
    thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    bar.finish_and_clear();
    failed.into_inner()
}

/// Returns a line on standard error that tells how far it is, where that is a terminal.
fn bar(slides: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(slides as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} slides");
    style.map_or(bar.clone(), |style| bar.with_style(style.progress_chars("━╸─")))
}

/// Writes one document, or a file for each slide; returns what could not be written as it should.
fn one(
    work: &Work,
    opened: &Opened,
    (args, options): (&cli::ExportArgs, &Options),
    done: &dyn Fn(),
) -> Result<Vec<Diagnostic>, Failure> {
    let deck = &opened.deck;
    let shelf = DeckResources::new(&work.place, options.root.as_deref(), options.pictures);
    let theme = theme(options, deck);
    let order = ExportOptions {
        deck,
        slides: &opened.slides,
        steps: args.steps.into(),
        stage: Stage::of(&deck.meta, args.size.0, page::CELL),
        theme: &theme,
        notes: args.notes,
        lang: args.lang.as_deref().or(deck.meta.lang.as_deref()),
        width: args.width,
        shelf: &shelf,
        date: date(),
        done,
    };
    fits(work, &order)?;
    match &work.target {
        Target::Output => {
            let mut out = std::io::stdout().lock();
            let written = export::write(&order, work.format, &mut out);
            match written.and_then(|told| out.flush().map(|()| told)) {
                // A reader who has seen enough, and closes the pipe, is no failure.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Vec::new()),
                written => written.map_err(|error| {
                    Diagnostic::new(format!("cannot write to standard output: {error}")).into()
                }),
            }
        }
        Target::File(path) => {
            target::may_be_written(path, work, args.force)?;
            let mut draft = AtomicFile::begin(path)?;
            let written = export::write(&order, work.format, &mut draft);
            let told = written.map_err(|error| disk::write_failed(path, &error))?;
            draft.commit()?;
            Ok(told)
        }
        Target::Files(pattern) => files(&order, work, (pattern, args.force)),
    }
}

/// Tells whether the document can be where it shall go.
///
/// # Errors
/// Several slides would become one file, or a terminal would be sent what is no text.
fn fits(work: &Work, order: &ExportOptions<'_>) -> Result<(), Failure> {
    let is_one_file = match &work.target {
        Target::Output => work.format.is_files(),
        Target::Files(pattern) => pattern.is_one(),
        Target::File(_) => false,
    };
    let ending = work.format.ending();
    if is_one_file && (order.slides.len() > 1 || order.steps == Steps::All) {
        let told = "several slides do not become one picture";
        let hint = format!(
            "write `%d` into the name, as in `-o slide-%d.{ending}`, or take one of them: `--slides 3`"
        );
        return Err(Failure::wrong_use(Diagnostic::new(told).hint(hint)));
    }
    if work.target == Target::Output && !work.format.is_text() && std::io::stdout().is_terminal() {
        let told = format!("a file in the format `{ending}` is nothing to print on a terminal");
        return Err(Failure::wrong_use(Diagnostic::new(told).hint(format!("name one: `-o talk.{ending}`"))));
    }
    Ok(())
}

/// Writes a file for each page.
fn files(
    order: &ExportOptions<'_>,
    work: &Work,
    (pattern, force): (&target::Pattern, bool),
) -> Result<Vec<Diagnostic>, Failure> {
    let (mut refused, mut count) = (None, 0);
    let digits = order.deck.slides.len().to_string().len();
    let mut take = |name: &str, bytes: &[u8]| {
        let path = pattern.path(name, digits);
        count += 1;
        if pattern.is_one() && count > 1 {
            let told = Diagnostic::new("the slide needs several pages, which do not become one picture");
            refused = Some(told.hint("write `%d` into the name, or make the stage taller with `--size`"));
            return Err(std::io::Error::other("there are several pages"));
        }
        let written = target::may_be_written(&path, work, force).and_then(|()| {
            let mut draft = AtomicFile::begin(&path)?;
            draft.write_all(bytes).map_err(|error| disk::write_failed(&path, &error))?;
            draft.commit()
        });
        written.map_err(|diagnostic| {
            refused = Some(diagnostic);
            std::io::Error::other("it may not be written")
        })
    };
    let told = export::files(order, work.format, &mut take);
    told.map_err(|error| refused.take().unwrap_or_else(|| Diagnostic::new(error.to_string())).into())
}

/// Tells what is missing in a document, and in no other of the same deck that was told of before. What else may be odd about
/// the deck is told by `lutrin check`.
fn tell(place: &DeckSource, diagnostics: Vec<Diagnostic>, options: &Options, told: &mut HashSet<String>) {
    let shows_pictures = options.pictures != Some(PicturesArg::None);
    let is_missing =
        |one: &Diagnostic| one.severity() == Severity::Error && (one.rule.is_none() || shows_pictures);
    for diagnostic in diagnostics.into_iter().filter(is_missing) {
        let deck = place.argument();
        let joint = if deck.is_empty() { "" } else { ": " };
        let words = format!("lutrin: {deck}{joint}{}", sanitize(&diagnostic.to_string()));
        if told.insert(words.clone()) {
            // That nobody hears of it is no reason to end.
            let _ = writeln!(std::io::stderr(), "{words}");
        }
    }
}

/// Returns the time that builders who want the same bytes twice give instead of the clock's.
fn date() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}

fn opened(place: &DeckSource, args: &cli::ExportArgs, options: &Options) -> Result<Opened, Failure> {
    let deck = open(place, options)?;
    let slides = match &args.slides {
        Some(selection) => chosen(&deck, selection)?,
        None => (0..deck.slides.len()).collect(),
    };
    Ok(Opened { deck, slides })
}

/// Returns the slides that are listed, in the order of the talk.
fn chosen(deck: &Deck, selection: &Selection) -> Result<Vec<usize>, Failure> {
    let count = deck.slides.len();
    let index = |which: SlideChoice| {
        let found = match which {
            SlideChoice::Number(number) => (number <= deck.counted()).then(|| deck.numbered(number)),
            SlideChoice::Address(column, row) => deck.at(column, row),
        };
        found.ok_or_else(|| {
            let (column, _) = deck.address(count);
            let hint = match which {
                SlideChoice::Number(_) => format!("the deck has slides 1 to {}", deck.counted()),
                SlideChoice::Address(..) => format!("the deck has columns 1 to {column}"),
            };
            Failure::wrong_use(Diagnostic::new(format!("there is no slide `{which}`")).hint(hint))
        })
    };
    let mut all = vec![false; count];
    for &(first, last) in &selection.0 {
        let (from, to) = (index(first)?, index(last)?);
        if from > to {
            return Err(Failure::wrong_use(
                Diagnostic::new(format!("slide `{first}` comes after slide `{last}`"))
                    .hint(format!("write `{last}-{first}`")),
            ));
        }
        all[from..=to].fill(true);
    }
    Ok((0..count).filter(|&index| all[index]).collect())
}

/// Returns the theme that is chosen, else the deck's, else the dark one, as a talk has it on a screen that tells nothing of
/// itself.
fn theme(options: &Options, deck: &Deck) -> Theme {
    let chosen = options.theme().or_else(|| Theme::named(deck.meta.theme.as_deref()?));
    chosen.unwrap_or_else(Theme::dark)
}
