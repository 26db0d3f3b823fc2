//! Where a step leads: through the slides, or through the rows of the notes.

use super::action::Action;
use super::context::Context;
use super::position::Position;

/// Returns where a step leads from `position`. `context` is that of the slide there.
///
/// # Errors
///
/// Says why there is nothing where the step leads.
pub(super) fn destination(
    position: Position,
    action: Action,
    context: &Context<'_>,
) -> Result<Position, &'static str> {
    let (before, after) = (context.before(position.slide), context.after(position.slide));
    Ok(match action {
        Action::Previous => position.previous(&context.extent, before),
        Action::Down => position.down(&context.extent, after),
        Action::Up => position.up(&context.extent, before),
        Action::NextSlide => after.map_or(position, Position::at),
        Action::PreviousSlide => before.map_or(position, Position::complete),
        Action::Below => {
            position.jump(neighbour(position.slide, 1, context).ok_or("no slide is below this one")?)
        }
        Action::Above => {
            position.jump(neighbour(position.slide, -1, context).ok_or("no slide is above this one")?)
        }
        Action::First => position.jump(0),
        Action::LastOrGo | Action::Last => position.jump(context.deck.count() - 1),
        _ => position.next(&context.extent, after),
    })
}

/// Returns the first row of the notes after a step from row `first`; none where the step does not scroll them. `beyond`
/// rows are not shown at once.
pub(super) fn scrolled(first: usize, action: Action, beyond: usize) -> Option<usize> {
    let step = match action {
        Action::Down => 1,
        Action::Up => -1,
        _ => return None,
    };
    first.min(beyond).checked_add_signed(step).filter(|&to| to <= beyond)
}

/// Returns whether a step goes on in the talk.
pub(super) fn leads_on(action: Action) -> bool {
    matches!(action, Action::Next | Action::NextOrGo | Action::Down | Action::NextSlide)
}

/// Returns the slide that is `step` rows further down in the stack of slides.
fn neighbour(slide: usize, step: isize, context: &Context<'_>) -> Option<usize> {
    let (column, row) = context.deck.address(slide);
    row.checked_add_signed(step).filter(|&row| row > 0).and_then(|row| context.deck.at(column, row))
}
