//! Blocks as the elements that browsers have for them.

use std::fmt::Write;

use super::HtmlPage;
use super::colors;
use super::escaped;
use crate::deck::{
    Align, Block, BoxStyle, Code, Definition, Grid, Inline, Kind, Length, List, ListItem, Marker, Sides,
    Table, TableCell,
};
use crate::highlight::Token;
use crate::layout::{only_pictures, shares};

/// How wide a slide is, in its author's pixels.
const SLIDE_WIDTH: f32 = 960.0;
/// A browser gives a cell no more columns than this.
const WIDEST_SPAN: usize = 1000;

impl HtmlPage<'_> {
    /// Writes blocks below each other.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let Some(style) = &block.style else { return self.bare(block) };
        let around = self.ground;
        let class = if style.fit { "box fit" } else { "box" };
        let style_of = box_style(style);
        if style.background.is_some() {
            self.ground = style.background;
        }
        let _ = writeln!(self.out, "<div class=\"{class}\" style=\"{}\">", style_of.trim_end_matches(';'));
        self.bare(block);
        self.out.push_str("</div>\n");
        self.ground = around;
    }

    fn bare(&mut self, block: &Block) {
        let align = align(block.align);
        match &block.kind {
            Kind::Paragraph(inlines) => self.element("p", &class(align), inlines),
            Kind::Heading { level, inlines } => self.heading(*level, align, inlines),
            Kind::List(list) => self.list(list),
            Kind::Code(code) => self.code(code),
            Kind::Quote(inside) => self.around("<blockquote>", inside, "</blockquote>"),
            Kind::Table(table) => self.table(table),
            Kind::Grid(grid) => self.grid(grid),
            Kind::Pictures(pictures) => {
                let class = if align.is_empty() { String::new() } else { format!(" {align}") };
                self.pictures(pictures, &class);
            }
            Kind::Rule => self.out.push_str("<hr>\n"),
            Kind::Definitions(definitions) => self.definitions(definitions),
            Kind::Group(inside) | Kind::Stack(inside) => {
                self.around(&format!("<div{}>", class(align)), inside, "</div>");
            }
            Kind::Placeholder { what, url } => self.placeholder(what, url),
        }
    }

    fn element(&mut self, name: &str, attributes: &str, inlines: &[Inline]) {
        let _ = write!(self.out, "<{name}{attributes}>");
        self.inlines(inlines);
        let _ = writeln!(self.out, "</{name}>");
    }

    fn around(&mut self, opening: &str, inside: &[Block], closing: &str) {
        let _ = writeln!(self.out, "{opening}");
        self.blocks(inside);
        let _ = writeln!(self.out, "{closing}");
    }

    /// Writes a heading: its looks are those of its level, its rank follows from the headings before it, so that none is
    /// left out between two.
    fn heading(&mut self, level: u8, align: &str, inlines: &[Inline]) {
        self.levels.truncate(self.levels.partition_point(|&above| above < level));
        self.levels.push(level);
        let rank = (1 + self.levels.len()).min(6);
        let joint = if align.is_empty() { "" } else { " " };
        self.element(&format!("h{rank}"), &format!(" class=\"level-{level}{joint}{align}\""), inlines);
    }

    fn list(&mut self, list: &List) {
        let is_numbered = list.start.is_some() && list.marker != Marker::None;
        let (name, attributes) = if is_numbered { ("ol", numbering(list)) } else { ("ul", String::new()) };
        let class = if list.marker == Marker::None { " class=\"bare\"" } else { "" };
        let _ = writeln!(self.out, "<{name}{class}{attributes}>");
        for item in &list.items {
            self.out.push_str(if item.task.is_some() { "<li class=\"task\">" } else { "<li>" });
            self.item(item, list.loose);
            self.out.push_str("</li>\n");
        }
        let _ = writeln!(self.out, "</{name}>");
    }

    fn item(&mut self, item: &ListItem, loose: bool) {
        let (first, rest) = match item.blocks.split_first() {
            Some((Block { kind: Kind::Paragraph(inlines), align: None, style: None, .. }, rest))
                if !loose || item.task.is_some() =>
            {
                (Some(inlines), rest)
            }
            _ => (None, item.blocks.as_slice()),
        };
        if let Some(done) = item.task {
            let checked = if done { " checked" } else { "" };
            let name = if first.is_some() {
                ""
            } else if done {
                " aria-label=\"✓\""
            } else {
                " aria-label=\"☐\""
            };
            let _ = write!(self.out, "<label><input type=\"checkbox\" disabled{checked}{name}> ");
        }
        if let Some(inlines) = first {
            self.inlines(inlines);
        }
        self.out.push_str(if item.task.is_some() { "</label>" } else { "" });
        self.blocks(rest);
    }

    fn code(&mut self, code: &Code) {
        let drawn = code.is_source_of();
        let first = code.lines.as_ref().map(|lines| lines.first);
        if let Some(what) = drawn {
            let _ = writeln!(self.out, "<figure>\n<figcaption>{what}</figcaption>");
        }
        match first {
            Some(first) => {
                let _ =
                    write!(self.out, "<pre class=\"numbered\" style=\"counter-reset:line {first}\"><code>");
            }
            None => self.out.push_str("<pre><code>"),
        }
        let highlighted = self.order.shelf.code(code);
        for (nth, line) in code.text.split('\n').enumerate() {
            self.out.push_str(if nth > 0 { "\n" } else { "" });
            self.out.push_str(if first.is_some() { "<span class=\"line\">" } else { "" });
            let tokens = highlighted.as_ref().and_then(|lines| lines.get(nth));
            self.line(line, tokens.map_or(&[], Vec::as_slice));
            self.out.push_str(if first.is_some() { "</span>" } else { "" });
        }
        self.out.push_str("</code></pre>\n");
        self.out.push_str(if drawn.is_some() { "</figure>\n" } else { "" });
    }

    fn line(&mut self, line: &str, tokens: &[Token]) {
        let mut end = 0;
        for token in tokens {
            let Some(piece) = line.get(token.range.clone()) else { continue };
            end = token.range.end;
            let _ = match colors::class(token.role) {
                Some(class) => write!(self.out, "<span class=\"{class}\">{}</span>", escaped(piece)),
                None => write!(self.out, "{}", escaped(piece)),
            };
        }
        self.out.push_str(&escaped(line.get(end..).unwrap_or_default()));
    }

    fn table(&mut self, table: &Table) {
        let rows = std::iter::once(&table.head).chain(&table.rows);
        let columns = rows.map(|row| row.iter().map(span).sum()).max().unwrap_or(0);
        self.out.push_str("<table>\n");
        if !table.caption.is_empty() {
            self.element("caption", "", &table.caption);
        }
        if table.head.iter().any(|cell| !cell.inlines.is_empty()) {
            self.out.push_str("<thead>\n");
            self.row(&table.head, columns, "th");
            self.out.push_str("</thead>\n");
        }
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in &table.rows {
                self.row(row, columns, "td");
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
    }

    /// Writes a row; columns that it lacks are one empty cell.
    fn row(&mut self, row: &[TableCell], columns: usize, name: &str) {
        self.out.push_str("<tr>");
        for cell in row {
            let is_head = name == "th" && !cell.inlines.is_empty();
            let scope = if is_head { " scope=\"col\"" } else { "" };
            let span = if span(cell) > 1 { format!(" colspan=\"{}\"", span(cell)) } else { String::new() };
            let name = if is_head { "th" } else { "td" };
            let _ = write!(self.out, "<{name}{scope}{span}{}>", class(align(cell.align)));
            self.inlines(&cell.inlines);
            let _ = write!(self.out, "</{name}>");
        }
        let missing = columns - row.iter().map(span).sum::<usize>();
        self.out.push_str(&"<td></td>".repeat(missing));
        self.out.push_str("</tr>\n");
    }

    fn grid(&mut self, grid: &Grid) {
        if let Some(rows) = data(grid) {
            self.out.push_str("<table>\n<tbody>\n");
            for row in &rows {
                self.row(row, row.len(), "td");
            }
            return self.out.push_str("</tbody>\n</table>\n");
        }
        for row in &grid.rows {
            let middle = grid.middle || row.iter().any(|cell| only_pictures(&cell.blocks));
            let is_packed = grid.packed && row.iter().all(|cell| cell.width.is_none());
            let class = match (is_packed, middle) {
                (true, _) => "row packed",
                (false, true) => "row middle",
                (false, false) => "row",
            };
            let shares = shares(row, SLIDE_WIDTH);
            let columns: Vec<String> =
                shares.iter().map(|share| format!("minmax(0,{:.2}fr)", share * 100.0)).collect();
            let _ = writeln!(self.out, "<div class=\"{class}\" style=\"--columns:{}\">", columns.join(" "));
            for cell in row {
                self.around("<div>", &cell.blocks, "</div>");
            }
            self.out.push_str("</div>\n");
        }
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        self.out.push_str("<dl>\n");
        for one in definitions {
            for term in &one.terms {
                self.element("dt", "", term);
            }
            // A list of definitions has both, even where an author has not.
            self.out.push_str(if one.terms.is_empty() { "<dt></dt>\n" } else { "" });
            for details in &one.details {
                self.around("<dd>", details, "</dd>");
            }
            self.out.push_str(if one.details.is_empty() { "<dd></dd>\n" } else { "" });
        }
        self.out.push_str("</dl>\n");
    }

    fn placeholder(&mut self, what: &str, url: &str) {
        let (name, words) = (escaped(what), escaped(url));
        let link = self.link(url);
        let _ = match &link {
            Some(link) => writeln!(self.out, "<p class=\"frame\">{name}<br>{link}{words}</a></p>"),
            None => writeln!(self.out, "<p class=\"frame\">{name}<br>{words}</p>"),
        };
    }
}

