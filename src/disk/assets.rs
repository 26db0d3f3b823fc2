//! Where the pictures are that a deck names, and how large. None is decoded here, and nothing is fetched.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use super::{PICTURES, Place};
use crate::picture::{self, MOST_FILE_BYTES, Size};

/// Folders of a web site in which `/picture.png` may be.
const SITE_ROOTS: [&str; 3] = ["", "public", "static"];
/// What stands at the root of a repository.
const REPOSITORIES: [&str; 3] = [".git", ".hg", ".jj"];

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
    /// Tells, for a person, why it cannot be read.
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
    /// Tells, for a person, why it cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let limited = self.open()?.take(MOST_FILE_BYTES).read_to_end(&mut bytes);
        limited.map_err(|error| plain_reason(&error))?;
        Ok(bytes)
    }
}

/// A picture and its size, or why there is none.
type Known = Result<(Found, Size), String>;

/// The pictures of one deck.
pub struct Assets {
    folders: Vec<PathBuf>,
    embedded: bool,
    known: RefCell<HashMap<String, Known>>,
}

impl Assets {
    /// The pictures of the deck at `place`: looked for in its folder, then in each folder above it up to the
    /// repository's root, else the home folder, else the file system's root; then under `root`.
    pub fn new(place: &Place, root: Option<&Path>) -> Self {
        let start = match place {
            Place::File(path) => {
                std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned))
            }
            Place::Input => std::env::current_dir().ok(),
            Place::Embedded => None,
        };
        let mut folders = start.map(|start| folders_above(&start)).unwrap_or_default();
        folders.extend(root.map(Path::to_owned));
        Self { folders, embedded: *place == Place::Embedded, known: RefCell::default() }
    }

    /// Returns the size of the picture that the deck names so.
    ///
    /// # Errors
    /// Tells, for a person, why there is none.
    pub fn size(&self, source: &str) -> Result<Size, String> {
        self.look(source).map(|(_, size)| size)
    }

    /// Returns where the picture is that the deck names so.
    pub fn find(&self, source: &str) -> Option<Found> {
        self.look(source).ok().map(|(found, _)| found)
    }

    /// Remembers that a picture cannot be shown after all.
    pub fn spoil(&self, found: &Found, reason: &str) {
        for known in self.known.borrow_mut().values_mut() {
            if known.as_ref().is_ok_and(|(place, _)| place == found) {
                *known = Err(reason.to_owned());
            }
        }
    }

    /// Forgets all: the files may have changed.
    pub fn forget(&self) {
        self.known.borrow_mut().clear();
    }

    /// Returns where the picture is that the deck names so, and its size.
    ///
    /// # Errors
    /// Tells, for a person, why there is none.
    pub fn look(&self, source: &str) -> Result<(Found, Size), String> {
        if let Some(known) = self.known.borrow().get(source) {
            return known.clone();
        }
        let found = self.search(source).and_then(|found| Ok((found.clone(), picture::size(found.open()?)?)));
        self.known.borrow_mut().insert(source.to_owned(), found.clone());
        found
    }

    fn search(&self, source: &str) -> Result<Found, String> {
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
                match std::fs::metadata(&candidate) {
                    Ok(about) if about.is_file() => return Ok(Found::File(candidate)),
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

/// Returns `start` and the folders above it, up to where a project or a home ends.
fn folders_above(start: &Path) -> Vec<PathBuf> {
    let above: Vec<PathBuf> = start.ancestors().map(Path::to_owned).collect();
    let is_repository = |folder: &PathBuf| REPOSITORIES.iter().any(|name| folder.join(name).exists());
    let home = std::env::home_dir();
    let last = above
        .iter()
        .position(is_repository)
        .or_else(|| above.iter().position(|folder| Some(folder) == home.as_ref()));
    above[..last.map_or(above.len(), |last| last + 1)].to_vec()
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
        let assets = Assets::new(&Place::File(deck), None);
        assert!(assets.size("docs/a%20b.png").is_ok());
        assert!(assets.size("/p.png").is_ok());
        assert_eq!(assets.size("above.png"), Err("no such file".to_owned()));
        assert!(assets.size("https://example.org/p.png").is_err());
    }
}
