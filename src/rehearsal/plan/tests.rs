//! Plans as tables: who gets what, and what is told. How a time is parted is tested where that is done.

#![expect(clippy::cast_precision_loss, reason = "the tests count few seconds")]

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::deck::Meta;

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Returns a slide for each word: its weight, or with `=` its own timing; `#` before it opens a section, which a number
/// behind `#` and `:` gives a time; `-` before it leaves it out of the count.
fn entries(shape: &str) -> Vec<Entry> {
    shape.split_whitespace().map(entry).collect()
}

fn entry(word: &str) -> Entry {
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{word}"));
    let (section, rest) = word.strip_prefix('#').map_or((None, word), |rest| match rest.split_once(':') {
        Some((time, rest)) => (Some(Some(seconds(number(time)))), rest),
        None => (Some(None), rest),
    });
    let (counts, rest) = rest.strip_prefix('-').map_or((true, rest), |rest| (false, rest));
    let timing = rest.strip_prefix('=').map(|time| seconds(number(time)));
    Entry {
        title: word.to_owned(),
        counts,
        timing,
        section_timing: section.flatten(),
        opens_section: section.is_some(),
        weight: if timing.is_some() { 30.0 } else { number(rest) as f64 },
        ..Entry::default()
    }
}

/// Returns the shares in seconds, `-` for none.
fn shares(plan: &Plan) -> String {
    let shown = |share: &Share| share.time.map_or("-".to_owned(), |time| time.as_secs().to_string());
    plan.slides.iter().map(shown).collect::<Vec<_>>().join(" ")
}

fn within(total: u64) -> TimeBudget {
    TimeBudget { total: Some(seconds(total)), ..TimeBudget::default() }
}

#[rstest]
#[case::by_weight("10 20 30", 120, "20 40 60")]
#[case::fixed("10 =60 20", 120, "20 60 40")]
#[case::uncounted("10 -20 30", 120, "30 - 90")]
#[case::uncounted_and_timed("10 -=50 30", 120, "30 - 90")]
#[case::a_section("10 #60:10 20 #10", 120, "30 20 40 30")]
#[case::a_section_with_a_slide_of_its_own("10 #60:=15 20 #30", 120, "15 15 45 45")]
#[case::a_section_opened_by_a_slide_that_does_not_count("10 #60:-10 20", 120, "60 - 60")]
#[case::a_section_of_none("10 #60:-10 #20", 120, "40 - 80")]
#[case::remainders("10 10 10", 100, "34 33 33")]
fn a_total_is_shared(#[case] shape: &str, #[case] total: u64, #[case] expected: &str) {
    let plan = Plan::new(&entries(shape), &within(total));
    assert_eq!((shares(&plan).as_str(), plan.diagnostics.as_slice()), (expected, [].as_slice()));
    assert_eq!(plan.total, Some(seconds(total)));
}

#[test]
fn shares_may_be_equal() {
    let plan = Plan::new(&entries("10 =60 90"), &TimeBudget { equal: true, ..within(121) });
    assert_eq!(shares(&plan), "31 60 30");
}

#[rstest]
#[case::nothing("10 20", None, "- -", None)]
#[case::default("10 =60 20 -5", Some(30), "30 60 30 -", Some(120))]
#[case::default_beside_a_section("10 #100:20 80 #9", Some(30), "30 20 80 30", Some(160))]
#[case::some_timings("10 =60 20 -5", None, "10 60 20 -", Some(90))]
#[case::only_a_section("10 #100:20 80 #9", None, "10 20 80 9", Some(119))]
#[case::only_an_uncounted_timing("10 -=60", None, "- -", None)]
fn without_a_total(
    #[case] shape: &str,
    #[case] default: Option<u64>,
    #[case] expected: &str,
    #[case] total: Option<u64>,
) {
    let budget = TimeBudget { default_timing: default.map(seconds), ..TimeBudget::default() };
    let plan = Plan::new(&entries(shape), &budget);
    assert_eq!((shares(&plan).as_str(), plan.total), (expected, total.map(seconds)));
    assert!(plan.diagnostics.is_empty());
}

#[test]
fn a_total_has_precedence_over_the_default() {
    let plan = Plan::new(&entries("10 30"), &TimeBudget { default_timing: Some(seconds(5)), ..within(120) });
    assert_eq!(shares(&plan), "30 90");
}

