//! What the keys of the clock do, as its row and the report tell.

use super::{Obeyed, begins, leaves, press, rehearses, runs, says, spent, told};
use crate::pty::{Seen, a_moment_passes, key};

#[test]
fn nothing_counts_before_the_first_step() {
    let (folder, mut terminal) = rehearses(4, &["--duration", "10m"]);
    says(&terminal, "not started  talk 0:00/10:00  a step or P starts");
    for (keys, words) in [("ix=X", "a step or `P` starts the clock"), (key::END, "4/4"), (key::HOME, "1/4")] {
        press(&mut terminal, keys, words);
        says(&terminal, "not started");
    }
    terminal.types("?");
    terminal.shows("start the clock, pause it, go on");
    terminal.types(key::ESC);
    terminal.until("no help", |seen| !seen.text().contains("start the clock, pause"));
    press(&mut terminal, key::RIGHT, "  ahead 2:");
    says(&terminal, "2/4");
    let text = leaves(&mut terminal);
    assert!(text.contains("left at slide 2") && text.contains("partial: 2 of 4 slides"), "{text}");
    assert_eq!(spent(&told(&folder), 1), (0.0, 1));
}

#[test]
fn one_who_leaves_before_it_began_has_no_run() {
    let (folder, mut terminal) = rehearses(4, &[]);
    let text = leaves(&mut terminal);
    assert!(text.contains("left at slide 1") && !text.contains("partial"), "{text}");
    assert_eq!(runs(&folder), 0);
}

#[test]
fn pauses_survive_steps_and_are_counted_apart_as_questions_are() {
    let (folder, mut terminal) = rehearses(5, &[]);
    begins(&mut terminal);
    let paused = Obeyed::by(&mut terminal, "P", |row| row.contains("paused 0:00"));
    for (keys, place) in [(key::RIGHT, "2/5"), ("4\r", "4/5"), (key::LEFT, "3/5")] {
        press(&mut terminal, keys, place);
        says(&terminal, "paused");
    }
    let went_on = Obeyed::by(&mut terminal, "P", |row| !row.contains("paused"));
    let question = Obeyed::by(&mut terminal, "i", |row| row.contains("question 0:00"));
    a_moment_passes();
    press(&mut terminal, key::RIGHT, "4/5");
    says(&terminal, "question");
    let answered = Obeyed::by(&mut terminal, "i", |row| !row.contains("question"));
    leaves(&mut terminal);
    let told = told(&folder);
    paused.until(&went_on, told["paused_seconds"].as_f64().expect("a number"));
    question.until(&answered, told["questions_seconds"].as_f64().expect("a number"));
    let visits: Vec<_> = (1..=5).map(|number| spent(&told, number).1).collect();
    assert_eq!(visits, [1, 0, 1, 1, 0], "nothing is visited in a pause");
}

#[test]
fn going_back_goes_on_with_the_slides_own_time() {
    let (folder, mut terminal) = rehearses(3, &[]);
    let begun = begins(&mut terminal);
    says(&terminal, " 0:01  ");
    let left = Obeyed::by(&mut terminal, key::RIGHT, |row| row.contains("2/3"));
    says(&terminal, " 0:00  ");
    let returned = Obeyed::by(&mut terminal, key::LEFT, |row| row.contains("1/3") && row.contains(" 0:01  "));
    let ended = Obeyed::by(&mut terminal, "q", |_| true);
    terminal.ends();
    let told = told(&folder);
    let (seconds, visits) = spent(&told, 1);
    assert_eq!((visits, spent(&told, 2).1), (2, 1));
    left.until(&returned, spent(&told, 2).0);
    assert!(seconds >= 1.0, "{seconds}");
    begun.until(&ended, seconds + spent(&told, 2).0);
}

#[test]
fn a_slide_that_is_done_again_has_its_time_taken_back() {
    let (folder, mut terminal) = rehearses(3, &[]);
    begins(&mut terminal);
    says(&terminal, " 0:01  ");
    let again =
        Obeyed::by(&mut terminal, "x", |row| row.contains("this slide again") && row.contains(" 0:00  "));
    let left = Obeyed::by(&mut terminal, key::RIGHT, |row| row.contains("2/3"));
    leaves(&mut terminal);
    let (seconds, visits) = spent(&told(&folder), 1);
    again.until(&left, seconds);
    assert_eq!(visits, 1);
}

#[test]
fn starting_over_asks() {
    let (folder, mut terminal) = rehearses(3, &[]);
    begins(&mut terminal);
    press(&mut terminal, key::RIGHT, "2/3");
    for answer in [key::ESC, "q"] {
        terminal.types("X");
        terminal.shows("Enter starts over");
        terminal.types(answer);
        terminal.until("no question", |seen| !seen.text().contains("Enter starts over"));
        assert!(terminal.sees(|seen| !super::row(seen).contains("not started")), "the clock goes on");
    }
    terminal.types("X");
    terminal.shows("Enter starts over");
    press(&mut terminal, "\r", "not started");
    says(&terminal, "1/3");
    assert_eq!(runs(&folder), 1);
    press(&mut terminal, "ll", "3/3");
    let text = leaves(&mut terminal);
    assert!(text.contains("took 0:0"), "{text}");
    assert_eq!(runs(&folder), 2);
    assert_eq!(told(&folder)["complete"], true, "the second one has come to the end");
}

#[test]
fn one_who_says_so_is_on_schedule() {
    let (_folder, mut terminal) = rehearses(5, &["--duration", "50m"]);
    press(&mut terminal, "lll", "ahead ");
    press(&mut terminal, "=", "on time");
    says(&terminal, "on schedule from here");
    press(&mut terminal, "l", "ahead ");
    press(&mut terminal, "h", "on time");
    leaves(&mut terminal);
}

#[test]
fn without_a_plan_there_is_nothing_to_be_on() {
    let (_folder, mut terminal) = rehearses(5, &[]);
    press(&mut terminal, "l", "2/5");
    press(&mut terminal, "=", "there is no plan to be on");
    assert!(terminal.sees(|seen| !Seen::text(seen).contains("ahead")));
}

#[test]
fn help_teaches_pause_notes_and_report() {
    let (_folder, mut terminal) = rehearses(2, &[]);
    terminal.types("?");
    for words in
        ["start the clock, pause it", "speaker notes", "a question from the audience", "the report shows"]
    {
        terminal.shows(words);
    }
}
