//! The places on the way to a file at which it could become another one.

use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};

/// The most links on a way; more of them go round in a circle.
const MOST_LINKS: usize = 40;

/// Returns the places on the way to a file, with no link in the way to any of them: each link that is passed, and the
/// file itself, or what is missing first, save in the root folder.
pub(super) fn trail(file: &Path) -> Vec<PathBuf> {
    let mut places = Vec::new();
    let mut here = PathBuf::from("/");
    let mut left = names(file);
    let mut links = 0;
    while let Some(name) = left.pop() {
        match Path::new(&name).components().next() {
            Some(Component::RootDir) => here = PathBuf::from("/"),
            Some(Component::ParentDir) => drop(here.pop()),
            Some(Component::Normal(_)) => {
                let place = here.join(&name);
                let about = std::fs::symlink_metadata(&place);
                let is_link = links < MOST_LINKS && about.as_ref().is_ok_and(Metadata::is_symlink);
                if is_link && let Ok(target) = place.read_link() {
                    links += 1;
                    left.extend(names(&target));
                    // Links of the root folder are the system's, and stay.
                    if here.parent().is_some() {
                        places.push(place);
                    }
                } else if left.is_empty() || (about.is_err() && here.parent().is_some()) {
                    places.push(place);
                    break;
                } else if about.is_err() {
                    break;
                } else {
                    here = place;
                }
            }
            _ => {}
        }
    }
    places
}

/// Returns the names in a path, the last one first.
fn names(path: &Path) -> Vec<OsString> {
    path.components().rev().map(|part| part.as_os_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn each_link_on_the_way_is_a_place_and_the_way_ends_at_the_file_or_at_what_is_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("a/b")).expect("folders");
        fs::write(root.join("a/b/deck.md"), "# A").expect("written");
        symlink("a/b", root.join("now")).expect("a link");
        symlink("../now/deck.md", root.join("a/link.md")).expect("a link");
        symlink("round", root.join("round")).expect("a link");
        let trail = |path: &str| {
            let places = trail(&root.join(path));
            let names = places.iter().map(|place| place.strip_prefix(&root).expect("below it").to_owned());
            names.map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(trail("a/b/deck.md"), ["a/b/deck.md"]);
        assert_eq!(trail("now/../b/deck.md"), ["now", "a/b/deck.md"]);
        assert_eq!(trail("a/link.md"), ["a/link.md", "now", "a/b/deck.md"]);
        assert_eq!(trail("a/c/d/deck.md"), ["a/c"]);
        assert_eq!(trail("round").first().map(String::as_str), Some("round"));
    }
}
