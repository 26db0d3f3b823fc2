//! The colours of the themes that come with Lutrin, and which role has which.

use ratatui::style::{Color, Modifier, Style};

use super::role::Role;
use crate::color::Rgb;

/// The few colours that a theme is made of.
pub(super) struct Palette {
    /// The whole stage.
    pub background: Rgb,
    /// Letters.
    pub text: Rgb,
    /// Letters with more weight.
    strong: Rgb,
    /// Letters with less weight, and rules.
    muted: Rgb,
    /// Headings, and whatever leads the eye.
    accent: Rgb,
    /// Links, and the marks before and beside text.
    second: Rgb,
    /// What is done or added.
    good: Rgb,
    /// What is wrong or taken away.
    bad: Rgb,
    /// The line that is still to go.
    faint: Rgb,
    /// The highlighter pen, and letters on it.
    pen: (Rgb, Rgb),
    /// Behind the name of a key.
    key: Rgb,
    /// Behind code.
    pub code: Rgb,
    /// Comments and what holds code together.
    quiet: Rgb,
    /// Words that the language reserves.
    keyword: Rgb,
    /// Strings.
    string: Rgb,
    /// Numbers and constants.
    value: Rgb,
    /// Types, and code within text.
    kind: Rgb,
    /// Behind a panel.
    panel: Rgb,
}

/// Soft white on a blue that is nearly black.
pub(super) const DARK: Palette = Palette {
    background: Rgb::hex(0x11_15_1f),
    text: Rgb::hex(0xe4_e7_ee),
    strong: Rgb::hex(0xff_ff_ff),
    muted: Rgb::hex(0x93_9f_b5),
    accent: Rgb::hex(0x7c_c0_ff),
    second: Rgb::hex(0xff_b8_6b),
    good: Rgb::hex(0x8f_dc_8f),
    bad: Rgb::hex(0xff_8f_85),
    faint: Rgb::hex(0x39_43_59),
    pen: (Rgb::hex(0xff_d9_66), Rgb::hex(0x1b_1b_1b)),
    key: Rgb::hex(0x2d_37_4d),
    code: Rgb::hex(0x1b_21_2f),
    quiet: Rgb::hex(0x98_a4_ba),
    keyword: Rgb::hex(0xc9_a8_ff),
    string: Rgb::hex(0xa8_dc_8c),
    value: Rgb::hex(0xff_b8_6b),
    kind: Rgb::hex(0x7e_d9_d0),
    panel: Rgb::hex(0x23_2b_3d),
};

/// Letters that are nearly black, on warm paper.
pub(super) const LIGHT: Palette = Palette {
    background: Rgb::hex(0xfb_fa_f7),
    text: Rgb::hex(0x1d_20_28),
    strong: Rgb::hex(0x00_00_00),
    muted: Rgb::hex(0x5c_63_70),
    accent: Rgb::hex(0x0b_54_a5),
    second: Rgb::hex(0x93_3a_00),
    good: Rgb::hex(0x1f_6b_2b),
    bad: Rgb::hex(0xb3_1f_1f),
    faint: Rgb::hex(0xc6_c6_c2),
    pen: (Rgb::hex(0xff_e0_7a), Rgb::hex(0x1b_1b_1b)),
    key: Rgb::hex(0xe2_df_d6),
    code: Rgb::hex(0xf1_ef_e9),
    quiet: Rgb::hex(0x5a_61_6d),
    keyword: Rgb::hex(0x70_1c_a8),
    string: Rgb::hex(0x2a_69_1e),
    value: Rgb::hex(0x93_3a_00),
    kind: Rgb::hex(0x06_64_6c),
    panel: Rgb::hex(0xe8_e6_df),
};

impl Palette {
    /// Returns how a role looks in these colours.
    pub(super) fn style(&self, role: Role) -> Style {
        let style = Style::new().fg(self.letters(role).into()).add_modifier(weight(role));
        match self.ground(role) {
            Some(ground) => style.bg(ground.into()),
            None => style,
        }
    }

