//! The deck and its pictures are saved while they are shown: what is seen then, and how soon. What the editor has to do
//! with it is tested elsewhere.

#[path = "watch/unsound.rs"]
mod unsound;

use std::fs;
use std::os::unix::fs::symlink;
use std::thread::sleep;

use crate::pty::{Folder, Start, Terminal, deck_of};
use crate::saves::{WHILE, is_still, presents, replace};

#[test]
fn a_saved_deck_shows_the_slide_that_changed() {
    let folder = Folder::with("deck.md", deck_of(9));
    let mut terminal = presents(&folder, &["--slide", "3"]);
    folder.put("deck.md", deck_of(9).replace("Words of 3", "Other words"));
    terminal.shows("Other words");
    terminal.is_at("3/9");
    replace(&folder, "deck.md", deck_of(9).replace("Words of 7", "Still others"));
    terminal.shows("Words of 3");
    replace(&folder, "deck.md", deck_of(9).replace("Words of 7", "And others"));
    terminal.shows("And others");
    terminal.is_at("7/9");
    replace(&folder, "deck.md", format!("# A new one\n\n---\n\n{}", deck_of(9)));
    terminal.shows("A new one");
    terminal.is_at("1/10");
    folder.put("deck.md", deck_of(9));
    terminal.shows("Words of 1");
    terminal.is_at("1/9");
    folder.put("deck.md", deck_of(9).replace("# Slide7\n\nWords of 7\n\n---\n\n", ""));
    terminal.shows("Words of 8");
    terminal.is_at("7/8");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_tall_slide_that_is_edited_keeps_its_place() {
    let tall = |word: &str| (0..60).map(|line| format!("{word}{line}")).collect::<Vec<_>>().join("\n\n");
    let folder = Folder::with("deck.md", format!("# One\n\n---\n\n{}", tall("old")));
    let mut terminal = presents(&folder, &["--slide", "2"]);
    terminal.types("lll");
    terminal.until("a later part", |seen| !seen.text().contains("old0") && seen.text().contains('%'));
    is_still(&terminal);
    let row = terminal.sees(|seen| seen.text().lines().next().map(str::to_owned)).expect("there are words");
    folder.put("deck.md", format!("# One\n\n---\n\n{}", tall("new")));
    terminal.shows(&row.replace("old", "new"));
    is_still(&terminal);
    assert!(terminal.sees(|seen| !seen.text().contains("new0") && seen.has_word("2/2")));
}

#[test]
fn what_lies_over_the_slide_stays() {
    let folder = Folder::with("deck.md", deck_of(9));
    let mut terminal = presents(&folder, &[]);
    terminal.types("b");
    terminal.until("blank stage", |seen| seen.text().trim().is_empty());
    folder.put("deck.md", deck_of(4).replace("Words of 3", "Other words"));
    sleep(WHILE);
    assert!(terminal.sees(|seen| seen.text().trim().is_empty()));
    terminal.types("l");
    terminal.shows("Other words");
    terminal.is_at("3/4");
    terminal.types("oG");
    terminal.shows("Slide4");
    folder.put("deck.md", deck_of(2));
    terminal.until("a shorter outline", |seen| {
        !seen.text().contains("Slide4") && seen.text().contains("slides") && seen.has_word("2/2")
    });
    terminal.types("\r");
    terminal.until("the last slide", |seen| seen.text().contains("Words of 2") && seen.has_word("2/2"));
}

#[test]
fn nothing_is_followed_where_that_is_not_wanted() {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = presents(&folder, &["--no-watch"]);
    folder.put("deck.md", deck_of(5));
    sleep(WHILE);
    terminal.is_at("1/3");
    terminal.types("r");
    terminal.is_at("1/5");
}

#[test]
fn a_deck_behind_links_is_followed_as_they_are() {
    let folder = Folder::with("texts/one/talk.md", "# One");
    folder.put("texts/two/talk.md", "# Two");
    symlink("texts/one", folder.path().join("now")).expect("the folder is ours");
    symlink("now/talk.md", folder.path().join("deck.md")).expect("the folder is ours");
    let terminal = presents(&folder, &[]);
    replace(&folder, "texts/one/talk.md", "# One anew");
    terminal.shows("anew");
    symlink("texts/two", folder.path().join("next")).expect("the folder is ours");
    fs::rename(folder.path().join("next"), folder.path().join("now")).expect("the folder is ours");
    terminal.shows("Two");
    folder.put("texts/two/talk.md", "# Two, and more");
    terminal.shows("and more");
    replace(&folder, "deck.md", "# Three");
    terminal.shows("Three");
}

#[test]
fn a_deck_in_a_folder_that_is_replaced_is_followed() {
    let folder = Folder::with("talk/deck.md", "# One");
    folder.put("draft/deck.md", "# Two");
    let path = |name: &str| folder.path().join(name);
    let terminal = Start::lutrin(&folder, &["talk/deck.md"]).go();
    terminal.shows("One");
    is_still(&terminal);
    fs::rename(path("talk"), path("old")).expect("the folder is ours");
    fs::rename(path("draft"), path("talk")).expect("the folder is ours");
    terminal.shows("Two");
    folder.put("talk/deck.md", "# Three");
    terminal.shows("Three");
    fs::remove_dir_all(path("talk")).expect("the folder is ours");
    terminal.shows("the last good deck is shown");
    folder.put("talk/deck.md", "# Four");
    terminal.shows("Four");
    replace(&folder, "talk/deck.md", "# Five");
    terminal.shows("Five");
}

/// What the process holds in memory, in kilobytes.
#[cfg(target_os = "linux")]
fn memory(terminal: &Terminal) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", terminal.process())).expect("it runs");
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("each process has this line");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
fn many_saves_leave_the_memory_where_it_was() {
    use crate::images::png;
    use crate::scripted::Kind;
    const SAVES: u32 = 120;
    let folder = Folder::with("deck.md", "![one](one.png)\n");
    let terminal = Start::lutrin(&folder, &["deck.md"]).on(Kind::Kitty).go();
    let save = |nth: u32| {
        let shade = (nth % 200) as u8;
        replace(&folder, "one.png", png(400, 300, [shade, 0, 255]));
        let name = format!("missing{nth}.png");
        replace(&folder, "deck.md", format!("# V{nth}\n\n![one](one.png)\n\n---\n\n![two]({name})\n"));
        terminal.until(&format!("V{nth} with its picture"), |seen| {
            let shows = seen.scripted().colors() == [[shade, 0, 255]];
            shows && (seen.text().contains(&format!("V{nth}")) || seen.text().contains(&name))
        });
    };
    (0..SAVES / 4).for_each(save);
    let before = memory(&terminal);
    (SAVES / 4..SAVES).for_each(save);
    let after = memory(&terminal);
    assert!(after < before + 6 * 1024, "{before} kB before, {after} kB after");
}
