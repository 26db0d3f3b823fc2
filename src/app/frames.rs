//! The frame that the next step will most likely show, planned while nothing else is to be done.

use std::io::Write;

use crate::present::Position;
use crate::terminal::{Screen, ScreenFrame};

/// What a frame shows: a slide with nothing over it, as it looks at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ViewKey {
    /// The slide, its step and its scroll.
    pub(super) position: Position,
    /// That of the slides and of their prints.
    pub(super) generation: u64,
}

/// At most one frame, for one key.
#[derive(Default)]
pub(super) struct FrameCache(Option<(ViewKey, ScreenFrame)>);

impl FrameCache {
    /// Returns whether the frame of a key is here and can be sent as it is.
    pub(super) fn has<W: Write>(&self, key: ViewKey, screen: &Screen<W>) -> bool {
        self.0.as_ref().is_some_and(|(known, frame)| *known == key && frame.fits(screen))
    }

    /// Keeps a frame in place of the last one.
    pub(super) fn put(&mut self, key: ViewKey, frame: ScreenFrame) {
        self.0 = Some((key, frame));
    }

    /// Returns the frame of a key, where it is here and can be sent as it is; once.
    pub(super) fn take<W: Write>(&mut self, key: ViewKey, screen: &Screen<W>) -> Option<ScreenFrame> {
        let has = self.has(key, screen);
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
        let key = ViewKey { position: Position::at(1), generation: 4 };
        let mut frames = FrameCache::default();
        for other in [ViewKey { position: Position::at(2), ..key }, ViewKey { generation: 5, ..key }] {
            frames.put(key, screen.plan(screen.canvas(), Vec::new()));
            assert!(frames.take(other, &screen).is_none());
            assert!(!frames.has(key, &screen));
        }
        frames.put(key, screen.plan(screen.canvas(), Vec::new()));
        screen.forget();
        assert!(!frames.has(key, &screen));
        frames.put(key, screen.plan(screen.canvas(), Vec::new()));
        assert!(frames.take(key, &screen).is_some());
        assert!(frames.take(key, &screen).is_none());
    }
}
