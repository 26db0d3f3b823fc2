//! A talk as its clients are sent it: where it is, what comes next, what its audience sees.

use crate::app::context;
use crate::app::state::App;
use crate::present::{Overlay, Position};
use crate::protocol::{StageSize, TalkPosition, TalkState};
use crate::rehearsal::Now;

/// Returns the state of a talk at `now`, which is settled in its slide.
pub(in crate::app) fn state(app: &mut App, now: Now) -> TalkState {
    let clock = app.presenter.clock.state(now);
    let (slides, presenter) = (&app.slides, &app.presenter);
    let (deck, position, stage) = (slides.deck(), presenter.position, slides.stage());
    let extent = slides.extent(position);
    let (column, row) = deck.address(position.slide);
    let number = deck.number(position.slide).to_string();
    TalkState {
        at: spot(position, extent.end()),
        next: next(app),
        slides: slides.count(),
        number: if deck.has_stacks() { format!("{column}.{row}") } else { number },
        title: slides.title(position.slide),
        steps: extent.steps,
        blank: presenter.blank,
        closeup: presenter.closeup,
        still: presenter.still,
        theme: slides.theme().name.clone(),
        has_ended: matches!(presenter.overlay, Some(Overlay::End { .. })),
        stage: StageSize {
            columns: stage.columns,
            rows: stage.rows,
            cell_width: stage.cell.width,
            cell_height: stage.cell.height,
        },
        clock,
    }
}

/// Returns what the next step shows; none at the end.
pub(super) fn next(app: &App) -> Option<TalkPosition> {
    let presenter = &app.presenter;
    let position = presenter.position;
    let end = app.slides.extent(position).end();
    if presenter.blank.is_some() || presenter.closeup.is_some() {
        return Some(spot(position, end));
    }
    let context = context::context(&app.slides, &app.log, presenter, &app.mode, &app.places());
    let next = presenter.following(&context);
    let last_row = if next.slide == position.slide { end } else { 0 };
    (next != position).then(|| spot(next, last_row))
}

fn spot(position: Position, last_row: u32) -> TalkPosition {
    TalkPosition { slide: position.slide + 1, step: position.step, row: position.scroll, last_row }
}
