//! What the front matter says of the whole deck. It is read in `parse/front_matter.rs`, never here.

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
}
