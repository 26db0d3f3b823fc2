//! Where the pictures are that a deck names, and how large. Nothing is fetched from the network.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::deck_source::DeckSource;
use super::path::distance;
use crate::picture::{self, MOST_FILE_BYTES, Size};

/// The pictures of the lecture that ships, under the names that it gives them.
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static/pictures");
/// Folders of a web site in which `/picture.png` may be.
const SITE_ROOTS: [&str; 3] = ["", "public", "static"];
/// What stands at the root of a repository.
const REPOSITORIES: [&str; 3] = [".git", ".hg", ".jj"];

/// How the names of pictures end.
const PICTURE_ENDINGS: [&str; 8] = [".bmp", ".gif", ".jpeg", ".jpg", ".jpe", ".png", ".svg", ".webp"];

/// A picture that was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Found {
    /// A file.
    File(PathBuf),
    /// A picture inside the program, by its name.
    Embedded(String),
}

/// Bytes of a picture, wherever it is.
pub trait Bytes: BufRead + Seek {}
impl<T: BufRead + Seek> Bytes for T {}

impl Found {
    /// Opens the picture.
    ///
    /// # Errors
    /// Says, for a person, why it cannot be read.
    pub fn open(&self) -> Result<Box<dyn Bytes>, String> {
        match self {
            Self::File(path) => {
                let file = File::open(path).map_err(|error| plain_reason(&error))?;
                Ok(Box::new(BufReader::new(file)))
            }
            Self::Embedded(name) => {
                let bytes = PICTURES.get_file(name).map(include_dir::File::contents).unwrap_or_default();
                Ok(Box::new(Cursor::new(bytes)))
            }
        }
    }

    /// Returns the picture's bytes.
    ///
    /// # Errors
    /// Says, for a person, why it cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let limited = self.open()?.take(MOST_FILE_BYTES).read_to_end(&mut bytes);
        limited.map_err(|error| plain_reason(&error))?;
        Ok(bytes)
    }
}

/// A picture and its size, or why there is none.
type Resolved = Result<(Found, Size), String>;

/// What is known of a picture that the deck names.
struct AssetEntry {
    looked: Resolved,
    search: Lookup,
}

/// The way to a picture.
#[derive(Default, PartialEq, Eq)]
struct Lookup {
    /// The files that it might have been, up to the one that it is.
    tried: Vec<PathBuf>,
    /// Which file that was: another one, or one that was written again, has another stamp.
    stamp: Option<Stamp>,
}

/// The inode, its length, and the second and nanosecond in which it changed.
type Stamp = (u64, u64, i64, i64);

/// What has become of a picture whose file was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The picture as the deck names it.
    pub source: String,
    /// Where it was.
    pub found: Option<Found>,
    /// What is there now.
    pub news: PictureChange,
}

/// What is there in place of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureChange {
    /// A picture of the same size.
    Repainted,
    /// A picture of another size or in another place, or none.
    Changed,
    /// Something that is no picture, and why. What was known of the last one still holds.
    Unreadable(String),
}

/// The pictures of one deck.
pub struct Assets {
    folders: Vec<PathBuf>,
    /// Those in which a picture may still come to be.
    near: Vec<PathBuf>,
    embedded: bool,
    known: RefCell<HashMap<String, AssetEntry>>,
    /// The files that were looked for since [`Assets::sought`] was called.
    sought: RefCell<Vec<PathBuf>>,
}

