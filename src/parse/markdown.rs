//! A slide's Markdown as HTML, by `CommonMark` with the extensions of GitHub and pandoc that decks use.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

/// Returns the HTML of `markdown`. A code block keeps all that stands behind its opening fence, as `data-info`:
/// `CommonMark`'s own HTML would keep the first word only.
pub(super) fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => Event::Html(open_code(&kind).into()),
        Event::End(TagEnd::CodeBlock) => Event::Html("</code></pre>".into()),
        other => other,
    });
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, events);
    out
}

/// A line feed stands behind `<pre>` because HTML drops the first one, which may be the author's.
fn open_code(kind: &CodeBlockKind<'_>) -> String {
    let info = match kind {
        CodeBlockKind::Fenced(info) => info,
        CodeBlockKind::Indented => "",
    };
    let info = info.replace('&', "&amp;").replace('"', "&quot;");
    format!("<pre data-info=\"{info}\">\n<code>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_keeps_its_words() {
        assert_eq!(
            to_html("```js [1-2|\"3\"]\na < b\n```"),
            "<pre data-info=\"js [1-2|&quot;3&quot;]\">\n<code>a &lt; b\n</code></pre>"
        );
    }

    #[test]
    fn markdown_inside_a_cell_is_read_after_a_blank_line() {
        let html = to_html("<table><tr><td>\n\n- a\n\n</td></tr></table>");
        assert!(html.contains("<li>a</li>"), "{html}");
    }
}
