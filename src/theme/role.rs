//! What a piece of the screen is, so that a theme may say how it looks; holds no colour.

/// Defines the roles once, and the list of all of them.
macro_rules! roles {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        /// What a piece of a slide, or of what surrounds it, is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role { $($(#[$doc])+ $name,)+ }

        impl Role {
            /// Every role, in the order of definition.
            pub const ALL: [Self; [$(Self::$name),+].len()] = [$(Self::$name),+];
        }
    };
}

roles! {
    /// Running text.
    Text,
    /// The big letters of a title slide.
    Title,
    /// A heading of the first level.
    Heading1,
    /// A heading of the second level.
    Heading2,
    /// A heading of the third level and those below.
    Heading3,
    /// The rule under a heading.
    HeadingRule,
    /// Strong text.
    Strong,
    /// Emphasised text.
    Emphasis,
    /// Text that is struck through.
    Strike,
    /// Text that is underlined.
    Underline,
    /// Text that is marked as with a highlighter pen.
    Highlight,
    /// Small print.
    Small,
    /// A key of the keyboard.
    Key,
    /// Code within a line of text.
    InlineCode,
    /// The text of a link, or its address.
    Link,
    /// The text of a quotation.
    Quote,
    /// The bar beside a quotation.
    QuoteBar,
    /// The bullet, number or empty box before an item of a list.
    ListMarker,
    /// The ticked box before a task that is done.
    TaskDone,
    /// A cell in the header of a table.
    TableHeader,
    /// The rules of a table.
    TableRule,
    /// A cell of a table.
    TableText,
    /// A rule across the slide.
    Rule,
    /// Code that is of no other kind.
    Code,
    /// The mark at which a long line of code goes on.
    CodeMark,
    /// A comment in code.
    Comment,
    /// A word that the programming language reserves.
    Keyword,
    /// A string in code.
    Str,
    /// A number in code.
    Number,
    /// A named value in code that never changes, as `true` or an escaped character.
    Constant,
    /// The name of a type in code.
    Type,
    /// The name of a function or command in code.
    Function,
    /// The name of a variable in code.
    Variable,
    /// A key, attribute, tag or option in code.
    Attribute,
    /// An operator in code.
    Operator,
    /// Brackets, commas and their kin in code.
    Punctuation,
    /// A line that a diff adds.
    Inserted,
    /// A line that a diff takes away.
    Deleted,
    /// The words under a picture or table.
    Caption,
    /// What holds the place of a picture that is not ready.
    StandIn,
    /// The frame around something that cannot be shown.
    Frame,
    /// What would stand in that frame.
    FrameText,
    /// Why it does not.
    FrameReason,
    /// The row around the slide, as the deck's title.
    Chrome,
    /// The slide's number in that row.
    ChromeNumber,
    /// The part of the progress line that lies behind.
    ProgressDone,
    /// The part of the progress line that lies ahead; it is no more than decoration.
    ProgressLeft,
    /// That there is more time than is needed.
    PaceAhead,
    /// That the talk is as planned.
    PaceOnTime,
    /// That there is less time than is needed.
    PaceBehind,
    /// The mark that a slide has more above or below.
    ScrollMark,
    /// The mark where the edge of the stage was before a scroll.
    PageMark,
    /// Text on a panel above the slide.
    Overlay,
    /// The title of a panel.
    OverlayTitle,
    /// A key of the keyboard on a panel.
    OverlayKey,
    /// The selected line of a panel.
    OverlaySelected,
    /// Text of less weight on a panel.
    OverlayDim,
    /// Something that the speaker should know of.
    Warning,
}

impl Role {
    /// Whether the role stands on the background of code.
    pub fn is_code(self) -> bool {
        (Self::Code..=Self::Deleted).contains(&self) || matches!(self, Self::InlineCode | Self::StandIn)
    }

    /// Whether the role stands on a panel above the slide.
    pub fn is_overlay(self) -> bool {
        (Self::Overlay..=Self::OverlayDim).contains(&self)
    }
}
