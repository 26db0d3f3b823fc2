//! What overlays say: the outline, the diagnostics, the prompt. How a panel looks is not decided here.

use ratatui::text::{Line, Span};

use super::help::{help, room};
use super::slides::SlideCache;
use super::state::App;
use crate::paint::Panel;
use crate::parse;
use crate::present::{END, Overlay, jump_target};
use crate::text::{truncate, width, wrap};
use crate::theme::{Role, Theme};

/// Returns the panel of an overlay over a slide on a stage of so many columns.
pub(super) fn panel<'a>(overlay: &Overlay, app: &'a App, columns: u16) -> Panel<'a> {
    let (slides, theme) = (&app.slides, app.slides.theme());
    let slide = app.presenter.position.slide;
    let room = room(columns);
    let mut foot = Vec::new();
    let (title, lines, selected, scroll) = match overlay {
        Overlay::Help { scroll } => ("keys", help(theme, room, &app.mode), None, *scroll),
        Overlay::Outline { selected } => ("slides", outline(slides, room), Some(*selected), 0),
        Overlay::Links { selected } => ("links", links(slides, slide, room), Some(*selected), 0),
        Overlay::Diagnostics { selected } => {
            foot = whole_diagnostic(app, *selected, room);
            ("not shown as written", diagnostics(app, room), Some(*selected), 0)
        }
        Overlay::StartOver => ("start over?", start_over(theme, room), None, 0),
        Overlay::End { selected } => ("the end", end(theme), Some(*selected), 0),
        Overlay::Jump { typed } => ("go to", prompt(typed, app, room), None, 0),
    };
    Panel { title, lines, selected, scroll, foot, theme }
}

fn start_over(theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let words = "The clock begins anew; what was recorded is kept as a run of its own.";
    let lines =
        wrap(words, room).into_iter().map(|part| Line::styled(&words[part], theme.style(Role::Overlay)));
    lines.chain([Line::styled("Enter starts over · Esc goes on", theme.style(Role::OverlayDim))]).collect()
}

fn end(theme: &Theme) -> Vec<Line<'static>> {
    END.iter().map(|choice| Line::styled(*choice, theme.style(Role::Overlay))).collect()
}

/// Returns all that the chosen diagnostic says, where it has more words than its line.
fn whole_diagnostic(app: &App, chosen: usize, room: usize) -> Vec<Line<'static>> {
    let Some(diagnostic) = app.log.all(app.slides.deck()).get(chosen).map(ToString::to_string) else {
        return Vec::new();
    };
    if width(&diagnostic.replace("\n  hint:", " —")) <= room {
        return Vec::new();
    }
    let style = app.slides.theme().style(Role::Overlay);
    let lines = diagnostic.lines().flat_map(|line| {
        let line = line.trim();
        wrap(line, room).into_iter().map(|part| line[part].to_owned()).collect::<Vec<_>>()
    });
    lines.map(|line| Line::styled(line, style)).collect()
}

fn outline(slides: &SlideCache, room: usize) -> Vec<Line<'static>> {
    let count = slides.count();
    let digits = count.to_string().len();
    (0..count).map(|index| numbered(index, slides, (digits, room))).collect()
}

fn numbered(index: usize, slides: &SlideCache, (digits, room): (usize, usize)) -> Line<'static> {
    let theme = slides.theme();
    let title = truncate(&slides.title(index), room.saturating_sub(digits + 2)).into_owned();
    Line::from(vec![
        Span::styled(format!("{:>digits$}  ", slides.deck().number(index)), theme.style(Role::OverlayKey)),
        Span::styled(title, theme.style(Role::Overlay)),
    ])
}

/// Returns a line for each link: its words, and the slide or the address to which it leads.
fn links(slides: &SlideCache, slide: usize, room: usize) -> Vec<Line<'static>> {
    let theme = slides.theme();
    let line = |((words, url), target): ((String, String), Option<usize>)| {
        let leads =
            target.map_or(url, |index| format!("{} {}", slides.deck().number(index), slides.title(index)));
        let words = truncate(&words, room / 2).into_owned();
        let leads = truncate(&leads, room.saturating_sub(width(&words) + 3)).into_owned();
        Line::from(vec![
            Span::styled(words, theme.style(Role::Overlay)),
            Span::styled(format!(" → {leads}"), theme.style(Role::OverlayDim)),
        ])
    };
    slides
        .links(slide)
        .into_iter()
        .map(|link| {
            let target = parse::target(slides.deck(), &link.1);
            line((link, target))
        })
        .collect()
}

fn diagnostics(app: &App, room: usize) -> Vec<Line<'static>> {
    let slides = &app.slides;
    let all = app.log.all(slides.deck());
    if all.is_empty() {
        let words = if app.log.next_to_survey(slides.count()).is_none() {
            "everything is shown as written"
        } else {
            "the slides are looked at …"
        };
        return vec![Line::styled(words, slides.theme().style(Role::Overlay))];
    }
    let line =
        |text: String| Line::styled(truncate(&text, room).into_owned(), slides.theme().style(Role::Overlay));
    all.into_iter().map(|diagnostic| line(diagnostic.to_string().replace("\n  hint:", " —"))).collect()
}

fn prompt(typed: &str, app: &App, room: usize) -> Vec<Line<'static>> {
    let theme = app.slides.theme();
    let target = jump_target(typed, app.slides.deck(), |slide| app.slides.title(slide));
    let answer = match target {
        Some(index) => numbered(index, &app.slides, (1, room)),
        None if typed.is_empty() => {
            Line::styled("a number, or a part of a title", theme.style(Role::OverlayDim))
        }
        None => Line::styled("no title has this in it", theme.style(Role::OverlayDim)),
    };
    vec![
        Line::styled(
            format!("{}▏", truncate(typed, room.saturating_sub(1))),
            theme.style(Role::OverlayTitle),
        ),
        answer,
    ]
}
