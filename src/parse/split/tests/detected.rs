//! Separators that the text itself tells, and what protects from them.

use rstest::rstest;

use super::*;

/// Which rule a deck follows, by what it holds.
#[rstest]
#[case::none("# A\n\ntext\n\n# B\n", &["# A\n\ntext\n\n# B"])]
#[case::only_twos("# A\n\n\n# B\n\n\n# C\n", &["# A\n\n\n# B\n\n\n# C"])]
#[case::dashes("A\n\n---\n\nB\n", &["A", "B"])]
#[case::blank_lines("A\n\n\n\nB\n", &["A", "B"])]
#[case::a_tie_goes_to_dashes("A\n\n---\n\nB\n\n\n\nC\n", &["A", "B\n\n\n\nC"])]
#[case::more_blank_lines("A\n\n---\n\nB\n\n\n\nC\n\n\n\nD\n", &["A\n\n---\n\nB", "C", "D"])]
#[case::dashes_under_text_do_not_count("A\n---\n\nB\n", &["A\n---\n\nB"])]
#[case::dashes_under_text_part_once_they_have_won("A\n---\nB\n\n---\n\nC\n", &["A", "B", "C"])]
#[case::dashes_at_the_edges("---\n\nA\n\n---\n\nB\n\n---", &["A", "B"])]
#[case::blanks_after_dashes("A\n\n--- \n\nB\n", &["A", "B"])]
#[case::other_rules_are_rules("A\n\n-----\n\n***\n\n - - -\n\nB", &["A\n\n-----\n\n***\n\n - - -\n\nB"])]
#[case::end_slide("A\n\n---\n\nB\n<!-- end_slide -->\nC\n\n\n\nD\n", &["A\n\n---\n\nB", "C\n\n\n\nD"])]
#[case::end_slide_at_the_end("A\n<!--end_slide-->\nB\n<!-- end_slide -->\n", &["A", "B"])]
#[case::end_slide_in_a_fence("```\n<!-- end_slide -->\n```\n\n---\n\nB\n", &["```\n<!-- end_slide -->\n```", "B"])]
#[case::end_slide_in_code("`<!-- end_slide -->`\n\n---\n\nB\n", &["`<!-- end_slide -->`", "B"])]
#[case::other_comments("<!-- the end_slide -->A\n\n---\n\nB\n", &["<!-- the end_slide -->A", "B"])]
#[case::dashes_in_fences_do_not_count(
    "```\n\n---\n\n---\n\n```\n\n\n\nB\n", &["```\n\n---\n\n---\n\n```", "B"]
)]
#[case::dashes_in_comments_neither(
    "<!--\n\n---\n\n---\n\n-->\nA\n\n\n\nB\n", &["<!--\n\n---\n\n---\n\n-->\nA", "B"]
)]
#[case::nor_do_they_part("<!--\n\n---\n\n-->\n\n---\n\nB\n\n---\n\nC", &["<!--\n\n---\n\n-->", "B", "C"])]
#[case::dashes_in_elements_part("<div>\n\n---\n\n</div>\n", &["<div>", "</div>"])]
#[case::blank_lines_in_fences_do_not_count(
    "```\n\n\n\n\na\n\n\n\n```\n\n---\n\nB\n", &["```\n\n\n\n\na\n\n\n\n```", "B"]
)]
fn the_text_tells_its_rule(#[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(by_itself(body), expected);
}

