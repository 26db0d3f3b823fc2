//! Runs as they are told of: hand-made ones go in; sentences, tables, pages and screens come out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::stage::letters;
use lutrin::rehearsal::{Header, Listed, Run, SlideTime};
use lutrin::report::{Comparison, Report, ReportFormat, Reportable, Runs, Summary, screen, write};
use lutrin::text::width;
use lutrin::theme::Theme;

const DOCUMENTED: &str = include_str!("../../docs/report-json.md");
const TITLES: [&str; 5] = [
    "Kubernetes, an introduction",
    "Pods & <containers>",
    "=SUM(A1:A9) | 漢字",
    "A title that goes on and on, as titles of slides do when their author is fond of words",
    "Questions",
];
const PLAN: [f64; 5] = [90.0, 120.0, 60.0, 240.0, 90.0];

/// Returns a run that begins on so many days after the first: what each slide took; one that took nothing was not shown.
fn run(day: i64, seconds: [f64; 5], plan: Option<[f64; 5]>) -> Run {
    let slide = |index: usize| Listed {
        key: format!("{index:016x}"),
        number: index + 1,
        position: None,
        title: TITLES[index].to_owned(),
        counts: true,
        section: usize::from(index > 1),
        planned_seconds: plan.map(|plan| plan[index]),
    };
    let started = Timestamp::from_second(1_760_551_200 + day * 86_400).expect("a day of our time");
    let spent = |(index, seconds): (usize, f64)| {
        let visits = if index == 3 { 2 } else { 1 };
        (seconds > 0.0).then(|| (format!("{index:016x}"), SlideTime { seconds, visits }))
    };
    let spent: BTreeMap<String, SlideTime> = seconds.into_iter().enumerate().filter_map(spent).collect();
    Run {
        header: Header {
            version: 1,
            deck: "talks/kubernetes.md".to_owned(),
            title: "Kubernetes".to_owned(),
            started,
            planned_seconds: plan.map(|plan| plan.iter().sum()),
            tolerance_seconds: 30.0,
            slides: (0..5).map(slide).collect(),
        },
        last: spent.keys().last().cloned(),
        complete: seconds[4] > 0.0,
        spent,
        paused_seconds: 130.0,
        questions_seconds: 245.2,
        slept_seconds: 0.0,
        ended: started,
    }
}

fn planned(seconds: [f64; 5]) -> Run {
    run(0, seconds, Some(PLAN))
}

/// Three complete runs, a short one, and a partial one.
fn history() -> Vec<Run> {
    let plan = Some(PLAN);
    vec![
        run(0, [101.2, 130.0, 95.5, 301.0, 80.0], plan),
        run(1, [20.0, 10.4, 0.0, 0.0, 0.0], plan),
        run(2, [96.0, 118.6, 71.0, 352.0, 88.0], plan),
        run(3, [92.4, 126.0, 0.0, 0.0, 0.0], plan),
        run(4, [88.0, 121.0, 70.0, 462.3, 85.0], plan),
    ]
}

fn told(told: &impl Reportable, form: ReportFormat) -> String {
    write(told, form, &TimeZone::UTC, 80)
}

#[test]
fn a_run_with_a_past_in_every_form() {
    let report = Report::new(&history(), 4);
    for (name, form) in [
        ("text", ReportFormat::Text),
        ("md", ReportFormat::Markdown),
        ("csv", ReportFormat::Csv),
        ("json", ReportFormat::Json),
        ("html", ReportFormat::Html),
    ] {
        insta::assert_snapshot!(format!("report_{name}"), told(&report, form));
    }
}

#[test]
fn other_runs_as_text() {
    let mut out = String::new();
    let mut slides_gone = planned([90.0, 100.0, 60.0, 240.0, 90.0]);
    slides_gone.spent.insert("gone".to_owned(), SlideTime { seconds: 61.0, visits: 1 });
    slides_gone.header.slides[4].counts = false;
    slides_gone.header.slides[2].position = Some("2.1".to_owned());
    let mut costly = Report::new(&history(), 0);
    costly.sort_by_cost();
    for (what, report) in [
        ("a partial run with a past", Report::new(&history(), 3)),
        ("a short run", Report::new(&history(), 1)),
        ("the first run", Report::new(&[planned([90.0, 120.0, 60.0, 240.0, 91.0])], 0)),
        ("the first run, partial", Report::new(&[planned([90.0, 120.0, 0.0, 0.0, 0.0])], 0)),
        ("no plan", Report::new(&[run(0, [90.0, 120.0, 60.0, 240.0, 91.0], None)], 0)),
        ("a slide is gone, one is uncounted, one is below another", Report::new(&[slides_gone], 0)),
        ("what cost most first", costly),
    ] {
        out.extend([format!("━━━ {what}\n"), told(&report, ReportFormat::Text), "\n".to_owned()]);
    }
    insta::assert_snapshot!("report_others", out);
}

