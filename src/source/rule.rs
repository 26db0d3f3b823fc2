//! What can be wrong with a deck, by name, and how much it matters.

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It will be seen on stage that something is missing.
    Error,
    /// It is most likely not what the author meant.
    Warning,
    /// It is good to know.
    Note,
}

impl Severity {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Defines the rules once: each one's variant, its name, its severity, and a sentence that describes it.
macro_rules! rules {
    ($($rule:ident $id:literal $severity:ident $about:literal;)*) => {
        /// A thing that may be wrong with a deck. Names and severities are an interface: they stay.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $about] $rule,)*
        }

        impl Rule {
            /// Every rule, by severity and then by name.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// Returns the name by which people and programs know it.
            pub fn id(self) -> &'static str {
                match self { $(Self::$rule => $id),* }
            }

            /// Returns how much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity),* }
            }

            /// Returns what it is about, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$rule => $about),* }
            }
        }
    };
}

rules! {
    PictureMissing "picture-missing" Error "A picture's file is not there, or may not be read.";
    PictureRemote "picture-remote" Error "A picture is on the network or in the deck's text, where it is not read.";
    PictureUnreadable "picture-unreadable" Error "A picture's file holds no picture that can be shown.";
    AltPlaceholder "alt-placeholder" Warning "The words for a picture are an editor's, and say nothing of it.";
    ElementUnseen "element-unseen" Warning "A terminal cannot show this: a video, a web page.";
    Encoding "encoding" Warning "The deck's bytes are not the UTF-8 that they should be.";
    FenceUnclosed "fence-unclosed" Warning "Code begins and does not end.";
    FrontMatter "front-matter" Warning "The front matter says something that cannot be read.";
    HtmlStray "html-stray" Warning "An end tag closes nothing.";
    HtmlUnclosed "html-unclosed" Warning "An element begins and does not end.";
    LinkDead "link-dead" Warning "A link leads to a slide that is not there.";
    NotesDropped "notes-dropped" Warning "Notes would be shown or dropped by reveal.js.";
    PlanOff "plan-off" Warning "The times of slides and of the talk do not add up.";
    SeparatorNearMiss "separator-near-miss" Warning "Something nearly parts slides.";
    SeparatorUnusable "separator-unusable" Warning "A separator that was given cannot be used.";
    ShownAsSource "shown-as-source" Warning "A formula or a diagram is shown as its source.";
    SlideEmpty "slide-empty" Warning "A slide has nothing on it.";
    SlideOverflow "slide-overflow" Warning "A slide is taller than the stage, and scrolls.";
    SlideUnread "slide-unread" Warning "A slide is too large or too deep to be read.";
    SlidesHidden "slides-hidden" Warning "Every slide is hidden.";
    TimeUnread "time-unread" Warning "A slide's time cannot be read.";
    AltMissing "alt-missing" Note "A picture has no words that say what it shows.";
    Contrast "contrast" Note "The author's colour is hard to read on a theme, so another shade is shown.";
    LanguageUnknown "language-unknown" Note "Code is in a language that is not known, and stays plain.";
    SeparatorRule "separator-rule" Note "Tells by which rule slides are parted.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_in_order_and_told_apart() {
        let known: Vec<_> = Rule::ALL.iter().map(|rule| (rule.severity(), rule.id())).collect();
        let mut sorted = known.clone();
        sorted.sort_unstable();
        sorted.dedup_by_key(|(_, id)| *id);
        assert_eq!(known, sorted);
        assert!(Rule::ALL.iter().all(|rule| rule.about().ends_with('.')));
    }
}