/// Pairs of separators, and what only looks like one.
#[rstest]
#[case::four("A\n\n---\n\nB\n\n----\n\nC", &["A", "B", "↓C"])]
#[case::four_by_itself("A\n\n----\n\nB\n\n----\n\nC", &["A", "B", "C"])]
#[case::four_by_itself_makes_headings_too("A\n----\n\nB\n", &["A\n----\n\nB"])]
#[case::four_beside_headings("A\n---\n\na\n\n----\n\nB\n---\n\nb", &["A\n---\n\na", "B\n---\n\nb"])]
#[case::two("A\n\n---\n\nB\n\n--\n\nC", &["A", "B", "↓C"])]
#[case::two_by_itself("A\n\n--\n\nB", &["A\n\n--\n\nB"])]
#[case::two_first("A\n\n--\n\nB\n\n---\n\nC", &["A", "↓B", "C"])]
#[case::two_beside_blank_lines("A\n\n\n\nB\n\n--\n\nC\n\n\n\nD", &["A", "B\n\n--\n\nC", "D"])]
#[case::twos_that_make_headings("A\n\n---\n\nB\n--\n\nb\n\nC\n--\n\nc", &["A", "B\n--\n\nb\n\nC\n--\n\nc"])]
#[case::headings_beside_two("A\n\n---\n\nB\n---\n\nb\n\n--\n\nC\n--\n\nc", &["A", "B\n---\n\nb", "↓C\n--\n\nc"])]
#[case::dashes_under_words_beside_four("A\n\n---\n\nB\n---\n\nb\n\n----\n\nC", &["A", "B", "b", "↓C"])]
#[case::letters("A\n\n---\n\nB\n\nvvv\n\nC\nvvv\nD", &["A", "B", "↓C", "↓D"])]
#[case::pluses("A\n\n---\n\nB\n\n+++\n\nC", &["A", "B", "↓C"])]
#[case::the_more_frequent_one("A\n\n---\n\nB\n\n--\n\nC\n\n--\n\nD\n\n----\n\nE", &["A", "B", "↓C", "↓D\n\n----\n\nE"])]
#[case::blank_lines_beside_marks("A\n\n\n\n---\n\n\n\nB\n\n\n\n--\n\n\n\nC", &["A", "B", "↓C"])]
#[case::marks_outnumber_blank_lines_together(
    "A\n\n---\n\nB\n\n--\n\nC\n\n--\n\nD\n\n\n\nd\n\n\n\nd", &["A", "B", "↓C", "↓D\n\n\n\nd\n\n\n\nd"]
)]
#[case::words("A\n\n##==##\n\nB\n\n---\n\nb\n##==##\nC\n\n\n\n##==##\n\nD", &["A", "B\n\n---\n\nb", "C", "D"])]
#[case::words_for_columns("A\n\n##--##\n\na", &["A\n\n##--##\n\na"])]
#[case::comments("A\n\n<!--s-->\n\nB\n\n---\n\nb\n\n<!-- v -->\nC<!-- s -->D", &["A", "B\n\n---\n\nb", "↓C", "D"])]
#[case::comments_in_code("`<!--s-->`\n\n---\n\n```\n<!--v-->\n```", &["`<!--s-->`", "```\n<!--v-->\n```"])]
#[case::vertical_comments_alone("A\n<!--v-->\nB", &["A\n<!--v-->\nB"])]
#[case::marks_in_fences("A\n\n---\n\n```\n\n--\n\n##==##\n\nvvv\n```\n", &["A", "```\n\n--\n\n##==##\n\nvvv\n```"])]
#[case::marks_in_comments("A\n\n---\n\n<!--\n\n--\n\n##==##\n-->\n", &["A", "<!--\n\n--\n\n##==##\n-->"])]
#[case::without_blank_lines("# A\na\n---\n# B\nb\n---\n# C", &["# A\na", "# B\nb", "# C"])]
#[case::after_lists("# A\n- a\n---\nB\n- b\n---\nC", &["# A\n- a", "B\n- b", "C"])]
#[case::a_pair_without_blank_lines("# A\na\n---\n# B\nb\n--\nC\nc\n--\n# D", &["# A\na", "# B\nb", "↓C\nc", "↓# D"])]
#[case::headings_with_a_rule_below("# A\n---\na\n\n\n\n# B\n---\nb\n\n\n\n# C", &["# A\n---\na", "# B\n---\nb", "# C"])]
fn pairs_are_known(#[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(by_itself(body), expected);
}

