//! Slides as one page for a browser: to read, to print, and to present with the arrow keys. It needs nothing else, and runs
//! nothing that a deck brings.

mod blocks;
mod colors;
mod inlines;
mod pictures;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{ExportOptions, address};
use crate::color::Rgb;
use crate::deck::{Backdrop, Block, Picture, Slide, walk};
use crate::parse::target;
use crate::source::Diagnostic;
pub(super) use crate::text::html_escaped as escaped;
use crate::theme::Theme;

/// How the page looks, but for its colours.
const STYLE: &str = include_str!("../../static/export/page.css");
/// What presents it.
const SCRIPT: &str = include_str!("../../static/export/page.js");
/// What a browser may load: nothing but what is in the page.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

/// The page as it is written.
struct HtmlPage<'a> {
    order: &'a ExportOptions<'a>,
    /// What is not handed on yet.
    out: String,
    diagnostics: Vec<Diagnostic>,
    /// The slide that is written, from 0.
    index: usize,
    /// The levels of the headings above the place that is written.
    levels: Vec<u8>,
    /// What is behind the words there, where it is not the page's own ground.
    ground: Option<Rgb>,
    /// The slides to which links within the deck lead.
    targets: HashMap<String, Option<usize>>,
    /// The names of slides that have been given.
    names: HashSet<String>,
}

/// Writes the page, a slide after the other.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    let titles: Vec<(usize, String)> =
        order.read().map(|(index, slide)| (index, slide.title().unwrap_or_default())).collect();
    let mut page = HtmlPage {
        order,
        out: String::new(),
        diagnostics: Vec::new(),
        index: 0,
        levels: Vec::new(),
        ground: None,
        targets: HashMap::new(),
        names: HashSet::new(),
    };
    page.head(&titles);
    for ((index, slide), (_, title)) in order.read().zip(&titles) {
        let told = page.diagnostics.len();
        page.index = index;
        page.slide(&slide, title);
        order.deck.place(index, &mut page.diagnostics[told..]);
        out.write_all(page.out.as_bytes())?;
        page.out.clear();
        (order.done)();
    }
    writeln!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>")?;
    Ok(page.diagnostics)
}

