//! A report as a page that needs nothing else: no script, no network, light or dark as its reader likes it.

use std::fmt::Write;

use super::chart::Bar;
use super::document::{Document, ReportTable, TableRow};
use crate::text::html_escaped as escaped;

/// How the page looks.
const STYLE: &str = include_str!("../../static/report.css");
/// The classes of what is within the plan, over it and left of it.
const PARTS: [&str; 3] = ["within", "over", "left"];

/// Returns the document as a page.
pub(super) fn write(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    if !document.sentence.is_empty() {
        let _ = writeln!(out, "<p class=\"sentence\">{}</p>", escaped(&document.sentence));
    }
    document.tables.iter().for_each(|table| self::table(table, &mut out));
    if !document.remarks.is_empty() {
        let items = document.remarks.iter().map(|remark| format!("<li>{}</li>\n", escaped(remark)));
        let _ = writeln!(out, "<ul>\n{}</ul>", items.collect::<String>());
    }
    out + "</main>\n</body>\n</html>\n"
}

fn table(table: &ReportTable, out: &mut String) {
    let bars = table.rows.iter().filter_map(|row| row.bar);
    let longest = bars.map(Bar::length).fold(0.0, f64::max);
    let _ = write!(out, "<table>\n<caption>{}</caption>\n<thead>\n<tr>", table.caption);
    for column in &table.columns {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(column.is_words), escaped(&column.head));
    }
    // The bars say in shapes what the numbers beside them say in digits.
    out.push_str(if longest > 0.0 { "<td aria-hidden=\"true\"></td>" } else { "" });
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    table.rows.iter().for_each(|row| self::row(row, table, longest, out));
    out.push_str("</tbody>\n</table>\n");
}

fn row(row: &TableRow, table: &ReportTable, longest: f64, out: &mut String) {
    out.push_str(if row.is_total { "<tr class=\"total\">" } else { "<tr>" });
    let head = table.columns.iter().position(|column| column.is_words);
    for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
        let (cell, class) = (escaped(cell), class(column.is_words));
        let _ = match head {
            Some(head) if head == index => write!(out, "<th scope=\"row\"{class}>{cell}</th>"),
            _ => write!(out, "<td{class}>{cell}</td>"),
        };
    }
    if longest > 0.0 {
        out.push_str("<td class=\"bar\" aria-hidden=\"true\">");
        for (seconds, part) in row.bar.map(Bar::parts).unwrap_or_default().into_iter().zip(PARTS) {
            if seconds > 0.0 {
                let _ =
                    write!(out, "<i class=\"{part}\" style=\"width:{:.2}%\"></i>", seconds / longest * 100.0);
            }
        }
        out.push_str("</td>");
    }
    out.push_str("</tr>\n");
}

fn class(is_words: bool) -> &'static str {
    if is_words { " class=\"words\"" } else { "" }
}
