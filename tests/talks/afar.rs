//! Talks that are steered from elsewhere: what reaches the slide, and what the audience never sees. How a request gets
//! there is tested with the started program.

use std::time::Duration;

use lutrin::deck::Deck;
use lutrin::parse;
use lutrin::present::{Action, Blank, ClockVisibility, Effect, Overlay, Viewers};
use lutrin::rehearsal::{Clock, ClockPhase, Entry, PlanInput};
use lutrin::source::Source;

use super::story::Story;

fn talk() -> Deck {
    let text = "# One\n\n---\n\n# Two\n\n---\n\n# Three\n".to_owned();
    parse::open(Source { text, diagnostics: Vec::new() }, None)
}

fn followed() -> Story {
    let mut story = Story::of(talk());
    story.presenter.set_followed(true);
    story
}

fn rehearsal() -> Story {
    let mut story = Story::of(talk());
    let entries = Entry::all(&story.deck, |slide| parse::slide(&story.deck, slide));
    let mut agenda = PlanInput { entries, ..PlanInput::default() };
    agenda.budget.part = (0, 2);
    story.presenter.clock = Clock::armed(agenda, 0);
    story.presenter.viewers = Viewers::Speaker;
    story
}

#[test]
fn what_is_for_the_speaker_only_is_never_shown_to_the_audience() {
    let mut story = followed();
    for key in ["s", "t", "!"] {
        story = story.press(&[key]);
        let presenter = &story.presenter;
        assert!(matches!(story.last, Effect::Say(_)), "{key}");
        assert_eq!(
            (presenter.notes, presenter.shown, &presenter.overlay),
            (None, ClockVisibility::Hidden, &None),
            "{key}"
        );
    }
}

#[test]
fn it_goes_when_a_console_comes_and_stays_away_when_the_console_goes() {
    for key in ["s", "t", "!"] {
        let mut story = Story::of(talk()).press(&[key]);
        for is_followed in [true, false] {
            story.presenter.set_followed(is_followed);
            let presenter = &story.presenter;
            assert_eq!(
                (presenter.notes, presenter.shown, &presenter.overlay),
                (None, ClockVisibility::Hidden, &None),
                "{key}"
            );
        }
        let story = story.press(&["s"]);
        assert!(story.presenter.notes.is_some(), "without a console, this screen is everybody's again");
    }
    let mut outline = Story::of(talk()).press(&["o"]);
    outline.presenter.set_followed(true);
    assert!(outline.presenter.overlay.is_some(), "a list of slides is no secret");
}

#[test]
fn a_rehearsal_keeps_its_clock_and_notes_beside_a_console() {
    let mut story = rehearsal().press(&["t", "s"]);
    story.presenter.set_followed(true);
    assert!(story.presenter.notes.is_some());
    assert_ne!(story.press(&["t"]).presenter.shown, ClockVisibility::Line, "`t` is understood");
}

#[test]
fn a_request_reaches_the_slide_under_whatever_lies_over_it() {
    for open in ["o", "?", "g", "2"] {
        let story = Story::of(talk()).press(&[open]).afar(Action::Next);
        assert_eq!((story.presenter.position.slide, &story.presenter.overlay), (1, &None), "{open}");
        assert_eq!(story.presenter.number(), None, "{open}");
    }
    let blank = Story::of(talk()).afar(Action::Black);
    assert_eq!(blank.presenter.blank, Some(Blank::Black));
    let back = blank.afar(Action::Next);
    assert_eq!((back.presenter.blank, back.presenter.position.slide), (None, 0));
}

#[test]
fn slides_are_gone_to_by_number_and_address() {
    let mut story = Story::of(talk()).afar(Action::Black).press(&["o"]);
    let mut go = |to: &str| {
        story = std::mem::replace(&mut story, Story::of(talk())).goes_from_afar(to);
        (story.presenter.position.slide, story.presenter.blank, story.presenter.overlay.clone())
    };
    assert_eq!(go("3"), (2, None, None));
    assert_eq!(go("2.1"), (1, None, None));
    assert_eq!(go("99"), (2, None, None));
}

#[test]
fn the_clock_is_steered_where_it_is_seen() {
    let hidden = Story::of(talk()).press(&["n", "P"]);
    assert_eq!(hidden.presenter.clock.phase(), ClockPhase::Running, "nobody sees it here");
    let paused = hidden.afar(Action::Pause);
    assert_eq!(paused.presenter.clock.phase(), ClockPhase::Paused);
    assert_eq!(
        followed().press(&["n", "P"]).presenter.clock.phase(),
        ClockPhase::Paused,
        "the console shows it"
    );
}

#[test]
fn the_time_of_each_slide_is_counted_wherever_the_key_is() {
    let story = rehearsal().press(&["P"]).at(1.0).afar(Action::Next).at(3.0).goes_from_afar("1").at(3.5);
    let mut clock = story.presenter.clock;
    clock.advance(story.now);
    let taken = [0, 1, 2].map(|slide| clock.taken(slide).0);
    assert_eq!(taken, [90, 120, 0].map(Duration::from_secs));
}

#[test]
fn the_end_of_a_rehearsal_is_chosen_from_either_side() {
    let end = || rehearsal().press(&["P", "n", "n"]).afar(Action::Next);
    assert_eq!(end().presenter.overlay, Some(Overlay::End { selected: 0 }));
    let still = end().afar(Action::Next);
    assert_eq!((still.last, still.presenter.overlay), (Effect::Nothing, Some(Overlay::End { selected: 0 })));
    let back = end().afar(Action::Previous);
    assert_eq!((back.presenter.position.slide, &back.presenter.overlay), (1, &None));
    let choose = |choice: usize| {
        let mut story = end();
        let effect = story.ask(|presenter, context, now| presenter.end_from_afar(choice, context, now));
        (effect, story.presenter.clock.is_discarded(), story.presenter.overlay)
    };
    assert_eq!(choose(0), (Effect::Quit, false, None));
    assert_eq!(choose(1), (Effect::Quit, true, None));
    assert_eq!(choose(2), (Effect::Draw, false, None));
}

#[test]
fn starting_over_needs_a_start() {
    let story = rehearsal().afar(Action::StartOver);
    assert!(matches!(story.last, Effect::Say(_)));
    let story = story.press(&["P", "n"]).at(1.0).afar(Action::StartOver);
    assert_eq!((story.presenter.clock.phase(), story.presenter.position.slide), (ClockPhase::Armed, 0));
    assert_eq!(story.presenter.overlay, None, "the question was asked elsewhere");
}