impl HtmlPage<'_> {
    fn head(&mut self, titles: &[(usize, String)]) {
        let meta = &self.order.deck.meta;
        let first = titles.iter().map(|(_, title)| title.as_str()).find(|title| !title.trim().is_empty());
        let title = escaped(
            meta.title.as_deref().filter(|title| !title.trim().is_empty()).or(first).unwrap_or("Slides"),
        );
        let lang = self.order.lang.map(|lang| format!(" lang=\"{}\"", escaped(lang))).unwrap_or_default();
        let dir = if meta.rtl == Some(true) { " dir=\"rtl\"" } else { "" };
        let top = if meta.center == Some(false) { " class=\"top\"" } else { "" };
        let author = meta.author.as_deref().map(escaped);
        let named = author.as_ref().map(|author| format!("<meta name=\"author\" content=\"{author}\">\n"));
        let (light, dark) = (colors::variables(&Theme::light()), colors::variables(&Theme::dark()));
        let _ = writeln!(
            self.out,
            "<!DOCTYPE html>\n<html{lang}{dir}{top}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"Lutrin\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n{}<title>{title}</title>\n<style>\n\
             :root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{STYLE}{}</style>\n\
             </head>\n<body>\n<a class=\"skip\" href=\"#slides\" lang=\"en\">Skip to the slides</a>\n\
             <header>\n<h1>{title}</h1>",
            named.unwrap_or_default(),
            colors::rules(),
        );
        let said: Vec<String> = author.into_iter().chain(meta.date.as_deref().map(escaped)).collect();
        if !said.is_empty() {
            let _ = writeln!(self.out, "<p>{}</p>", said.join(" · "));
        }
        self.outline(titles);
    }

    fn outline(&mut self, titles: &[(usize, String)]) {
        let count = titles.len();
        let plural = if count == 1 { "" } else { "s" };
        let _ = writeln!(
            self.out,
            "<button id=\"present\" type=\"button\" lang=\"en\" hidden>Present</button>\n</header>\n\
             <nav aria-label=\"Outline\">\n<details>\n<summary lang=\"en\">{count} slide{plural}</summary>\n<ol>"
        );
        for (index, title) in titles {
            let (number, id, title) = (self.order.number(*index), index + 1, escaped(title));
            let _ = writeln!(self.out, "<li><a href=\"#slide-{id}\"><span>{number}</span> {title}</a></li>");
        }
        self.out.push_str(
            "</ol>\n</details>\n</nav>\n<div id=\"controls\" role=\"group\" aria-label=\"Slides\" lang=\"en\" hidden>\n\
             <button id=\"back\" type=\"button\" aria-label=\"Previous slide\">‹</button>\n<span id=\"place\"></span>\n\
             <button id=\"next\" type=\"button\" aria-label=\"Next slide\">›</button>\n\
             <button id=\"leave\" type=\"button\" aria-label=\"Back to the page\">×</button>\n</div>\n\
             <main id=\"slides\">\n",
        );
    }

    fn slide(&mut self, slide: &Slide, title: &str) {
        self.levels.clear();
        let order = self.order;
        let (number, id) = (order.number(self.index), self.index + 1);
        let picture = slide.attributes.background.picture.as_ref().filter(|picture| picture.opacity > 0.0);
        // A picture behind nothing is what the slide shows.
        let is_alone = walk::is_blank(&slide.blocks);
        let (alone, behind) = (picture.filter(|_| is_alone), picture.filter(|_| !is_alone));
        let seen = self.open(slide, behind);
        let joint = if title.is_empty() { "" } else { ". " };
        let _ = writeln!(
            self.out,
            " id=\"slide-{id}\" tabindex=\"-1\" aria-label=\"{number}{joint}{}\">",
            escaped(title)
        );
        self.name(slide.attributes.id.as_deref());
        if let Some(behind) = behind {
            self.backdrop(behind, seen);
        }
        self.out.push_str("<div class=\"slide\">\n");
        match alone {
            Some(alone) => {
                self.pictures(&[Picture { stretch: true, ..alone.as_picture() }], "");
            }
            None => self.blocks(&slide.blocks),
        }
        let _ = writeln!(self.out, "</div>\n<p class=\"count\" aria-hidden=\"true\">{number}</p>");
        if order.notes && !walk::is_blank(&slide.notes) {
            self.notes(&slide.notes);
        }
        self.out.push_str("</section>\n");
        self.ground = None;
    }

    /// Begins the tag of a slide with its class and the colours of its ground; returns how much of the picture behind its
    /// words is seen.
    fn open(&mut self, slide: &Slide, behind: Option<&Backdrop>) -> f32 {
        let color = slide.attributes.background.color;
        let behind = behind.filter(|behind| self.order.shelf.picture(&behind.source).is_ok());
        // Words over a picture need a ground that is known.
        let ground = color.or_else(|| Theme::dark().background.filter(|_| behind.is_some()));
        let (colors, seen) = match (ground, behind) {
            (Some(ground), Some(behind)) => colors::over(ground, behind.opacity),
            (Some(ground), None) => (colors::on(ground), 0.0),
            (None, _) => (String::new(), 0.0),
        };
        self.ground = ground;
        let own = ground.map(|_| "own");
        let title = slide.title_only().map(|_| "title");
        let class: Vec<&str> = own.into_iter().chain(title).collect();
        self.out.push_str("<section");
        for (name, value) in [("class", class.join(" ").as_str()), ("style", colors.trim_end_matches(';'))] {
            if !value.is_empty() {
                let _ = write!(self.out, " {name}=\"{value}\"");
            }
        }
        seen
    }

    fn notes(&mut self, notes: &[Block]) {
        self.out.push_str("<aside class=\"notes\">\n<details>\n<summary lang=\"en\">Notes</summary>\n");
        self.blocks(notes);
        self.out.push_str("</details>\n</aside>\n");
    }

    /// Gives the slide the name that its author chose, so that links from elsewhere find it.
    fn name(&mut self, id: Option<&str>) {
        let ours = ["slides", "present", "controls", "back", "place", "next", "leave"];
        let fits = |id: &&str| {
            let is_ours = ours.contains(id) || id.starts_with("slide-");
            !is_ours
                && !id.is_empty()
                && id.chars().all(|letter| letter.is_alphanumeric() || "-_.:".contains(letter))
        };
        if let Some(id) = id.filter(fits).filter(|id| self.names.insert((*id).to_owned())) {
            let _ = writeln!(self.out, "<span id=\"{id}\"></span>");
        }
    }

    /// Returns the tag that opens a link, where its address leads to one of the slides or to elsewhere.
    fn link(&mut self, url: &str) -> Option<String> {
        if let Some(address) = address::elsewhere(url) {
            let address = escaped(&address);
            return Some(format!("<a href=\"{address}\" target=\"_blank\" rel=\"noopener\">"));
        }
        let deck = self.order.deck;
        let slide = *self.targets.entry(url.to_owned()).or_insert_with(|| target(deck, url));
        let slide = slide.filter(|slide| self.order.slides.binary_search(slide).is_ok())?;
        Some(format!("<a href=\"#slide-{}\">", slide + 1))
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
