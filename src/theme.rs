//! The themes: a style for each role.

mod builtin;
mod role;

pub use role::Role;

use ratatui::style::{Color, Style};

use crate::color::{Rgb, contrast, readable};

/// The contrast that WCAG asks of whatever is read.
pub const READABLE: f32 = 4.5;

/// A style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The name by which the theme is chosen.
    pub name: String,
    /// Whether light letters stand on a dark ground.
    pub dark: bool,
    /// The colour of the whole stage; `None` leaves the terminal's own.
    pub background: Option<Rgb>,
    /// The colour behind code; `None` leaves the terminal's own.
    pub code_background: Option<Rgb>,
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// The names that `Theme::named` takes.
    pub const NAMES: [&'static str; 3] = ["dark", "light", "terminal"];

    /// Returns the theme of that name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "dark" => Some(Self::dark()),
            "light" => Some(Self::light()),
            "terminal" => Some(Self::terminal()),
            _ => None,
        }
    }

    /// Returns the theme with soft white letters on a ground that is nearly black.
    pub fn dark() -> Self {
        Self::painted("dark", &builtin::DARK)
    }

    /// Returns the theme with letters that are nearly black on paper.
    pub fn light() -> Self {
        Self::painted("light", &builtin::LIGHT)
    }

    /// Returns the theme that leaves the terminal its own colours: it serves on dark and on light ones.
    pub fn terminal() -> Self {
        let styles = Role::ALL.map(builtin::terminal);
        Self { name: "terminal".to_owned(), dark: true, background: None, code_background: None, styles }
    }

    /// Returns the theme that goes with a terminal of this background.
    pub fn suited_to(background: Rgb) -> Self {
        if contrast(background, Rgb::WHITE) >= contrast(background, Rgb::BLACK) {
            Self::dark()
        } else {
            Self::light()
        }
    }

    /// Returns the light theme for a dark one and the dark theme for a light one.
    #[must_use]
    pub fn other(&self) -> Self {
        if self.dark { Self::light() } else { Self::dark() }
    }

    /// Returns this theme, or the other one where that is easier to read there, on a ground of this colour.
    #[must_use]
    pub fn on(&self, background: Rgb) -> Self {
        let is_readable = |theme: &Self| match theme.style(Role::Text).fg {
            Some(Color::Rgb(r, g, b)) => contrast(Rgb(r, g, b), background) >= READABLE,
            _ => false,
        };
        let mut theme = if is_readable(self) { self.clone() } else { Self::suited_to(background) };
        theme.background = Some(background);
        for style in theme.styles.iter_mut().filter(|style| style.bg.is_none_or(|bg| bg == Color::Reset)) {
            if let Some(Color::Rgb(r, g, b)) = style.fg {
                style.fg = Some(readable(Rgb(r, g, b), background, READABLE).into());
            }
        }
        theme
    }

    /// Returns how a role looks. Code and what stands on panels bring their own background; for the others it
    /// is the one that they are painted on.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// Returns the style that the whole stage is filled with before anything is painted.
    pub fn stage(&self) -> Style {
        self.style(Role::Text).bg(self.background.map_or(Color::Reset, Color::from))
    }

    /// Returns the colour behind everything; where that is the terminal's own, the one that it most likely is.
    pub fn ground(&self) -> Rgb {
        self.background.unwrap_or(if self.dark { Rgb::BLACK } else { Rgb::WHITE })
    }

    /// Returns an author's colour for letters on the stage, made readable there. Where the terminal's own
    /// background shows, which may be anything, it is made to stand out from black and from white.
    pub fn ink(&self, color: Rgb) -> Rgb {
        match self.background {
            Some(background) => readable(color, background, READABLE),
            // A ratio that one colour can have to both.
            None => readable(readable(color, Rgb::BLACK, 4.0), Rgb::WHITE, 4.0),
        }
    }

    fn painted(name: &str, palette: &builtin::Palette) -> Self {
        Self {
            name: name.to_owned(),
            dark: palette.background.luminance() < palette.text.luminance(),
            background: Some(palette.background),
            code_background: Some(palette.code),
            styles: Role::ALL.map(|role| palette.style(role)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Modifier;
    use rstest::rstest;

    fn rgb(color: Color) -> Option<Rgb> {
        match color {
            Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
            _ => None,
        }
    }

    /// The letters of a role and what they stand on.
    fn pair(theme: &Theme, role: Role) -> (Rgb, Rgb) {
        let style = theme.style(role);
        let letters = style.fg.and_then(rgb).expect("every role has a colour");
        (letters, style.bg.map_or(theme.background, rgb).expect("the theme paints its ground"))
    }

    fn wanted(role: Role) -> f32 {
        match role {
            Role::ProgressLeft => 1.5,
            Role::Text | Role::TableText | Role::Strong | Role::Emphasis | Role::Code | Role::Overlay => 7.0,
            _ => READABLE,
        }
    }

    fn in_256(color: Rgb) -> Rgb {
        let (red, green, blue) = ansi_colours::rgb_from_ansi256(color.ansi256());
        Rgb(red, green, blue)
    }

    #[rstest]
    fn every_role_is_readable(#[values(Theme::dark(), Theme::light())] theme: Theme) {
        for role in Role::ALL {
            let (letters, ground) = pair(&theme, role);
            let ratio = contrast(letters, ground);
            assert!(
                ratio >= wanted(role),
                "{} {role:?}: {letters:?} on {ground:?} is {ratio:.2}",
                theme.name
            );
        }
    }

    #[rstest]
    fn every_role_is_readable_in_256_colors(#[values(Theme::dark(), Theme::light())] theme: Theme) {
        for role in Role::ALL {
            let (letters, ground) = pair(&theme, role);
            let ratio = contrast(in_256(letters), in_256(ground));
            let wanted = wanted(role).min(READABLE);
            assert!(ratio >= wanted, "{} {role:?}: {letters:?} on {ground:?} is {ratio:.2}", theme.name);
        }
    }

    #[rstest]
    fn roles_bring_the_background_they_stand_on(#[values(Theme::dark(), Theme::light())] theme: Theme) {
        let panel = theme.style(Role::Overlay).bg;
        assert_ne!(panel.and_then(rgb), theme.background);
        for role in Role::ALL {
            let background = theme.style(role).bg;
            if role.is_code() {
                assert_eq!(background.and_then(rgb), theme.code_background, "{role:?}");
            } else if role.is_overlay() {
                assert!(role == Role::OverlaySelected || background == panel, "{role:?}");
            } else {
                let own = matches!(role, Role::Highlight | Role::Key);
                assert_eq!(background.is_some(), own, "{role:?}");
            }
        }
    }

    #[test]
    fn nothing_rests_on_dim() {
        for theme in Theme::NAMES.iter().filter_map(|name| Theme::named(name)) {
            for role in Role::ALL {
                assert!(!theme.style(role).add_modifier.contains(Modifier::DIM), "{} {role:?}", theme.name);
            }
        }
    }

    /// The colours of xterm, which are those that a terminal has whose user chose none.
    fn of_xterm(color: Color) -> Option<Rgb> {
        match color {
            Color::Reset => None,
            Color::Red => Some(Rgb::hex(0xcd_00_00)),
            Color::Magenta => Some(Rgb::hex(0xcd_00_cd)),
            other => panic!("{other:?} is too dark or too light for half of the terminals"),
        }
    }

    #[test]
    fn the_terminals_theme_serves_on_black_and_on_white() {
        let theme = Theme::terminal();
        for role in Role::ALL {
            let style = theme.style(role);
            assert!(style.bg.is_none_or(|background| background == Color::Reset), "{role:?}");
            for ground in [Rgb::BLACK, Rgb::WHITE] {
                let letters = style.fg.and_then(of_xterm);
                assert!(letters.is_none_or(|letters| contrast(letters, ground) >= 3.0), "{role:?}");
            }
        }
    }

    #[test]
    fn names_are_known_and_themes_swap() {
        for name in Theme::NAMES {
            assert_eq!(Theme::named(name).map(|theme| theme.name).as_deref(), Some(name));
        }
        assert_eq!(Theme::named("Dark"), Some(Theme::dark()));
        assert_eq!(Theme::named("solar"), None);
        assert_eq!(Theme::dark().other(), Theme::light());
        assert_eq!(Theme::light().other(), Theme::dark());
        assert_eq!(Theme::suited_to(Rgb::hex(0xfd_f6_e3)).name, "light");
        assert_eq!(Theme::suited_to(Rgb::hex(0x00_2b_36)).name, "dark");
    }

    #[test]
    fn a_readable_color_of_an_author_is_kept() {
        assert_eq!(Theme::light().ink(Rgb(200, 0, 0)), Rgb(200, 0, 0));
        let blue = Theme::dark().ink(Rgb(0, 0, 255));
        assert!(blue.2 > blue.0 && blue.0 == blue.1, "{blue:?} is still blue");
    }

    proptest! {
        #[test]
        fn every_role_is_readable_on_any_ground(red: u8, green: u8, blue: u8) {
            let ground = Rgb(red, green, blue);
            for theme in [Theme::dark(), Theme::light(), Theme::terminal()] {
                let theme = theme.on(ground);
                for role in Role::ALL.into_iter().filter(|role| theme.style(*role).bg.is_none()) {
                    let (letters, on) = pair(&theme, role);
                    prop_assert!(on == ground && contrast(letters, on) >= READABLE, "{role:?}: {letters:?} on {on:?}");
                }
            }
        }

        #[test]
        fn ink_is_readable(red: u8, green: u8, blue: u8) {
            for theme in [Theme::dark(), Theme::light()] {
                let ink = theme.ink(Rgb(red, green, blue));
                prop_assert!(contrast(ink, theme.background.unwrap()) >= READABLE);
            }
            let ink = Theme::terminal().ink(Rgb(red, green, blue));
            for ground in [Rgb::BLACK, Rgb::WHITE] {
                prop_assert!(contrast(ink, ground) >= 3.9, "{ink:?} on {ground:?}");
            }
        }
    }
}
