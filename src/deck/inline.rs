//! Text with its marks. Marks are flat: a run of letters carries all that applies to it, however deeply the
//! author nested it.

use std::sync::Arc;

use bitflags::bitflags;

use super::fragment::Fragment;
use crate::color::Rgb;
use crate::source::SourceRange;

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Letters that share their marks.
    Text(String, Marks),
    /// The line ends here.
    Break,
}

bitflags! {
    /// The marks that are there or not.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct Flags: u16 {
        /// `*so*`
        const EMPHASIS = 1;
        /// `**so**`
        const STRONG = 1 << 1;
        /// `~~so~~`
        const STRIKE = 1 << 2;
        /// `<u>`, `<ins>`
        const UNDERLINE = 1 << 3;
        /// `<mark>`
        const HIGHLIGHT = 1 << 4;
        /// `<small>`
        const SMALL = 1 << 5;
        /// `<big>`
        const BIG = 1 << 6;
        /// `<kbd>`
        const KEY = 1 << 7;
        /// `` `so` ``
        const CODE = 1 << 8;
    }
}

/// All that applies to a run of letters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// The marks that are there or not.
    pub flags: Flags,
    /// Where a link leads.
    pub link: Option<Arc<str>>,
    /// Where that is written; unknown where the author wrote no link, but an address.
    pub link_range: SourceRange,
    /// The author's colour.
    pub color: Option<Rgb>,
    /// Where the colour is written.
    pub color_range: SourceRange,
    /// The author's colour behind the letters.
    pub background: Option<Rgb>,
    /// What changes of them.
    pub fragments: Vec<Fragment>,
}