/// Three blank lines in decks that have `---` as well: they separate vertical slides, or are mere air.
#[rstest]
#[case::a_pair("# A\n\n---\n\n# B\n\n\n\n# C\n\n\n\n# D\n", &["# A", "# B", "↓# C", "↓# D"])]
#[case::a_pair_with_comments(
    "# A\n\n---\n\n<!-- .slide: id=\"b\" -->\nB\n\n\n\n<!-- .slide: id=\"c\" -->\nC\n\n\n\n<h2>D</h2>\n\n---\n\n# E",
    &["# A", "<!-- .slide: id=\"b\" -->\nB", "↓<!-- .slide: id=\"c\" -->\nC", "↓<h2>D</h2>", "# E"]
)]
#[case::one_without_heading(
    "# A\n\n---\n\n# B\n\n\n\n# C\n\n\n\n# D\n\n\n\nd\n", &["# A", "# B", "↓# C", "↓# D", "↓d"]
)]
#[case::only_one("# A\n\n---\n\n# B\n\n\n\n# C\n", &["# A", "# B\n\n\n\n# C"])]
#[case::no_headings("A\n\n---\n\nB\n\n---\n\nC\n\n\n\nD\n\n\n\nE", &["A", "B", "C\n\n\n\nD\n\n\n\nE"])]
#[case::of_all_sizes("A\n\n---\n\nB\n\n---\n\nC\n\n\n\n\n# D\n\n\n\n\n\n# E", &["A", "B", "C\n\n\n\n\n# D\n\n\n\n\n\n# E"])]
#[case::with_blanks("A\n\n---\n\nB\n\n---\n\nC\n\n \n\n# D\n\n \n\n# E", &["A", "B", "C\n\n \n\n# D\n\n \n\n# E"])]
#[case::rules_on_slides(
    "# A\n\n---\n\n### by B\n\n\n\n# C\n\n\n\n# D\n\n\n\n# E", &["# A\n\n---\n\n### by B", "# C", "# D", "# E"]
)]
fn dashes_and_blank_lines(#[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(by_itself(body), expected);
}

#[test]
fn few_wide_gaps_among_many_dashes_are_air_where_the_author_is_lavish() {
    let dashes = "# A\n\ntext\n\n\ntext\n\n---\n\n".repeat(12);
    assert_eq!(by_itself(&format!("{dashes}# B\n\n\n\n## b\n\n\n\n## b")).len(), 13);
    let tidy = "# A\n\ntext\n\n---\n\n".repeat(12);
    assert_eq!(by_itself(&format!("{tidy}# B\n\n\n\n## C\n\n\n\n## D")).len(), 15);
}

/// Runs of blank lines in decks that they part.
#[rstest]
#[case::four("A\n\n\n\n\nB\n", &["A", "B"])]
#[case::six("A\n\n\n\n\n\n\nB\n", &["A", "B"])]
#[case::blanks_in_them("A\n\n \t\n\nB\n", &["A", "B"])]
#[case::two_before_text("A\n\n\n\nB\n\n\nC\n", &["A", "B\n\n\nC"])]
#[case::two_before_a_heading("A\n\n\n\nB\n\n\n# C\n", &["A", "B", "# C"])]
#[case::two_before_an_empty_heading("A\n\n\n\nB\n\n\n   ##\n", &["A", "B", "   ##"])]
#[case::two_before_no_heading("A\n\n\n\nB\n\n\n#C\n\n\n    # D\n\n\n####### E", &["A", "B\n\n\n#C\n\n\n    # D\n\n\n####### E"])]
#[case::as_many_twos_as_threes("A\n\n\n\n# B\n\n\n# C\n\n\nd\n", &["A", "# B", "# C\n\n\nd"])]
#[case::nearly_as_many_twos(
    "# A\n\n\n\n# B\n\n\n# C\n\n\n\n# D\n\n\n\n# E\n\n\n# F\n\n\n# G\n\n\n\n# H\n\n\ni",
    &["# A", "# B", "↓# C", "# D", "# E", "↓# F", "↓# G", "# H", "↓i"]
)]
#[case::the_pair("A\n\n\n\n# B\n\n\n# C\n\n\n# D\n\n\ne\n", &["A", "# B", "↓# C", "↓# D", "↓e"])]
#[case::two_at_the_start("\n\n# A\n\n\n\nB\n", &["# A", "B"])]
fn runs_of_blank_lines(#[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(by_itself(body), expected);
}