    fn letters(&self, role: Role) -> Rgb {
        use Role as R;
        match role {
            R::Text
            | R::Emphasis
            | R::Underline
            | R::Quote
            | R::TableText
            | R::FrameText
            | R::Code
            | R::Variable
            | R::Overlay => self.text,
            R::Strong | R::Heading3 | R::Key | R::ChromeNumber => self.strong,
            R::Strike
            | R::Small
            | R::Caption
            | R::Chrome
            | R::OverlayDim
            | R::HeadingRule
            | R::TableRule
            | R::Rule
            | R::Frame => self.muted,
            R::Title
            | R::Heading1
            | R::Heading2
            | R::TableHeader
            | R::ProgressDone
            | R::PaceAhead
            | R::OverlayTitle
            | R::Function
            | R::Attribute => self.accent,
            R::Link
            | R::QuoteBar
            | R::ListMarker
            | R::CodeMark
            | R::ScrollMark
            | R::PageMark
            | R::OverlayKey => self.second,
            R::TaskDone | R::Inserted | R::PaceOnTime => self.good,
            R::FrameReason | R::Warning | R::Deleted | R::PaceBehind => self.bad,
            R::ProgressLeft => self.faint,
            R::Highlight => self.pen.1,
            R::OverlaySelected => self.background,
            R::Comment | R::Operator | R::Punctuation | R::StandIn => self.quiet,
            R::Keyword => self.keyword,
            R::Str => self.string,
            R::Number | R::Constant => self.value,
            R::Type | R::InlineCode => self.kind,
        }
    }

    fn ground(&self, role: Role) -> Option<Rgb> {
        match role {
            Role::Highlight => Some(self.pen.0),
            Role::Key => Some(self.key),
            Role::OverlaySelected => Some(self.accent),
            _ if role.is_code() => Some(self.code),
            _ if role.is_overlay() => Some(self.panel),
            _ => None,
        }
    }
}

/// Returns what a role is beside its colours, in every theme.
fn weight(role: Role) -> Modifier {
    use Role as R;
    match role {
        R::Heading1
        | R::Heading2
        | R::Heading3
        | R::Strong
        | R::TableHeader
        | R::ChromeNumber
        | R::OverlayTitle
        | R::OverlayKey
        | R::OverlaySelected
        | R::PaceBehind
        | R::Warning => Modifier::BOLD,
        R::Emphasis | R::Quote | R::Caption | R::Comment => Modifier::ITALIC,
        R::Strike => Modifier::CROSSED_OUT,
        R::Underline | R::Link => Modifier::UNDERLINED,
        _ => Modifier::empty(),
    }
}

/// Returns how a role looks in the terminal's own colours. Of those only magenta and red are neither too dark
/// on black nor too light on white, red barely; so there are few of them, and weight does the rest.
pub(super) fn terminal(role: Role) -> Style {
    use Role as R;
    let (color, more) = match role {
        R::Title
        | R::Heading1
        | R::Heading2
        | R::TableHeader
        | R::ProgressDone
        | R::QuoteBar
        | R::ListMarker
        | R::CodeMark
        | R::ScrollMark
        | R::PageMark
        | R::Function
        | R::Attribute
        | R::Type
        | R::InlineCode
        | R::OverlayTitle => (Color::Magenta, Modifier::empty()),
        R::Deleted | R::FrameReason | R::Warning | R::PaceBehind => (Color::Red, Modifier::BOLD),
        R::Highlight | R::Key | R::OverlaySelected => (Color::Reset, Modifier::REVERSED),
        R::Keyword | R::Inserted => (Color::Reset, Modifier::BOLD),
        _ => (Color::Reset, Modifier::empty()),
    };
    let style = Style::new().fg(color).add_modifier(weight(role) | more);
    if role.is_overlay() { style.bg(Color::Reset) } else { style }
}
