//! Separators that are given: reveal's own cases.

use rstest::rstest;

use super::*;

/// `^\n\n\n` as reveal has it, with the number of empty slides that it leaves.
#[rstest]
#[case::two(&blank_lines(2), 1, 0)]
#[case::three(&blank_lines(3), 2, 0)]
#[case::four(&blank_lines(4), 2, 0)]
#[case::five(&blank_lines(5), 2, 0)]
#[case::six(&blank_lines(6), 2, 1)]
#[case::seven(&blank_lines(7), 2, 1)]
#[case::twelve(&blank_lines(12), 2, 3)]
#[case::at_the_start("\n\n\nA\n", 1, 1)]
#[case::two_at_the_start("\n\nA\n", 1, 0)]
#[case::at_the_end("A\n\n\n\n", 1, 1)]
#[case::two_at_the_end("A\n\n\n", 1, 0)]
#[case::a_space("A\n\n \n\nB\n", 1, 0)]
#[case::a_tab("A\n\t\n\n\nB\n", 1, 0)]
#[case::a_space_and_three("A\n \n\n\n\nB\n", 2, 0)]
#[case::in_a_fence("```\nA\n\n\n\nB\n```\n", 2, 0)]
#[case::in_a_table("<table><tr><td>\n\n\n\n</td></tr></table>\n", 2, 0)]
#[case::in_a_comment("<!--\nA\n\n\n\nB\n-->\n", 2, 0)]
#[case::in_a_list("- A\n\n\n\n- B\n", 2, 0)]
fn blank_lines_part_raw_text(#[case] body: &str, #[case] slides: usize, #[case] empty: usize) {
    let split = by(r"^\n\n\n", None, body);
    assert_eq!(split.slides.len(), slides, "{split:?}");
    let told = match empty {
        0 => vec![],
        1 => vec!["an empty slide is left out".to_owned()],
        _ => vec![format!("{empty} empty slides in a row are left out")],
    };
    assert_eq!(split.diagnostics.iter().map(|found| found.message.clone()).collect::<Vec<_>>(), told);
}

#[test]
fn real_line_ends_from_yaml_part_as_their_escapes_do() {
    assert_eq!(
        by("^\n\n\n", Some("^\n\n"), &blank_lines(3)),
        by(r"^\n\n\n", Some(r"^\n\n"), &blank_lines(3))
    );
}

#[test]
fn separators_written_for_crlf_find_lf() {
    assert_eq!(by(r"^\r?\n\r?\n\r?\n", None, &blank_lines(3)).slides.len(), 2);
    assert_eq!(by(r"\r\n---\r\n", None, "A\n---\nB\n").slides.len(), 2);
}

#[rstest]
#[case::one(1, &["A\n\nB"])]
#[case::two(2, &["A", "↓B"])]
#[case::three(3, &["A", "B"])]
#[case::five(5, &["A", "B"])]
fn two_blank_lines_hang_a_slide_below(#[case] count: usize, #[case] expected: &[&str]) {
    let body = blank_lines(count);
    assert_eq!(texts(&body, &by(r"^\n\n\n", Some(r"^\n\n"), &body)), expected);
}

/// reveal 5 where nobody says anything.
#[rstest]
#[case::under_text("A\n---\nB", &["A", "B"])]
#[case::between_blank_lines("A\n\n---\n\nB", &["A", "B"])]
#[case::a_blank_after_it("A\n--- \nB", &["A\n--- \nB"])]
#[case::on_the_first_line("---\nA", &["---\nA"])]
#[case::in_a_fence("```\nA\n---\nB\n```", &["```\nA", "B\n```"])]
#[case::another_rule("A\n\n***\n\nB", &["A\n\n***\n\nB"])]
#[case::at_the_end("A\n---\n", &["A"])]
fn reveal_parts_at_dashes(#[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(texts(body, &by(Separator::REVEAL, None, body)), expected);
}

#[rstest]
#[case::dashes(r"^\n---\n$", r"^\n--\n$", "A\n\n---\n\nB\n\n--\n\nC\n", &["A", "B", "↓C"])]
#[case::comments("<!--s-->", "<!--v-->", "A<!--v-->B\n<!--s-->\nC", &["A", "↓B", "C"])]
#[case::words("##==##", "^vvv$", "A\n\n##==##\n\nB\nvvv\nC", &["A", "B", "↓C"])]
#[case::lookarounds(r"---(?=\n|$)", r"(?<!-)--(?!-)", "A\n---\nB\n--\nC", &["A", "B", "↓C"])]
#[case::empty_between("==", "--", "A--B==--C", &["A", "↓B", "C"])]
#[case::empty_above("==", "--", "==A----B", &["A", "↓B"])]
#[case::in_the_line("==", "--", "  A ==  \n  B\n", &["  A", "  B"])]
fn given_expressions_part_raw_text(
    #[case] horizontal: &str,
    #[case] vertical: &str,
    #[case] body: &str,
    #[case] expected: &[&str],
) {
    assert_eq!(texts(body, &by(horizontal, Some(vertical), body)), expected);
}

/// reveal tells horizontal separators by their own text, in which nothing stands before `---`. Where no
/// vertical ones are given there is nothing to tell.
#[test]
fn without_vertical_separators_all_are_horizontal() {
    let body = "A\n---\nB";
    assert_eq!(texts(body, &by(r"(?<=\n)---", None, body)), ["A", "B"]);
    assert_eq!(texts(body, &by(r"(?<=\n)---", Some("=="), body)), ["A", "↓B"]);
}

#[rstest]
#[case::empty("", None)]
#[case::open("(", None)]
#[case::nothing_to_repeat("*a", None)]
#[case::bad_vertical("---", Some("["))]
fn a_bad_expression_is_quoted(#[case] horizontal: &str, #[case] vertical: Option<&str>) {
    let refusal = Separator::compile(horizontal, vertical).expect_err("it is bad");
    let quoted = format!("`{}`", vertical.unwrap_or(horizontal));
    assert!(
        refusal.hint.is_some() && (horizontal.is_empty() || refusal.message.contains(&quoted)),
        "{refusal}"
    );
}

#[rstest]
#[case::nothing("x*")]
#[case::every_line("^")]
#[case::only_a_lookahead("(?=#)")]
fn an_expression_that_matches_nothing_is_not_used(#[case] horizontal: &str) {
    let split = by(horizontal, None, "# A\n\n---\n\n# B\n");
    assert_eq!(split.slides.len(), 2);
    assert!(split.diagnostics[0].message.contains("only the empty text"), "{split:?}");
}

#[test]
fn empty_matches_beside_others_part_nothing() {
    assert_eq!(by("(?:==)?", None, "# A == B").slides.len(), 2);
}

#[test]
fn an_expression_that_takes_too_long_is_not_used() {
    let body = format!("# A\n\n---\n\n# B {}!", "a".repeat(60));
    let split = by(r"(?=x|a)(a+)+\1$", None, &body);
    assert_eq!(split.slides.len(), 2);
    assert!(split.diagnostics[0].message.contains("too long"), "{split:?}");
}
