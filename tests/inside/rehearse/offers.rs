//! What is offered to a speaker who has not begun yet.

use super::{begins, leaves, lutrin, press, rehearses, rehearses_in, row, runs, says, spent, told};
use crate::pty::{Folder, Terminal, deck_of, key};

/// A talk whose first slide speaks of its length.
fn about_an_hour(front_matter: &str) -> (Folder, Terminal) {
    let deck = format!("{front_matter}# Talk\n\n*Mercredi soir - durée ~1h*\n\n---\n\n{}", deck_of(3));
    let folder = Folder::with("deck.md", deck);
    let terminal = lutrin(&folder, &["rehearse", "deck.md"]).go();
    (folder, terminal)
}

#[test]
fn a_length_that_the_first_slide_speaks_of_is_taken_by_enter() {
    let (_folder, mut terminal) = about_an_hour("");
    terminal.shows("the first slide says `durée ~1h`");
    terminal.types("\r");
    says(&terminal, "not started  talk 0:00/60:00");
    assert!(terminal.sees(|seen| !seen.text().contains("the first slide says")));
    press(&mut terminal, "\r", "2/4");
    says(&terminal, "/60:00");
    leaves(&mut terminal);
}

#[test]
fn a_step_passes_it_by() {
    let (_folder, mut terminal) = about_an_hour("");
    terminal.shows("the first slide says");
    press(&mut terminal, " ", "2/4");
    let is_unplanned = |row: &str| !row.contains("not started") && !row.contains("60:00");
    assert!(terminal.sees(|seen| is_unplanned(&row(seen)) && !seen.text().contains("the first slide says")));
    leaves(&mut terminal);
}

#[test]
fn an_edited_deck_offers_what_it_says_now() {
    let (folder, mut terminal) = about_an_hour("");
    terminal.shows("Enter takes 60:00");
    folder.put("deck.md", folder.read("deck.md").replace("~1h", "~2h"));
    terminal.shows("Enter takes 2:00:00");
    terminal.types("\r");
    says(&terminal, "talk 0:00/2:00:00");
}

#[test]
fn esc_passes_it_by_before_the_start() {
    let (_folder, mut terminal) = about_an_hour("");
    terminal.shows("the first slide says");
    terminal.types(key::ESC);
    terminal.until("slide", |seen| !seen.text().contains("the first slide says"));
    says(&terminal, "not started  talk 0:00  ");
}

#[test]
fn nothing_is_taken_that_nobody_sees() {
    let (_folder, mut terminal) = about_an_hour("");
    terminal.shows("the first slide says");
    terminal.types("b");
    terminal.until("blank stage", |seen| seen.text().trim().is_empty());
    // It only brings the slide back.
    terminal.types("\r");
    terminal.shows("the first slide says");
    says(&terminal, "not started  talk 0:00  ");
}

#[test]
fn it_is_not_offered_where_the_author_has_said_how_long_it_is() {
    let (_folder, mut terminal) = about_an_hour("---\nduration: 45m\n---\n");
    says(&terminal, "talk 0:00/45:00");
    press(&mut terminal, "\r", "2/4");
    assert!(terminal.sees(|seen| !seen.text().contains("the first slide says")));
}

#[test]
fn a_plan_that_does_not_add_up_is_said() {
    let slides = ["# One\n\n<!-- .slide: data-timing=\"500\" -->", "# Two\n\nwords"].join("\n\n---\n\n");
    let folder = Folder::with("deck.md", slides);
    let mut terminal = lutrin(&folder, &["rehearse", "deck.md", "--duration", "3m"]).go();
    terminal.shows("before you begin");
    terminal.shows("the slides' own timings are 5:20 more than the talk's 3:00");
    terminal.shows("more time, or some slides less");
    terminal.types("\r");
    terminal.until("slide", |seen| !seen.text().contains("before you begin"));
    says(&terminal, "not started");
    press(&mut terminal, "\r", "2/2");
}

#[test]
fn a_run_that_ended_early_is_gone_on_with() {
    let (folder, mut terminal) = rehearses(4, &["--duration", "8m"]);
    begins(&mut terminal);
    says(&terminal, "0:01/");
    press(&mut terminal, "l", "2/4");
    leaves(&mut terminal);
    let before = told(&folder);
    let mut terminal = rehearses_in(&folder, &[]);
    terminal.shows("a run ended just now at slide 2, after 0:0");
    press(&mut terminal, "\r", "2/4");
    says(&terminal, "/8:00");
    assert!(terminal.sees(|seen| !row(seen).contains("not started")));
    press(&mut terminal, "ll", "4/4");
    press(&mut terminal, "h", "3/4");
    leaves(&mut terminal);
    assert_eq!(runs(&folder), 1);
    let after = told(&folder);
    assert_eq!((&after["started"], &after["complete"]), (&before["started"], &true.into()));
    assert_eq!(spent(&after, 1), spent(&before, 1));
    assert!(spent(&after, 2).0 >= spent(&before, 2).0);
    assert_eq!(spent(&after, 3).1, 2);
    // It has come to its end: there is nothing to go on with.
    let mut terminal = rehearses_in(&folder, &[]);
    press(&mut terminal, "\r", "2/4");
    assert!(terminal.sees(|seen| !seen.text().contains("a run ended")));
}

#[test]
fn a_step_begins_anew() {
    let (folder, mut terminal) = rehearses(4, &[]);
    press(&mut terminal, "l", "2/4");
    leaves(&mut terminal);
    let mut terminal = rehearses_in(&folder, &[]);
    terminal.shows("a run ended just now at slide 2");
    press(&mut terminal, key::RIGHT, "2/4");
    leaves(&mut terminal);
    assert_eq!(runs(&folder), 2);
}
