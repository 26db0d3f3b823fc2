//! What an author says of a slide as a whole. It is read in `parse/attributes.rs`, never here.

use std::time::Duration;

use super::block::{Picture, PictureRanges};
use crate::color::Rgb;
use crate::source::SourceRange;

/// The attributes of a slide, after those of reveal's `<section>`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    /// The name by which links find it.
    pub id: Option<String>,
    /// The names of its classes.
    pub classes: Vec<String>,
    /// What is behind it.
    pub background: Background,
    /// The state that it brings: `data-state`.
    pub state: Option<String>,
    /// How long it shall take: `data-timing`.
    pub timing: Option<Duration>,
    /// How long the section shall take that it opens: `data-section-timing`.
    pub section_timing: Option<Duration>,
    /// After how long the talk goes on by itself; zero where it does not: `data-autoslide`.
    pub auto_slide: Option<Duration>,
    /// How it comes: `data-transition`. A terminal has no such ways.
    pub transition: Option<String>,
    /// Whether it grows out of the slide before it: `data-auto-animate`.
    pub auto_animate: bool,
}

/// What is behind a slide.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Background {
    /// Its colour.
    pub color: Option<Rgb>,
    /// Its picture.
    pub picture: Option<Backdrop>,
}

/// A picture behind a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Backdrop {
    /// Where it is, as written.
    pub source: String,
    /// Where that is written.
    pub source_range: SourceRange,
    /// Whether all of it is shown, rather than as much as fills the stage.
    pub contain: bool,
    /// How much of it is seen, from 0 to 1.
    pub opacity: f32,
}

impl Backdrop {
    /// Returns it as a picture like others, for a slide that is nothing else.
    pub fn as_picture(&self) -> Picture {
        let ranges = PictureRanges { source: self.source_range, ..PictureRanges::default() };
        Picture { source: self.source.clone(), ranges, ..Picture::default() }
    }
}