/// Returns the rows of a grid that is data without a header: short words in cells below each other.
fn data(grid: &Grid) -> Option<Vec<Vec<TableCell>>> {
    let columns = grid.rows.first()?.len();
    if !grid.tabular || grid.rows.len() < 2 || grid.rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let cell = |blocks: &[Block]| match blocks {
        [] => Some(TableCell { inlines: Vec::new(), align: None, span: 1 }),
        [Block { kind: Kind::Paragraph(inlines), style: None, align, .. }] => {
            Some(TableCell { inlines: inlines.clone(), align: *align, span: 1 })
        }
        _ => None,
    };
    grid.rows.iter().map(|row| row.iter().map(|one| cell(&one.blocks)).collect()).collect()
}

fn span(cell: &TableCell) -> usize {
    cell.span.clamp(1, WIDEST_SPAN)
}

fn numbering(list: &List) -> String {
    let start = list.start.filter(|&start| start != 1).map(|start| start.min(i32::MAX as u64));
    let start = start.map(|start| format!(" start=\"{start}\"")).unwrap_or_default();
    let kind = match list.marker {
        Marker::Letters(true) => " type=\"A\"",
        Marker::Letters(false) => " type=\"a\"",
        Marker::Roman(true) => " type=\"I\"",
        Marker::Roman(false) => " type=\"i\"",
        Marker::Usual | Marker::None => "",
    };
    start + kind
}