/// `A` and `B` with what stands around them are one slide where the blank lines between them are protected;
/// the deck has one slide more.
#[rstest]
#[case::fence("```\nA\n\n\n\nB\n```", true)]
#[case::tildes("~~~ yaml\nA\n\n\n\nB\n~~~", true)]
#[case::fence_in_a_list("- ```\n  A\n\n\n\n  B\n  ```", true)]
#[case::longer_fence("````\n```\nA\n\n\n\nB\n````", true)]
#[case::open_fence("```\nA\n\n\n\nB", false)]
#[case::fence_closed_by_another_mark("```\nA\n\n\n\nB\n~~~", false)]
#[case::forgotten_fence("```js\nA\n\n\n\nB\n\n```js\nb\n```", false)]
#[case::comment("<!--\nA\n\n\n\nB\n-->", true)]
#[case::open_comment("<!--\nA\n\n\n\nB", false)]
#[case::short_comment("<!--> A\n\n\n\nB", false)]
#[case::table("<table><tr><td>\nA\n\n\n\nB\n</td></tr></table>", true)]
#[case::upper("<TABLE WIDTH='50%'>\nA\n\n\n\nB\n</Table>", true)]
#[case::heading("<h1\n style=\"color:red\">A\n\n\n\nB</h1>", true)]
#[case::open_table("<table><tr><td>\nA\n\n\n\nB\n", false)]
#[case::open_table_then_another("<table>A\n\n\n\nB\n<table></table>", false)]
#[case::closed_before("</div>A\n\n\n\nB<div>", false)]
#[case::closed_at_once("<div></div>A\n\n\n\nB</div>", false)]
#[case::nested("<div><div>\n</div>A\n\n\n\nB</div>", true)]
#[case::nested_and_one_open("<div>A\n\n\n\nB<div></div>", false)]
#[case::inner_end_tags_left_out("<ul><li>A\n\n\n\n<li>B</ul>", true)]
#[case::paragraphs_without_end("<p>A\n\n\n\nB <p>c</p>", false)]
#[case::crossed("<b><i>A</b>\n\n\n\nB</i>", false)]
#[case::void("<br>A\n\n\n\nB</br>", false)]
#[case::unknown("<v-click>A\n\n\n\nB</v-click>", false)]
#[case::self_closed("<div/>A\n\n\n\nB</div>", false)]
#[case::in_code("`<div>` A\n\n\n\nB `</div>`", false)]
#[case::end_in_code("<div>A\n\n\n\nB ``</div>``", false)]
#[case::odd_backtick("a ` <div>\nA\n\n\n\nB</div>", true)]
#[case::in_a_fence("```\n<div>\n```\nA\n\n\n\nB</div>", false)]
#[case::in_a_comment("<!-- <div> -->A\n\n\n\nB</div>", false)]
#[case::in_a_script("<script>'<div>'</script>A\n\n\n\nB</div>", false)]
#[case::script("<script>if (a < b) A\n\n\n\nB</script>", true)]
#[case::script_end_in_other_case("<STYLE>A\n\n\n\nB</style>", true)]
#[case::escaped("\\<div>A\n\n\n\nB</div>", false)]
#[case::less_than("1 < 2, x <div A\n\n\n\nB </div", false)]
#[case::fence_in_an_element("<td>\n\n```\n</td>\n```\nA\n\n\n\nB</td>", true)]
#[case::fence_in_a_comment("<!--\n```\n-->\nA\n\n\n\nB\n```", false)]
#[case::open_fence_in_an_element("<td>\n\n```\nA\n\n\n\nB</td>", true)]
fn what_protects_from_blank_lines(#[case] inside: &str, #[case] protects: bool) {
    let body = format!("# First\n\n\n\n{inside}\n\n\n\n# Last\n");
    assert_eq!(by_itself(&body).len(), if protects { 3 } else { 4 });
}