#[test]
fn all_runs_and_two_of_them() {
    let runs = history();
    let list = Runs { title: "Kubernetes".to_owned(), runs: Summary::all(&runs) };
    let compared = [Comparison::new(&runs, 0, 4), Comparison::new(&runs, 2, 3)];
    let mut out = told(&list, ReportFormat::Text) + "\n";
    for comparison in &compared {
        out += &(told(comparison, ReportFormat::Text) + "\n");
    }
    for form in [ReportFormat::Markdown, ReportFormat::Csv, ReportFormat::Json] {
        out += &(told(&list, form) + "\n" + &told(&compared[1], form) + "\n");
    }
    insta::assert_snapshot!("report_runs", out);
}

#[rstest]
#[case::narrow(40)]
#[case::usual(80)]
#[case::wide(120)]
fn a_run_on_a_terminal(#[case] columns: u16) {
    let report = Report::new(&history(), 4);
    let canvas = screen(&report, columns, &Theme::terminal(), &TimeZone::UTC);
    insta::assert_snapshot!(format!("report_screen_{columns}"), letters(&canvas));
}

/// Runs against a plan of ten minutes.
#[rstest]
#[case::on_time([90.0, 120.0, 60.0, 240.0, 119.0], "on time: 10:29 of 10:00")]
#[case::over([90.0, 120.0, 60.0, 241.0, 120.0], "0:31 over; slide 5 cost 0:30 more than planned")]
#[case::minutes_over([95.0, 120.0, 60.0, 600.0, 94.0], "6 min over; slide 4 cost 6:00 more than planned")]
#[case::the_first_of_equals([150.0, 180.0, 60.0, 240.0, 90.0], "2 min over; slide 1 cost 1:00 more than planned")]
#[case::under([20.0, 60.0, 50.0, 240.0, 100.0], "2 min under; slide 1 took 1:10 less than planned")]
#[case::left_out([90.0, 0.0, 0.0, 240.0, 95.0], "3 min under; 2 slides were left out")]
#[case::one_left_out([90.0, 120.0, 0.0, 240.0, 90.0], "1:00 under; 1 slide was left out")]
#[case::behind([90.0, 170.0, 0.0, 0.0, 0.0], "partial: 2 of 5 slides in 4:20, 0:50 behind the plan of those")]
#[case::ahead([30.0, 90.0, 0.0, 0.0, 0.0], "partial: 2 of 5 slides in 2:00, 1:30 ahead of the plan of those")]
#[case::on_the_plan([90.0, 100.0, 0.0, 0.0, 0.0], "partial: 2 of 5 slides in 3:10, on the plan of those")]
#[case::nothing([0.0; 5], "partial: 0 of 5 slides in 0:00, on the plan of those")]
fn the_sentence_that_matters(#[case] seconds: [f64; 5], #[case] sentence: &str) {
    assert_eq!(Report::new(&[planned(seconds)], 0).sentence, sentence);
}

#[test]
fn the_sentence_without_a_plan_or_beside_it() {
    let free = |seconds| Report::new(&[run(0, seconds, None)], 0).sentence;
    assert_eq!(free([60.0, 250.0, 60.0, 0.0, 30.0]), "took 6:40; slide 2 took longest, 4:10");
    assert_eq!(free([60.0, 30.0, 0.0, 0.0, 0.0]), "partial: 2 of 5 slides in 1:30");
    let mut run = planned([90.0, 120.0, 60.0, 250.0, 90.0]);
    run.spent.insert("gone".to_owned(), SlideTime { seconds: 300.0, visits: 1 });
    assert_eq!(Report::new(&[run], 0).sentence, "5 min over; slides without a plan took 5:00");
}

#[test]
fn partial_and_short_runs_are_in_no_trend_and_short_ones_in_no_median() {
    let report = Report::new(&history(), 4);
    let trend: Vec<usize> = report.runs.iter().map(|run| run.run).collect();
    assert_eq!(trend, [1, 3, 5]);
    let medians: Vec<Option<f64>> = report.slides.iter().map(|row| row.median_seconds).collect();
    // The first two slides were shown in four runs, the others in three.
    assert_eq!(medians, [94.2, 123.5, 71.0, 352.0, 85.0].map(Some));
    let projected = report.projected.unwrap();
    assert_eq!((projected.seconds, projected.difference_seconds), (725.7, Some(125.7)));
}