#[rstest]
#[case::of_the_whole_talk(false, "10 20 30 =40", (1, 2), "- 40 60 -", 100)]
#[case::of_the_part(true, "10 20 30 =40", (1, 2), "- 64 96 -", 160)]
#[case::a_section_is_begun_only(true, "10 #60:10 20 #30", (0, 1), "140 20 - -", 160)]
#[case::to_beyond_the_end(true, "10 20 30 =40", (2, 9), "- - 120 40", 160)]
fn a_part_may_be_rehearsed(
    #[case] total_is_for_part: bool,
    #[case] shape: &str,
    #[case] part: (usize, usize),
    #[case] expected: &str,
    #[case] total: u64,
) {
    let plan = Plan::new(&entries(shape), &TimeBudget { total_is_for_part, part, ..within(160) });
    assert_eq!((shares(&plan).as_str(), plan.total), (expected, Some(seconds(total))));
    assert_eq!(plan.last(), Some(part.1.min(3)));
    assert!(plan.diagnostics.is_empty());
}

#[rstest]
#[case::too_much("=4350 10", 3600, "4350 0", "the slides' own timings are 12:30 more than the talk's 60:00")]
#[case::too_little("=60 =40", 120, "60 40", "the timings of all slides are 0:20 less than the talk's 2:00")]
#[case::little_is_left("=110 10 10 10", 120, "110 4 3 3", "0:10 of the talk's 2:00 is left for 3 slides")]
#[case::nothing_is_left("=120 10", 120, "120 0", "0:00 of the talk's 2:00 is left for 1 slide")]
#[case::seconds_for_minutes("10 10 10 10", 6, "2 2 1 1", "0:06 of the talk's 0:06 is left for 4 slides")]
#[case::nothing("10 10", 0, "- -", "the talk's time is nothing")]
#[case::a_section_too_large(
    "=60 #90:10 10",
    120,
    "60 45 45",
    "section `#90:10` shall take 1:30, 0:30 more than what is left of the talk's 2:00"
)]
#[case::slides_too_large_for_their_section(
    "10 #30:=40 10",
    120,
    "80 40 0",
    "the slides' own timings in section `#30:=40` are 0:10 more than its 0:30"
)]
#[case::slides_too_small_for_their_section(
    "10 #30:=20",
    120,
    "100 20",
    "the slides' own timings in section `#30:=20` are 0:10 less than its 0:30"
)]
fn what_does_not_add_up_is_told(
    #[case] shape: &str,
    #[case] total: u64,
    #[case] expected: &str,
    #[case] message: &str,
) {
    let plan = Plan::new(&entries(shape), &within(total));
    let told: Vec<_> = plan.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!((shares(&plan).as_str(), told), (expected, vec![message]));
    assert!(plan.diagnostics[0].hint.is_some());
}

#[test]
fn a_part_is_called_so() {
    let budget = TimeBudget { total_is_for_part: true, part: (0, 0), ..within(30) };
    let plan = Plan::new(&entries("=40 10"), &budget);
    assert_eq!(plan.diagnostics[0].message, "the slides' own timings are 0:10 more than the part's 0:30");
    assert_eq!((shares(&plan).as_str(), plan.total), ("40 -", Some(seconds(30))));
}

#[test]
fn sections_have_titles_and_times() {
    let plan = Plan::new(&entries("10 #20 10 #-5 #20"), &within(120));
    let section = |title: &str, first, time: Option<u64>| Section {
        title: title.to_owned(),
        first,
        time: time.map(seconds),
    };
    let expected = [
        section("10", 0, Some(20)),
        section("#20", 1, Some(60)),
        section("#-5", 3, None),
        section("#20", 4, Some(40)),
    ];
    assert_eq!(plan.sections, expected);
    let of: Vec<_> = plan.slides.iter().map(|share| share.section).collect();
    assert_eq!(of, [0, 1, 1, 2, 3]);
}

#[test]
fn a_slide_begins_after_those_before_it() {
    let plan = Plan::new(&entries("10 -20 30 20"), &within(120));
    let starts: Vec<_> = (0..6).map(|slide| plan.start(slide).unwrap().as_secs()).collect();
    assert_eq!(starts, [0, 20, 20, 80, 120, 120]);
    assert_eq!(Plan::new(&entries("10 20"), &TimeBudget::default()).start(1), None);
}

#[rstest]
#[case::reveal(Some(60), Some("45m"), Some(60))]
#[case::slidev(None, Some("45m"), Some(2700))]
#[case::unreadable(None, Some("one evening"), None)]
#[case::zero(None, Some("0"), None)]
#[case::nothing(None, None, None)]
fn the_front_matter_gives_a_budget(
    #[case] total: Option<u64>,
    #[case] duration: Option<&str>,
    #[case] expected: Option<u64>,
) {
    let duration = duration.map(str::to_owned);
    let meta = Meta { total_time: total.map(seconds), duration, ..Meta::default() };
    assert_eq!(TimeBudget::of(&meta), TimeBudget { total: expected.map(seconds), ..TimeBudget::default() });
}

