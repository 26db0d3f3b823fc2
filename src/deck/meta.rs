//! What the front matter says of the whole deck. It is read in `parse/front_matter.rs`, never here.

use std::time::Duration;

/// The keys of a deck's front matter that Lutrin knows; all are optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The talk's title.
    pub title: Option<String>,
    /// Who speaks.
    pub author: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// The language, as BCP 47 names it.
    pub lang: Option<String>,
    /// The name of a theme.
    pub theme: Option<String>,
    /// Whether the body stands in the middle of the stage (reveal's default) or at its top.
    pub center: Option<bool>,
    /// How long the talk may take, as written.
    pub duration: Option<String>,
    /// The separator of slides: a JavaScript regular expression.
    pub separator: Option<String>,
    /// The separator of vertical slides: a JavaScript regular expression.
    pub vertical_separator: Option<String>,
    /// What opens a slide's notes: a JavaScript regular expression.
    pub notes_separator: Option<String>,
    /// Whether a bar shows how far the talk is.
    pub progress: Option<bool>,
    /// How the slide's number is shown, where it is not as usual.
    pub slide_number: Option<SlideNumber>,
    /// Whether the first slide follows the last.
    pub looped: Option<bool>,
    /// Whether slides follow each other from right to left.
    pub rtl: Option<bool>,
    /// After how long the next slide comes by itself; `None` where the speaker calls for it.
    pub auto_slide: Option<Duration>,
    /// How long a slide is meant to take that says nothing else.
    pub default_timing: Option<Duration>,
    /// How long all slides together are meant to take.
    pub total_time: Option<Duration>,
    /// Whether slides are shown that say that they are hidden.
    pub show_hidden: Option<bool>,
    /// Whether the items of all lists come one by one.
    pub animate_lists: Option<bool>,
}

/// How a slide's number is shown, in the forms that reveal.js has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlideNumber {
    /// Not at all: `false`.
    Hidden,
    /// Column and row, as `7.2`: `h.v`.
    Address,
    /// Column and row, as `7/2`: `h/v`.
    AddressWithSlash,
    /// The number among all slides: `c`.
    Count,
    /// The number and how many there are: `c/t`.
    CountOfTotal,
}