impl Assets {
    /// The pictures of the deck at `place`: looked for in its folder, then in each folder above it up to the
    /// repository's root, else the home folder, else the file system's root; then under `root`.
    pub fn new(place: &DeckSource, root: Option<&Path>) -> Self {
        let start = match place {
            DeckSource::File(path) => {
                std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned))
            }
            DeckSource::Input => std::env::current_dir().ok(),
            DeckSource::Embedded => None,
        };
        let (mut folders, is_bounded) = start.clone().map(|start| folders_above(&start)).unwrap_or_default();
        // Above a deck that is in no project and no home are folders in which much happens.
        let mut near = if is_bounded { folders.clone() } else { start.into_iter().collect() };
        near.extend(root.map(Path::to_owned));
        folders.extend(root.map(Path::to_owned));
        let (known, sought) = Default::default();
        Self { folders, near, embedded: *place == DeckSource::Embedded, known, sought }
    }

    /// Returns the size of the picture that the deck names `source`.
    ///
    /// # Errors
    /// Says, for a person, why there is none.
    pub fn size(&self, source: &str) -> Result<Size, String> {
        self.look(source).map(|(_, size)| size)
    }

    /// Returns where the picture is that the deck names `source`.
    pub fn find(&self, source: &str) -> Option<Found> {
        self.look(source).ok().map(|(found, _)| found)
    }

    /// Returns what the deck may mean where it names no picture so: a file of nearly that name, in the same folder, written
    /// as the deck would.
    pub fn similar(&self, source: &str) -> Option<String> {
        let spelling = spellings(source).pop().filter(|spelling| !spelling.starts_with('/'))?;
        self.folders.iter().find_map(|folder| nearest(folder, &spelling))
    }

    /// Remembers that a picture cannot be shown after all.
    pub fn spoil(&self, found: &Found, reason: &str) {
        for known in self.known.borrow_mut().values_mut() {
            if known.looked.as_ref().is_ok_and(|(place, _)| place == found) {
                known.looked = Err(reason.to_owned());
            }
        }
    }

    /// Forgets all: the files may have changed.
    pub fn forget(&self) {
        self.known.borrow_mut().clear();
        self.sought.borrow_mut().clear();
    }

    /// Returns how many pictures are known, and names that are none.
    pub fn count(&self) -> usize {
        self.known.borrow().len()
    }

    /// Returns the files that were looked for since this was last asked, whether they are there or not.
    pub fn sought(&self) -> Vec<PathBuf> {
        self.sought.take()
    }

    /// Looks again for the pictures that these files may be, and returns what has become of them.
    pub fn renew(&self, touched: &HashSet<PathBuf>) -> Vec<Renewal> {
        let mut known = self.known.borrow_mut();
        let concerned =
            known.iter_mut().filter(|(_, one)| one.search.tried.iter().any(|file| touched.contains(file)));
        concerned.filter_map(|(source, one)| self.renew_one(source, one)).collect()
    }

    fn renew_one(&self, source: &str, known: &mut AssetEntry) -> Option<Renewal> {
        let (place, search) = self.search(source);
        if search == known.search {
            return None;
        }
        let found = known.looked.as_ref().ok().map(|(found, _)| found.clone());
        known.search = search;
        let news = match (&known.looked, measured(place)) {
            (Ok(_), Err(reason)) if known.search.stamp.is_some() => PictureChange::Unreadable(reason),
            (before, now) if *before == now && now.is_ok() => PictureChange::Repainted,
            (_, now) => {
                known.looked = now;
                PictureChange::Changed
            }
        };
        Some(Renewal { source: source.to_owned(), found, news })
    }

    /// Returns where the picture is that the deck names `source`, and its size.
    ///
    /// # Errors
    /// Says, for a person, why there is none.
    pub fn look(&self, source: &str) -> Result<(Found, Size), String> {
        if let Some(known) = self.known.borrow().get(source) {
            return known.looked.clone();
        }
        let (place, search) = self.search(source);
        let is_near = |file: &&PathBuf| self.near.iter().any(|folder| file.starts_with(folder));
        let near = search.tried.iter().filter(is_near);
        let found = search.tried.last().filter(|_| search.stamp.is_some());
        self.sought.borrow_mut().extend(near.chain(found).cloned());
        let looked = measured(place);
        self.known.borrow_mut().insert(source.to_owned(), AssetEntry { looked: looked.clone(), search });
        looked
    }

    fn search(&self, source: &str) -> (Result<Found, String>, Lookup) {
        let mut search = Lookup::default();
        (self.find_on(source, &mut search), search)
    }

    fn find_on(&self, source: &str, search: &mut Lookup) -> Result<Found, String> {
        let lower = source.to_ascii_lowercase();
        if source.is_empty() {
            return Err("no file is named".to_owned());
        }
        if lower.starts_with("http:") || lower.starts_with("https:") || source.starts_with("//") {
            return Err("it is on the network, and nothing is fetched".to_owned());
        }
        if lower.starts_with("data:") {
            return Err("pictures written into the deck itself are not read".to_owned());
        }
        let path = source.strip_prefix("file://").unwrap_or(source);
        let mut reason = None;
        for spelling in spellings(path) {
            if self.embedded {
                let name = spelling.strip_prefix("static/pictures/").unwrap_or(&spelling);
                if PICTURES.contains(name) {
                    return Ok(Found::Embedded(name.to_owned()));
                }
            }
            for candidate in self.candidates(&spelling) {
                search.tried.push(candidate.clone());
                match std::fs::metadata(&candidate) {
                    Ok(about) if about.is_file() => {
                        search.stamp = Some((about.ino(), about.size(), about.ctime(), about.ctime_nsec()));
                        return Ok(Found::File(candidate));
                    }
                    Ok(_) => reason = reason.or(Some("it is no file".to_owned())),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => reason = reason.or(Some(plain_reason(&error))),
                }
            }
        }
        Err(reason.unwrap_or_else(|| "no such file".to_owned()))
    }

    fn candidates(&self, path: &str) -> Vec<PathBuf> {
        let Some(below_root) = path.strip_prefix('/') else {
            return self.folders.iter().map(|folder| folder.join(path)).collect();
        };
        let below_root = below_root.trim_start_matches('/');
        let sites =
            self.folders.iter().flat_map(|folder| SITE_ROOTS.map(|site| folder.join(site).join(below_root)));
        std::iter::once(PathBuf::from(path)).chain(sites).collect()
    }
}