/// Returns the fields of an object and of the objects in it, as the document names them.
fn fields(of: &str, value: &Value, found: &mut Vec<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        found.push(format!("{of}{name}"));
        match value {
            Value::Array(all) => fields(&format!("{name}[]."), all.first().unwrap_or(&Value::Null), found),
            value => fields(&format!("{name}."), value, found),
        }
    }
}

#[test]
fn the_json_has_the_fields_that_are_documented() {
    let runs = history();
    let list = Runs { title: "Kubernetes".to_owned(), runs: Summary::all(&runs) };
    for (section, json) in [
        ("## The report", told(&Report::new(&runs, 4), ReportFormat::Json)),
        ("## `--runs`", told(&list, ReportFormat::Json)),
        ("## `--compare`", told(&Comparison::new(&runs, 0, 4), ReportFormat::Json)),
    ] {
        let mut written = Vec::new();
        fields("", &serde_json::from_str(&json).unwrap(), &mut written);
        let text =
            DOCUMENTED.split("\n## ").find(|text| section.ends_with(text.lines().next().unwrap_or("")));
        let text = text.unwrap_or_else(|| panic!("{section} is missing"));
        let names =
            |line: &str| line.strip_prefix("| `").and_then(|line| line.split('`').next()).map(str::to_owned);
        let mut documented: Vec<String> = text.lines().filter_map(names).collect();
        // Runs have the same fields wherever they are.
        written.retain(|field| !["runs[].", "a.", "b."].iter().any(|run| field.starts_with(run)));
        written.sort();
        documented.sort();
        assert_eq!(written, documented, "{section}");
    }
    let mut of_runs = Vec::new();
    fields("", &serde_json::to_value(Summary::new(1, &runs[0])).unwrap(), &mut of_runs);
    assert!(of_runs.iter().all(|field| DOCUMENTED.contains(&format!("`{field}`"))), "{of_runs:?}");
}

#[test]
fn words_of_a_record_stay_words() {
    let mut hostile = planned([90.0, 120.0, 60.0, 240.0, 90.0]);
    hostile.header.title = "\u{1b}]0;x\u{7}\u{9b}2J<script>alert(1)</script>".to_owned();
    for (slide, title) in
        hostile.header.slides.iter_mut().zip(["@x\r\n=1", "\u{1b}[2J", "-1+1|*b*", "+\u{202e}", "\t=1"])
    {
        slide.title = title.to_owned();
        slide.position = Some("=2".to_owned());
    }
    let runs = [hostile.clone(), hostile];
    let report = Report::new(&runs, 1);
    for form in [
        ReportFormat::Text,
        ReportFormat::Markdown,
        ReportFormat::Csv,
        ReportFormat::Json,
        ReportFormat::Html,
    ] {
        for text in [told(&report, form), told(&Comparison::new(&runs, 0, 1), form)] {
            let is_safe = |letter: char| letter == '\n' || !letter.is_control() && letter != '\u{202e}';
            assert!(text.chars().all(is_safe), "{text:?}");
        }
    }
    let csv = told(&report, ReportFormat::Csv);
    let mut cells = csv.lines().skip(1).flat_map(|line| line.split(','));
    assert!(!cells.any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{csv}");
    assert!(!told(&report, ReportFormat::Html).contains("<script"));
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_terminal(
        seconds in proptest::array::uniform5(prop_oneof![Just(0.0), 0.0..9e4, Just(f64::MAX)]),
        planned in proptest::option::of(proptest::array::uniform5(0.0..9e4)),
        columns in 1_u16..140,
    ) {
        let runs = [run(0, seconds, planned), run(1, [90.0, 120.0, 60.0, 0.0, 1e4], planned), run(2, seconds, planned)];
        let told = Report::new(&runs, 2);
        let text = write(&told, ReportFormat::Text, &TimeZone::UTC, usize::from(columns));
        prop_assert!(text.lines().all(|line| width(line) <= usize::from(columns)), "{text}");
        let canvas = screen(&told, columns, &Theme::dark(), &TimeZone::UTC);
        prop_assert_eq!(canvas.area.width, columns);
        prop_assert!(told.slides.iter().all(|row| row.seconds >= 0.0));
    }
}