fn align(align: Option<Align>) -> &'static str {
    match align {
        Some(Align::Left) => "left",
        Some(Align::Center) => "center",
        Some(Align::Right) => "right",
        None => "",
    }
}

fn class(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" class=\"{name}\"") }
}

fn box_style(style: &BoxStyle) -> String {
    let mut out = sides("margin", &style.margin) + &sides("padding", &style.padding);
    let lengths = [("width", style.width), ("max-width", style.max_width), ("min-height", style.height)];
    for (name, given) in lengths {
        if let Some(given) = given {
            let _ = write!(out, "{name}:{};", length(given));
        }
    }
    if let Some(ground) = style.background {
        let _ = write!(out, "{}background:var(--ground);color:var(--text);", colors::on(ground));
    }
    if let Some(frame) = style.frame {
        let color = frame.color.map_or_else(|| "var(--rule)".to_owned(), colors::css);
        let _ = write!(out, "border:1px solid {color};");
    }
    out
}

/// Returns the lengths at the four sides as declarations.
pub(super) fn sides(what: &str, sides: &Sides) -> String {
    let all = [("top", sides.top), ("right", sides.right), ("bottom", sides.bottom), ("left", sides.left)];
    let given = all.into_iter().filter_map(|(side, given)| Some((side, given?)));
    given.fold(String::new(), |out, (side, given)| out + &format!("{what}-{side}:{};", length(given)))
}

/// Returns a length as CSS has it: an author's pixel is as large as the slide.
pub(super) fn length(length: Length) -> String {
    match length {
        Length::Pixels(pixels) => format!("calc({pixels}*var(--pixel))"),
        Length::Percent(percent) => format!("{percent}%"),
    }
}
