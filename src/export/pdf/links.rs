//! Where links lead: to a page of the web, to somebody's mail, to another page. Anything that would run leads nowhere.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{Point, Rect};

use crate::export::{ExportOptions, address};
use crate::parse;

/// Returns the slide among those that are written to which a link leads.
pub(super) fn slide(order: &ExportOptions<'_>, url: &str) -> Option<usize> {
    parse::target(order.deck, url).filter(|slide| order.slides.contains(slide))
}

/// Returns a link over a part of a page: to the page `first` where it leads to a slide, else to its address; none where it
/// may not be followed.
pub(super) fn link(rect: Rect, url: &str, first: Option<usize>) -> Option<Annotation> {
    let target = match first {
        Some(page) => {
            Target::Destination(Destination::Xyz(XyzDestination::new(page, Point::from_xy(0.0, 0.0))))
        }
        None => Target::Action(Action::Link(LinkAction::new(address::ascii(&address::elsewhere(url)?)))),
    };
    Some(Annotation::new_link(LinkAnnotation::new(rect, target), Some(url.to_owned())))
}
