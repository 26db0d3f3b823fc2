//! The frame that the next step will most likely show, planned while nothing else is to be done; how a view looks is
//! not decided here.

use std::io::Write;

use crate::present::Position;
use crate::terminal::{Screen, ScreenFrame};

/// A slide with nothing over it, as it looks at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View {
    pub(super) position: Position,
    /// That of the slides.
    pub(super) generation: u64,
}

/// At most one frame, for one view.
#[derive(Default)]
pub(super) struct Ahead(Option<(View, ScreenFrame)>);

impl Ahead {
    /// Returns whether the frame of a view is here and can be sent as it is.
    pub(super) fn has<W: Write>(&self, view: View, screen: &Screen<W>) -> bool {
        self.0.as_ref().is_some_and(|(known, frame)| *known == view && frame.fits(screen))
    }

    pub(super) fn keep(&mut self, view: View, frame: ScreenFrame) {
        self.0 = Some((view, frame));
    }

    /// Returns the frame of a view, where it is here and can be sent as it is; it is given once.
    pub(super) fn take<W: Write>(&mut self, view: View, screen: &Screen<W>) -> Option<ScreenFrame> {
        let has = self.has(view, screen);
        self.0.take().filter(|_| has).map(|(_, frame)| frame)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::terminal::Capabilities;

    #[test]
    fn only_the_frame_of_the_same_view_on_the_same_screen_is_given() {
        let mut screen = Screen::new(Vec::new(), Size::new(9, 3), Capabilities::detect(|_| None));
        let view = View { position: Position::at(1), generation: 4 };
        let mut ahead = Ahead::default();
        for other in [View { position: Position::at(2), ..view }, View { generation: 5, ..view }] {
            ahead.keep(view, screen.plan(screen.canvas(), Vec::new()));
            assert!(ahead.take(other, &screen).is_none());
            assert!(!ahead.has(view, &screen));
        }
        ahead.keep(view, screen.plan(screen.canvas(), Vec::new()));
        screen.forget();
        assert!(!ahead.has(view, &screen));
        ahead.keep(view, screen.plan(screen.canvas(), Vec::new()));
        assert!(ahead.take(view, &screen).is_some());
        assert!(ahead.take(view, &screen).is_none());
    }
}
