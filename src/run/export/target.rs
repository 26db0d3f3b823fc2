//! Where each document goes, by the names that were given. Nothing is written here.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::cli::{self, ExportFormatArg};
use crate::common::Failure;
use crate::disk::{self, DeckSource, make_folder};
use crate::export::ExportFormat;
use crate::source::Diagnostic;

/// So much of a file is read to find Lutrin's mark in it.
const MARKED: u64 = 64 << 20;
/// What stands for a page in the name of its file.
const PAGE: &str = "%d";

/// A deck in a format, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) place: DeckSource,
    pub(super) format: ExportFormat,
    pub(super) target: Target,
}

/// Where a document goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Standard output.
    Output,
    /// A file.
    File(PathBuf),
    /// A file for each page.
    Files(Pattern),
}

/// The names of files, each with a page's name in it, or one name for one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    folder: PathBuf,
    name: String,
}

impl Pattern {
    /// Returns whether all pages would have the same name.
    pub(super) fn is_one(&self) -> bool {
        !self.name.contains(PAGE)
    }

    /// Returns the path of a page's file, its number in at least so many digits: so files are listed in the talk's order.
    pub(super) fn path(&self, page: &str, digits: usize) -> PathBuf {
        let end = page.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(page.len());
        let (number, rest) = page.split_at(end);
        self.folder.join(self.name.replacen(PAGE, &format!("{number:0>digits$}{rest}"), 1))
    }
}

/// Returns what is to be written where.
pub(super) fn works(args: &cli::ExportArgs, before: Option<&Path>) -> Result<Vec<Work>, Failure> {
    let mut places: Vec<DeckSource> = args.decks.iter().map(|deck| DeckSource::named(Some(deck))).collect();
    if places.is_empty() {
        places.push(DeckSource::named(before));
    }
    let mut formats: Vec<ExportFormat> = Vec::new();
    for format in args.format.iter().map(|&format| ExportFormat::from(format)) {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    if formats.is_empty() {
        formats.push(meant(args.output.as_deref())?);
    }
    let many = places.len() * formats.len() > 1;
    let Some(output) = args.output.as_deref() else {
        return match (places.as_slice(), formats.as_slice()) {
            ([place], [format]) if format.is_text() => {
                Ok(vec![Work { place: place.clone(), format: *format, target: Target::Output }])
            }
            _ => Err(needs_output(&formats, many)),
        };
    };
    let is_folder = output.to_string_lossy().ends_with('/') || output.is_dir();
    if many && !is_folder {
        let told = "several documents do not go into one file";
        let hint = format!("name a folder, with `/` at its end: `-o {}/`", disk::shown(output));
        return Err(Failure::wrong_use(Diagnostic::new(told).hint(hint)));
    }
    if is_folder {
        make_folder(output)?;
        return Ok(in_folder(output, &places, &formats));
    }
    let (place, format) = (places.swap_remove(0), formats[0]);
    let target = match format {
        _ if output == Path::new("-") => Target::Output,
        format if format.is_files() => {
            let name = output.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Target::Files(Pattern { folder: output.parent().unwrap_or(Path::new("")).to_owned(), name })
        }
        _ => Target::File(output.to_owned()),
    };
    Ok(vec![Work { place, format, target }])
}

/// Returns a file in the folder for each deck and format; decks that are named alike in different folders are numbered.
fn in_folder(folder: &Path, places: &[DeckSource], formats: &[ExportFormat]) -> Vec<Work> {
    let mut taken = HashSet::new();
    let mut works = Vec::new();
    for place in places {
        let stem = place.stem();
        let free = std::iter::once(stem.clone()).chain((2..).map(|nth| format!("{stem}-{nth}")));
        let name = free.into_iter().find(|name| taken.insert(name.clone())).unwrap_or(stem);
        for &format in formats {
            let target = if format.is_files() {
                Target::Files(Pattern {
                    folder: folder.to_owned(),
                    name: format!("{name}-{PAGE}.{}", format.ending()),
                })
            } else {
                Target::File(folder.join(format!("{name}.{}", format.ending())))
            };
            works.push(Work { place: place.clone(), format, target });
        }
    }
    works
}

/// Returns the format that a name's ending says; text where there is no name, or a folder.
fn meant(output: Option<&Path>) -> Result<ExportFormat, Failure> {
    let Some(output) = output.filter(|path| *path != Path::new("-") && !path.is_dir()) else {
        return Ok(ExportFormat::Text);
    };
    let name = output.to_string_lossy().to_ascii_lowercase();
    if name.ends_with('/') {
        return Ok(ExportFormat::Text);
    }
    // `.notes.md` is an ending too, and longer than `.md`.
    let endings = ExportFormat::ALL.iter().filter(|format| name.ends_with(&format!(".{}", format.ending())));
    let found = endings.max_by_key(|format| format.ending().len()).copied();
    let other = |ending: &str| match ending {
        "htm" => Some(ExportFormat::Html),
        "markdown" => Some(ExportFormat::Markdown),
        _ => None,
    };
    found.or_else(|| other(name.rsplit('.').next()?)).ok_or_else(|| {
        let shown = disk::shown(output);
        Failure::wrong_use(
            Diagnostic::new(format!("the name `{shown}` does not say which format is meant"))
                .hint(format!("say it with `--format`: {}", names().join(", "))),
        )
    })
}

fn names() -> Vec<String> {
    use clap::ValueEnum;
    let names = ExportFormatArg::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    names.map(|name| name.get_name().to_owned()).collect()
}

fn needs_output(formats: &[ExportFormat], many: bool) -> Failure {
    let (told, hint) = match formats {
        _ if many => ("several documents do not go to standard output", "-o slides/"),
        [ExportFormat::Pdf] => ("a PDF is nothing to read on standard output", "-o talk.pdf"),
        _ => ("a file for each slide does not go to standard output", "-o slides/"),
    };
    Failure::wrong_use(Diagnostic::new(told).hint(format!("say where it goes: `{hint}`")))
}

/// Tells whether a file may be written: none is there, or one that Lutrin wrote.
///
/// # Errors
/// It is the deck itself, or a file that somebody else wrote.
pub(super) fn may_be_written(path: &Path, work: &Work, force: bool) -> Result<(), Diagnostic> {
    let name = disk::shown(path);
    let Ok(real) = path.canonicalize() else { return Ok(()) };
    if let DeckSource::File(deck) = &work.place
        && deck.canonicalize().is_ok_and(|deck| deck == real)
    {
        return Err(
            Diagnostic::new(format!("`{name}` is the deck itself")).hint("give another name behind `-o`")
        );
    }
    if force || !real.is_file() {
        return Ok(());
    }
    let mut bytes = Vec::new();
    let marked = std::fs::File::open(&real).and_then(|file| file.take(MARKED).read_to_end(&mut bytes));
    if marked.is_ok() && (bytes.is_empty() || work.format.is_ours(&bytes)) {
        return Ok(());
    }
    Err(Diagnostic::new(format!("`{name}` is there already, and Lutrin did not write it"))
        .hint("give another name, or replace it with `--force`"))
}