/// Returns the path below `folder` that is like `path`: its folders in any case, its last name nearly the same.
fn nearest(folder: &Path, path: &str) -> Option<String> {
    let (mut place, mut written) = (folder.to_owned(), Vec::new());
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if matches!(part, "" | "." | "..") {
            place.push(part);
            written.push(part.to_owned());
            continue;
        }
        let is_last = parts.peek().is_none();
        let name = like(&place, part, is_last)?;
        place.push(&name);
        written.push(name);
    }
    place.is_file().then(|| written.join("/"))
}

/// Returns the name in `folder` that is most like `name`: the same but for its case, else, for a file, one of the same
/// stem or with hardly another letter. Of equal ones it is the first.
fn like(folder: &Path, name: &str, is_file: bool) -> Option<String> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let lower = name.to_lowercase();
    let stem = |name: &str| Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let steps = |other: &str| {
        let other_lower = other.to_lowercase();
        match distance(&other_lower, &lower) {
            _ if other == name => Some(0),
            0 => Some(1),
            _ if !is_file => None,
            _ if stem(&other_lower) == stem(&lower) => Some(2),
            steps if steps <= 2 && 3 * steps <= lower.chars().count() => Some(2 + steps),
            _ => None,
        }
    };
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let known =
        |name: &String| !is_file || PICTURE_ENDINGS.iter().any(|end| name.to_lowercase().ends_with(end));
    names.filter(known).filter_map(|name| Some((steps(&name)?, name))).min().map(|(_, name)| name)
}

/// Returns a picture that was found, and its size.
fn measured(place: Result<Found, String>) -> Resolved {
    place.and_then(|found| Ok((found.clone(), picture::size(found.open()?)?)))
}

/// Returns `start` and the folders above it, up to where a project or a home ends, and whether one does.
fn folders_above(start: &Path) -> (Vec<PathBuf>, bool) {
    let above: Vec<PathBuf> = start.ancestors().map(Path::to_owned).collect();
    let is_repository = |folder: &PathBuf| REPOSITORIES.iter().any(|name| folder.join(name).exists());
    let home = std::env::home_dir();
    let last = above
        .iter()
        .position(is_repository)
        .or_else(|| above.iter().position(|folder| Some(folder) == home.as_ref()));
    (above[..last.map_or(above.len(), |last| last + 1)].to_vec(), last.is_some())
}

