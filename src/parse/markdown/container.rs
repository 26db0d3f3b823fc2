//! Containers between colons: `::: name {.class}` up to `:::`, as markdown-it, pandoc, Quarto and Obsidian have them.
//! Which lines are read as such is not decided here.

use super::attributes::AttributeList;

/// Containers of documentation tools, whose further words are a title.
const ADMONITIONS: [&str; 9] =
    ["caution", "danger", "details", "important", "info", "note", "success", "tip", "warning"];
/// Containers that hold no Markdown but the source of a drawing.
const DRAWINGS: [&str; 2] = ["mermaid", "plantuml"];

/// A line of colons.
#[derive(Debug, PartialEq)]
pub(super) enum ContainerMark<'a> {
    /// It opens a container.
    Open {
        colons: usize,
        name: &'a str,
        attributes: AttributeList,
        /// What the container begins with.
        title: String,
    },
    /// It closes one.
    Close(usize),
}

/// The containers that are open, the innermost last: their colons, and their elements' names.
#[derive(Default)]
pub(super) struct OpenContainers {
    stack: Vec<(usize, &'static str)>,
}

/// Returns what a line says that begins with three colons, its indent apart.
pub(super) fn mark(line: &str) -> Option<ContainerMark<'_>> {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    let rest = rest.trim_end_matches(':').trim();
    if colons < 3 {
        return None;
    }
    if rest.is_empty() {
        return Some(ContainerMark::Close(colons));
    }
    let (words, braces) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
    let mut attributes =
        if braces.is_empty() { AttributeList::default() } else { AttributeList::read_whole(braces)? };
    let mut words = words.split_whitespace();
    let Some(name) = words.next() else {
        return (!attributes.is_empty()).then_some(ContainerMark::Open {
            colons,
            name: "",
            attributes,
            title: String::new(),
        });
    };
    let name = name.trim_start_matches('.');
    let is_name = |word: &str| {
        word.starts_with(char::is_alphabetic)
            && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
    };
    if !is_name(name) {
        return None;
    }
    let words: Vec<&str> = words.collect();
    let is_class = |word: &&str| is_name(word.trim_start_matches('.')) && !word.contains(char::is_uppercase);
    let mut classes = vec![name.to_owned()];
    let title = if ADMONITIONS.contains(&name) || !words.iter().all(is_class) {
        words.join(" ")
    } else {
        classes.extend(words.iter().map(|word| word.trim_start_matches('.').to_owned()));
        String::new()
    };
    classes.append(&mut attributes.classes);
    attributes.classes = classes;
    Some(ContainerMark::Open { colons, name, attributes, title })
}

impl OpenContainers {
    /// Opens a container and returns the lines that stand for its mark.
    pub(super) fn open(&mut self, colons: usize, name: &str, attributes: &AttributeList) -> String {
        if DRAWINGS.contains(&name) {
            self.stack.push((colons, "```"));
            return format!("```{name}");
        }
        let element = if name == "notes" { "aside" } else { "div" };
        self.stack.push((colons, element));
        format!("<{element}{}>", attributes.written())
    }

    /// Whether the innermost container holds a drawing's source.
    pub(super) fn is_drawing(&self) -> bool {
        matches!(self.stack.last(), Some((_, "```")))
    }

    /// Closes the innermost container and returns the lines that do so; a longer mark closes the outer one that was opened with as many colons.
    pub(super) fn close(&mut self, colons: usize) -> String {
        let shorter = self.stack.iter().rev().take_while(|(inner, _)| *inner < colons).count();
        let outer = self.stack.len() - shorter;
        let has_its_like = outer.checked_sub(1).is_some_and(|at| self.stack[at].0 == colons);
        let keep = if has_its_like { outer - 1 } else { self.stack.len().saturating_sub(1) };
        self.end(keep)
    }

    /// Closes all that are open.
    pub(super) fn close_all(&mut self) -> String {
        self.end(0)
    }

    fn end(&mut self, keep: usize) -> String {
        let ended = self.stack.drain(keep..).rev();
        let lines = ended.map(|(_, name)| if name == "```" { name.to_owned() } else { format!("</{name}>") });
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("::: left", r#" class="left""#, "")]
    #[case(":::left", r#" class="left""#, "")]
    #[case("::: .container", r#" class="container""#, "")]
    #[case("::: {.columns}", r#" class="columns""#, "")]
    #[case("::::: columns :::::", r#" class="columns""#, "")]
    #[case("::: {.column width=\"40%\"}", r#" class="column" width="40%""#, "")]
    #[case(
        "::: block {data-animate data-src=\"heart.svg\" }",
        r#" class="block" data-animate="" data-src="heart.svg""#,
        ""
    )]
    #[case("::: left small", r#" class="left small""#, "")]
    #[case("::: warning take care", r#" class="warning""#, "take care")]
    #[case("::: beware of the Dog", r#" class="beware""#, "of the Dog")]
    fn a_line_opens_a_container(#[case] line: &str, #[case] expected: &str, #[case] said: &str) {
        let Some(ContainerMark::Open { attributes, title, .. }) = mark(line) else { panic!("{line}") };
        assert_eq!((attributes.written().as_str(), title.as_str()), (expected, said));
    }

    #[test]
    fn other_lines_are_text() {
        for line in [":: a", "::: {{ a }}", "::: a {b", "::: *a*", "::: 1"] {
            assert_eq!(mark(line), None, "{line}");
        }
        assert_eq!(mark(":::: "), Some(ContainerMark::Close(4)));
    }

    #[rstest]
    #[case(&[3, 3], &[3, 3], &["</div>", "</div>"])]
    #[case(&[4, 3], &[3, 4], &["</div>", "</div>"])]
    #[case(&[4, 3], &[4], &["</div>\n</div>"])]
    #[case(&[3, 4], &[3, 3], &["</div>", "</div>"])]
    #[case(&[3], &[5], &["</div>"])]
    #[case(&[], &[3], &[""])]
    fn marks_close_the_innermost_or_their_like(
        #[case] opened: &[usize],
        #[case] closed: &[usize],
        #[case] expected: &[&str],
    ) {
        let mut open = OpenContainers::default();
        for colons in opened {
            open.open(*colons, "a", &AttributeList::default());
        }
        let found: Vec<String> = closed.iter().map(|colons| open.close(*colons)).collect();
        assert_eq!(found, expected);
    }
}
