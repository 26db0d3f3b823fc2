//! What is over the slide: an overlay in the middle, or an offer before the start at the bottom.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::state::App;
use crate::app::{help, overlays, planning};
use crate::paint::Panel;
use crate::present::{Offer, Overlay};
use crate::rehearsal::Now;
use crate::report::Report;
use crate::text::{cells, shown_time, wrap};
use crate::theme::Role;

/// Returns what is over the slide, and in which room: the open overlay, else an offer, where there is one.
pub(super) fn panel<'a>(
    app: &'a App,
    offer: Option<Vec<Line<'static>>>,
    room: Rect,
) -> Option<(Panel<'a>, Rect)> {
    let theme = app.slides.theme();
    if let Some(overlay) = &app.presenter.overlay {
        let mut panel = overlays::panel(overlay, app, room.width);
        if let (Overlay::End { .. }, Some(run)) = (overlay, app.presenter.clock.run()) {
            let style = theme.style(Role::Overlay);
            let sentence = Report::new(&[run], 0).sentence;
            let lines = wrap(&sentence, help::room(room.width)).into_iter();
            panel.foot = lines.map(|line| Line::styled(sentence[line].to_owned(), style)).collect();
        }
        return Some((panel, room));
    }
    let lines = offer?;
    let height = cells(lines.len()).saturating_add(2).min(room.height);
    let place = Rect { y: room.bottom() - height, height, ..room };
    let title = "before you begin";
    Some((Panel { title, lines, selected: None, scroll: 0, foot: Vec::new(), theme }, place))
}

/// Returns what is offered before the start, in lines of `room` columns.
pub(super) fn offer(app: &App, room: usize, now: Now) -> Option<Vec<Line<'static>>> {
    let (said, keys) = match app.presenter.offers.first()? {
        Offer::GoOn => {
            let last = planning::last_run(app.timer.last()?, now.wall);
            (vec![last], "Enter goes on with it · a step or Esc begins anew".to_owned())
        }
        Offer::Length(time) => {
            let keys = format!("Enter takes {} for the talk · a step or Esc ignores it", shown_time(*time));
            (vec![format!("the first slide says `{}`", app.timer.words())], keys)
        }
        Offer::Notice => (planning::notices(app), "Enter or a step goes on all the same".to_owned()),
    };
    let theme = app.slides.theme();
    let lines = |words: &str, role: Role| -> Vec<Line<'static>> {
        let style = theme.style(role);
        wrap(words, room).into_iter().map(|line| Line::styled(words[line].to_owned(), style)).collect()
    };
    let said = said.iter().flat_map(|words| lines(words, Role::Overlay));
    Some(said.chain(lines(&keys, Role::OverlayDim)).collect())
}