/// Returns the path as written, with its percent signs decoded, and without what only a web server reads.
fn spellings(path: &str) -> Vec<String> {
    let mut all = vec![path.to_owned()];
    let without_query = path.split(['?', '#']).next().unwrap_or_default();
    for other in [percent_decoded(path), without_query.to_owned(), percent_decoded(without_query)] {
        if !other.is_empty() && !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|code| code.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = code.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'%');
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn plain_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => crate::text::sanitize(&error.to_string().to_lowercase()).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_in_many_ways() {
        assert_eq!(spellings("a%20b.png?v=2"), ["a%20b.png?v=2", "a b.png?v=2", "a%20b.png", "a b.png"]);
        assert_eq!(percent_decoded("100%.png%"), "100%.png%");
        assert_eq!(percent_decoded("caf%C3%A9"), "café");
    }

    #[test]
    fn pictures_are_found_up_to_the_repositorys_root_and_not_above() {
        let folder = tempfile::tempdir().expect("a folder");
        let deck = folder.path().join("site/docs/slides/deck.md");
        std::fs::create_dir_all(deck.parent().expect("a parent")).expect("folders");
        std::fs::create_dir_all(folder.path().join("site/.git")).expect("a repository");
        std::fs::create_dir_all(folder.path().join("site/public")).expect("folders");
        let bytes = PICTURES.get_file("k3s.png").expect("a picture").contents();
        for file in ["above.png", "site/docs/a b.png", "site/public/p.png"] {
            std::fs::write(folder.path().join(file), bytes).expect("written");
        }
        let assets = Assets::new(&DeckSource::File(deck), None);
        assert!(assets.size("docs/a%20b.png").is_ok());
        assert!(assets.size("/p.png").is_ok());
        assert_eq!(assets.size("above.png"), Err("no such file".to_owned()));
        assert!(assets.size("https://example.org/p.png").is_err());
    }

    #[test]
    fn a_picture_whose_file_is_touched_is_looked_for_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let pixels = |name: &str, width| {
            image::RgbImage::new(width, 2).save(path(name)).expect("written");
        };
        pixels("b.png", 2);
        let assets = Assets::new(&DeckSource::File(path("deck.md")), Some(&path("root")));
        assert!(assets.size("a.png").is_err() && assets.size("b.png").is_ok());
        let sought = assets.sought();
        assert!(sought.contains(&path("a.png")) && sought.contains(&path("root/a.png")), "{sought:?}");
        assert!(!sought.contains(&path("root/b.png")), "it was found before");
        assert!(assets.sought().is_empty());
        let news = |name: &str| {
            let renewals = assets.renew(&HashSet::from([path(name)]));
            renewals.into_iter().map(|one| (one.source, one.news)).collect::<Vec<_>>()
        };
        assert_eq!(news("a.png"), [], "nothing has come");
        pixels("a.png", 2);
        assert_eq!(news("a.png"), [("a.png".to_owned(), PictureChange::Changed)]);
        assert_eq!(news("a.png"), [], "nothing has happened since");
        std::fs::write(path("b.png"), b"\x89PNG").expect("written");
        assert!(matches!(news("b.png").as_slice(), [(_, PictureChange::Unreadable(_))]));
        assert!(assets.size("b.png").is_ok(), "the last good one holds");
        pixels("b.png", 2);
        assert_eq!(news("b.png"), [("b.png".to_owned(), PictureChange::Repainted)]);
        pixels("b.png", 3);
        assert_eq!(news("b.png"), [("b.png".to_owned(), PictureChange::Changed)]);
        std::fs::remove_file(path("b.png")).expect("it was there");
        assert_eq!(news("b.png"), [("b.png".to_owned(), PictureChange::Changed)]);
        assert_eq!(assets.size("b.png"), Err("no such file".to_owned()));
    }
}