#[rstest]
#[case::table("<table><tr><td>")]
#[case::fence("```yaml")]
#[case::comment("<!--")]
#[case::backtick("`")]
#[case::script("<script>")]
fn what_is_never_closed_does_not_swallow_the_deck(#[case] opened: &str) {
    assert_eq!(by_itself(&format!("{opened}\nA\n\n\n\n").repeat(20)).len(), 20);
    assert_eq!(by_itself(&format!("{opened}\nA\n\n---\n\n").repeat(20)).len(), 20);
}

#[test]
fn empty_slides_are_told_of_once_a_row_and_by_line() {
    let split = split("A\n---\n\n---\n---\nB\n\n---\n\nC\n\n---\n", 11, None);
    let lines: Vec<usize> = split.slides.iter().map(|piece| piece.line).collect();
    assert_eq!(lines, [11, 16, 20]);
    let told: Vec<String> = split.diagnostics.iter().map(|found| found.message.clone()).collect();
    assert_eq!(told, ["2 empty slides in a row are left out", "an empty slide is left out"]);
    assert_eq!(split.diagnostics.iter().map(|found| found.line).collect::<Vec<_>>(), [Some(13), Some(23)]);
}

#[rstest]
#[case::ordinary("A\n\n\n\nB\n", 0)]
#[case::no_newline("A\n\n\n\nB", 0)]
#[case::two_blank_lines("\n\nA\n\n\n\nB\n\n\n", 0)]
#[case::three_at_the_end("A\n\n\n\nB\n\n\n\n", 1)]
#[case::three_at_the_start("\n\n\nA\n\n\n\nB\n", 1)]
#[case::edges_make_no_rule("\n\n\nA\n\n\n\n", 0)]
fn the_edges_of_a_file(#[case] body: &str, #[case] empty: usize) {
    assert_eq!(split(body, 1, None).diagnostics.len(), empty);
}

#[rstest]
#[case::nothing("")]
#[case::blank_lines("\n\n \n\n\n")]
#[case::only_separators("---\n\n---\n")]
fn there_is_always_a_slide(#[case] body: &str) {
    let split = split(body, 3, None);
    assert_eq!(split.slides, [SplitSlide { range: 0..0, line: 3, vertical: false }]);
    assert_eq!(split.diagnostics.len(), 1);
}

#[test]
fn leading_indent_stays_and_lines_are_the_files() {
    let body = "\n    code\n\n\n\n  \n- a\n";
    let split = split(body, 5, None);
    assert_eq!(texts(body, &split), ["    code", "- a"]);
    assert_eq!(split.slides.iter().map(|piece| piece.line).collect::<Vec<_>>(), [6, 11]);
}

/// Each of these would take minutes where a tag, a fence or a backtick looked at all the rest of the text.
#[rstest]
#[case::elements("<div>")]
#[case::end_tags("</div><b>")]
#[case::open_tags("<div a='")]
#[case::fences("```\n")]
#[case::named_fences("```a\n~~~b\n")]
#[case::comments("<!--")]
#[case::scripts("<script>\n")]
#[case::backticks("` `` ``` ")]
#[case::dashes("---\n")]
#[case::pairs("a\n\n---\n\nb\n--\nc\n\n\n\n")]
#[case::words("##==##\n")]
#[case::marks("<!--s--><!--v-->")]
#[case::blank_lines("\n")]
#[case::backslashes("\\")]
#[case::lists("- 1. ")]
fn long_texts_take_time_in_step_with_their_length(#[case] unit: &str) {
    let body = unit.repeat(500_000 / unit.len());
    assert!(!split(&format!("{body}a\n\n\n\nb"), 1, None).slides.is_empty());
}

#[test]
fn fences_and_backticks_of_all_lengths_take_no_longer() {
    let ticks = |length| "`".repeat(length);
    let fences: Vec<String> = (3..900).rev().map(ticks).collect();
    let spans: Vec<String> = (1..900).map(ticks).collect();
    assert_eq!(by_itself(&format!("{}a\n{}\n\n\n\nb", fences.join("a\n"), spans.join(" "))).len(), 2);
}
