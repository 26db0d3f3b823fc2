//! Stories: keys go to the real presenter, and what it means to show is asked. Time is an argument.

use lutrin::present::{Blank, Effect, Overlay};

use super::stage::{deck, lecture};
use super::story::Story;

#[test]
fn a_clicker_never_quits_and_loses_no_slide() {
    let story = Story::of(lecture()).press(&["PageDown", "PageDown", "PageDown"]).shows(4).press(&["."]);
    assert_eq!(story.presenter.blank, Some(Blank::Black));
    let story = story.press(&["PageDown"]).shows(4);
    assert_eq!(story.presenter.blank, None);
    let story = story.press(&["F5", "Esc", "PageUp"]).shows(3);
    assert_ne!(story.last, Effect::Quit);
}

#[test]
fn a_picture_is_looked_at_closely_and_the_slide_comes_back() {
    let levels = |story: &Story| story.presenter.closeup.map(|closeup| (closeup.picture, closeup.zoom.level));
    let story = Story::of(lecture()).press(&["6", "Enter", "z"]);
    assert_eq!(levels(&story), Some((0, 1)));
    let story = story.press(&["z", "Right", "Right", "Right", "Tab"]).shows(6);
    assert_eq!(levels(&story), Some((0, 1)), "the slide has one picture, and Tab comes round to it");
    for back in ["Esc", "PageDown", "q", "Right"] {
        let story = Story::of(lecture()).press(&["6", "Enter", "z", back]).shows(6);
        assert_eq!((story.last, levels(&story)), (Effect::Draw, None), "{back}");
    }
    let story = story.press(&["z", "z", "9", "Enter"]).shows(9);
    assert_eq!(levels(&story), None, "another slide is shown whole");
}

#[test]
fn where_no_picture_is_zoom_says_so() {
    let story = Story::of(deck("# words\n")).press(&["z"]);
    assert!(matches!(story.last, Effect::Say(_)) && story.presenter.closeup.is_none());
}

#[test]
fn numbers_go_to_their_slide() {
    Story::of(lecture()).press(&["1", "7", "Enter"]).shows(17).press(&["5", "G"]).shows(5);
    Story::of(lecture()).press(&["9", "9", "9", "Enter"]).shows(32);
    Story::of(lecture()).press(&["1", "2", "Esc", "Enter"]).shows(2);
    Story::of(lecture()).press(&["G"]).shows(32).press(&["g", "g"]).shows(1);
}

#[test]
fn a_full_stop_belongs_to_the_number_for_two_seconds() {
    let story = Story::of(lecture()).press(&["7", "."]);
    assert_eq!(story.presenter.blank, None);
    assert_eq!(story.wait(3).press(&["."]).presenter.blank, Some(Blank::Black));
}

#[test]
fn a_part_of_a_title_is_enough() {
    Story::of(lecture()).press(&["g", "B", "L", "U", "E", "Enter"]).shows(18);
    Story::of(lecture()).press(&["g", "3", "Enter"]).shows(3);
    Story::of(lecture()).press(&["g", "~", "Enter"]).shows(1);
}

#[test]
fn a_tall_slide_is_seen_whole_both_ways() {
    let tall = format!("# one\n\n---\n\n# two\n\n{}\n---\n\n# three\n", "line\n\n".repeat(30));
    let story = Story::of(deck(&tall)).press(&["n"]).shows(2).scrolled(0).press(&["n"]).shows(2).scrolled(21);
    let end = story.extent().end();
    let story = story.press(&["n"]).shows(2).scrolled(end.min(42)).press(&["n", "n"]).shows(3);
    let story = story.press(&["p"]).shows(2).scrolled(end);
    story.press(&["2", "Enter"]).shows(2).press(&["1", "Enter"]).shows(1).press(&["2", "Enter"]).scrolled(0);
}

#[test]
fn down_goes_row_by_row() {
    let tall = format!("# one\n\n{}", "line\n\n".repeat(30));
    Story::of(deck(&tall)).press(&["j", "Down"]).scrolled(2).press(&["k"]).scrolled(1);
}

#[test]
fn overlays_close_by_escape_and_choose_by_enter() {
    let story = Story::of(lecture()).press(&["?"]);
    assert_eq!(story.presenter.overlay, Some(Overlay::Help { scroll: 0 }));
    let story = story.press(&["Esc"]);
    assert_eq!(story.presenter.overlay, None);
    let story = story.press(&["o", "j", "j", "Enter"]).shows(3);
    assert_eq!(story.presenter.overlay, None);
    let story = story.press(&["!", "Enter"]).shows(3);
    assert_eq!(story.presenter.overlay, None);
    assert_eq!(story.press(&["q"]).last, Effect::Quit);
}

#[test]
fn escape_alone_does_nothing() {
    assert_eq!(Story::of(lecture()).press(&["Esc"]).shows(1).last, Effect::Nothing);
}

const STEPS: &str = "# a\n\n- b <!-- .element: class=\"fragment\" -->\n- c <!-- .element: class=\"fragment\" -->\n\n\
    ---\n\n# d\n\n[e](#/0)\n\n---\n\n# f\n";

fn place(story: &Story) -> (usize, u16) {
    (story.presenter.position.slide, story.presenter.position.step)
}

#[test]
fn steps_come_one_by_one_and_go_the_same_way() {
    let mut story = Story::of(deck(STEPS));
    for expected in [(0, 1), (0, 2), (1, 0), (2, 0)] {
        story = story.press(&["l"]);
        assert_eq!(place(&story), expected);
    }
    for expected in [(1, 0), (0, 2), (0, 1), (0, 0)] {
        story = story.press(&["h"]);
        assert_eq!(place(&story), expected);
    }
}

#[test]
fn an_earlier_slide_is_complete() {
    let story = Story::of(deck(STEPS)).press(&["G", "1", "Enter"]);
    assert_eq!(place(&story), (0, 2));
    assert_eq!(place(&Story::of(deck(STEPS)).press(&["a"])), (0, 2), "all steps at once");
}

#[test]
fn an_address_is_typed_with_a_full_stop() {
    assert_eq!(place(&Story::of(deck(STEPS)).press(&["3", ".", "1", "Enter"])).0, 2);
    assert_eq!(place(&Story::of(deck(STEPS)).press(&["3", ".", "2", "Enter"])).0, 2, "the nearest one");
    assert_eq!(place(&Story::of(deck(STEPS)).press(&["g", "2", ".", "1", "Enter"])).0, 1);
    let dot = Story::of(deck(STEPS)).press(&["."]);
    assert_eq!(dot.presenter.blank, Some(Blank::Black), "by itself it is a clicker's");
}

#[test]
fn notes_stay_while_the_talk_goes_on() {
    let story = Story::of(deck(STEPS)).press(&["s", "Down", "Down", "Down"]);
    assert_eq!(
        (story.presenter.notes, place(&story)),
        (Some(2), (0, 1)),
        "long notes scroll, then the talk goes on"
    );
    let story = story.press(&["l", "l"]);
    assert_eq!(
        (story.presenter.notes, place(&story)),
        (Some(0), (1, 0)),
        "those of another slide begin anew"
    );
    assert_eq!(story.press(&["s"]).presenter.notes, None);
}

#[test]
fn a_link_is_followed_and_the_way_back_known() {
    let story = Story::of(deck(STEPS)).press(&["2", "Enter", "f", "Enter"]);
    assert_eq!((place(&story).0, story.presenter.overlay.clone()), (0, None));
    let story = Story::of(deck(STEPS)).press(&["f"]);
    assert_eq!(story.last, Effect::Say("there is no link here"));
}
