//! A picture that is looked at closely: which one, how closely, which part of it.

use serde::{Deserialize, Serialize};

use super::Action;
use crate::picture::Zoom;

/// The closest look.
const CLOSEST: u16 = 4;

/// A picture of the slide that is shown, by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closeup {
    /// The picture among those of the slide, from 0.
    pub picture: usize,
    /// How closely, and which part.
    #[serde(flatten)]
    pub zoom: Zoom,
}

impl Closeup {
    /// Returns what an action makes of it: another look, or none where the slide comes back. Nothing where the action
    /// means what it means on a slide. `pictures` is how many pictures the slide shows, `reach` how many steps the
    /// picture can be moved to either side, and up or down.
    pub fn apply(self, action: Action, pictures: usize, reach: (i16, i16)) -> Option<Option<Self>> {
        match action {
            Action::Zoom => {
                let level = if self.zoom.level >= CLOSEST { 1 } else { self.zoom.level * 2 };
                Some(Some(Self { zoom: Zoom { level, ..Zoom::default() }, ..self }))
            }
            Action::NextPicture => {
                let picture = (self.picture + 1) % pictures.max(1);
                Some(Some(Self { picture, zoom: Zoom::default() }))
            }
            // A picture that is seen whole cannot be moved, and an arrow is a step.
            Action::Pan(..) if self.zoom.level == 1 => Some(None),
            Action::Pan(right, down) => {
                let to =
                    |at: i16, by: i16, reach: i16| at.saturating_add(by).clamp(-reach.max(0), reach.max(0));
                let right = to(self.zoom.right, right, reach.0);
                let down = to(self.zoom.down, down, reach.1);
                Some(Some(Self { zoom: Zoom { right, down, ..self.zoom }, ..self }))
            }
            Action::Close => Some(None),
            _ if action.is_step() => Some(None),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(actions: &[Action]) -> Option<Closeup> {
        let step = |closeup: Option<Closeup>, action: &Action| closeup?.apply(*action, 2, (1, 0))?;
        actions.iter().fold(Some(Closeup::default()), step)
    }

    #[test]
    fn the_level_goes_round_and_the_view_back_to_the_middle() {
        let zoom = |actions: &[Action]| after(actions).map(|closeup| closeup.zoom);
        assert_eq!(zoom(&[Action::Zoom]), Some(Zoom { level: 2, right: 0, down: 0 }));
        let moved = [Action::Zoom, Action::Pan(1, 0), Action::Pan(1, 0), Action::Pan(0, 1)];
        assert_eq!(zoom(&moved), Some(Zoom { level: 2, right: 1, down: 0 }));
        assert_eq!(
            zoom(&[Action::Zoom, Action::Pan(-1, 0), Action::Zoom]),
            Some(Zoom { level: 4, right: 0, down: 0 })
        );
        assert_eq!(zoom(&[Action::Zoom; 3]), Some(Zoom::default()));
    }

    #[test]
    fn tab_goes_round_the_pictures() {
        assert_eq!(
            after(&[Action::Zoom, Action::NextPicture]),
            Some(Closeup { picture: 1, ..Closeup::default() })
        );
        assert_eq!(after(&[Action::NextPicture; 2]), Some(Closeup::default()));
    }

    #[test]
    fn a_step_brings_the_slide_back() {
        for action in [Action::Next, Action::Previous, Action::Close, Action::Pan(1, 0)] {
            assert_eq!(after(&[action]), None, "{action:?}");
        }
    }
}