#[test]
fn a_deck_without_slides_has_no_plan() {
    assert_eq!(Plan::new(&[], &within(60)), Plan::default());
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let timing = prop::option::weighted(0.3, (1_u64..600).prop_map(seconds));
    let section = prop::option::weighted(0.1, (1_u64..1200).prop_map(seconds));
    (timing, section, prop::bool::weighted(0.8), prop::bool::weighted(0.2), 0.0..300.0_f64).prop_map(
        |(timing, section_timing, counts, opens, weight)| Entry {
            counts,
            timing,
            section_timing,
            opens_section: opens || section_timing.is_some(),
            weight,
            ..Entry::default()
        },
    )
}

fn any_budget() -> impl Strategy<Value = TimeBudget> {
    let time = |most: u64| prop::option::of((0..most).prop_map(seconds));
    (time(7200), any::<bool>(), time(120), any::<bool>(), (0_usize..40, 0_usize..50)).prop_map(
        |(total, total_is_for_part, default_timing, equal, part)| TimeBudget {
            total,
            total_is_for_part,
            default_timing,
            equal,
            part,
        },
    )
}

proptest! {
    #[test]
    fn shares_add_up_where_own_timings_fit(
        entries in prop::collection::vec(any_entry(), 1..40),
        total in 1_u64..7200,
        equal in any::<bool>(),
    ) {
        let entries: Vec<Entry> =
            entries.into_iter().map(|entry| Entry { section_timing: None, ..entry }).collect();
        let plan = Plan::new(&entries, &TimeBudget { equal, ..within(total) });
        let counting = || entries.iter().filter(|entry| entry.counts);
        let own: u64 = counting().filter_map(|entry| entry.timing).map(|time| time.as_secs()).sum();
        let open = counting().any(|entry| entry.timing.is_none());
        let end = plan.start(entries.len()).map(|time| time.as_secs());
        if open && own <= total {
            prop_assert_eq!(end, Some(total));
        }
        let adds_up = end.is_none_or(|end| end == total);
        prop_assert!(adds_up || !plan.diagnostics.is_empty());
        for (entry, share) in entries.iter().zip(&plan.slides).filter(|(entry, _)| entry.counts) {
            prop_assert!(entry.timing.is_none_or(|time| share.time == Some(time)));
        }
    }

    #[test]
    fn equal_shares_are_nearly_equal(
        entries in prop::collection::vec(any_entry(), 1..40),
        total in 1_u64..7200,
    ) {
        let free = |entry: &Entry| entry.counts && entry.timing.is_none();
        let entries: Vec<Entry> =
            entries.into_iter().map(|entry| Entry { section_timing: None, ..entry }).collect();
        let plan = Plan::new(&entries, &TimeBudget { equal: true, ..within(total) });
        let shares = entries.iter().zip(&plan.slides).filter(|(entry, _)| free(entry));
        let times: Vec<u64> = shares.map(|(_, share)| share.time.unwrap().as_secs()).collect();
        if let (Some(least), Some(most)) = (times.iter().min(), times.iter().max()) {
            prop_assert!(most - least <= 1);
        }
    }

    #[test]
    fn a_plan_agrees_with_itself(
        entries in prop::collection::vec(any_entry(), 0..40),
        budget in any_budget(),
    ) {
        let plan = Plan::new(&entries, &budget);
        let end = plan.start(entries.len());
        prop_assert_eq!(end.is_some(), plan.total.is_some());
        prop_assert!(end == plan.total || !plan.diagnostics.is_empty());
        for (index, (entry, share)) in entries.iter().zip(&plan.slides).enumerate() {
            let in_part = budget.part.0 <= index && index <= budget.part.1;
            prop_assert_eq!(share.counts, entry.counts && in_part);
            prop_assert_eq!(share.time.is_some(), share.counts && plan.total.is_some());
        }
        let of_sections: Duration = plan.sections.iter().filter_map(|section| section.time).sum();
        prop_assert_eq!(of_sections, end.unwrap_or_default());
    }

    #[test]
    fn a_part_of_the_talk_has_the_shares_of_the_whole(
        entries in prop::collection::vec(any_entry(), 1..40),
        budget in any_budget(),
    ) {
        let whole = TimeBudget { part: (0, usize::MAX), total_is_for_part: false, ..budget.clone() };
        let part = Plan::new(&entries, &TimeBudget { total_is_for_part: false, ..budget });
        let whole = Plan::new(&entries, &whole);
        for (one, other) in part.slides.iter().zip(&whole.slides).filter(|(one, _)| one.counts) {
            prop_assert_eq!(one, other);
        }
    }
}
