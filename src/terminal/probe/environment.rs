//! What the environment shows of the terminal and of what is between: tmux, GNU screen, another machine.

/// A program between Lutrin and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux on this machine, which hands on what is wrapped for the terminal around it, where it may.
    Tmux,
    /// GNU screen, or a tmux on another machine.
    Screen,
}

/// How much the terminal is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProbeLevel {
    /// It would print the questions.
    Nothing,
    /// It would print, or pass to another terminal, what it does not support.
    Little,
    /// All that there is to know.
    Everything,
}

#[derive(Debug)]
pub(super) struct Environment {
    pub(super) multiplexer: Option<Multiplexer>,
    pub(super) level: ProbeLevel,
    pub(super) is_remote: bool,
    /// Whether a variable names a terminal with iTerm2's protocol.
    pub(super) names_iterm2: bool,
    /// Why there can be no pictures, whatever the terminal answers.
    pub(super) refusal: Option<&'static str>,
}

impl Environment {
    pub(super) fn detect(get: impl Fn(&str) -> Option<String>, names_iterm2: bool) -> Self {
        let get = |name: &str| get(name).unwrap_or_default();
        let is_set = |name: &str| !get(name).is_empty();
        let term = get("TERM");
        let in_screen = is_set("STY") || term.starts_with("screen") || term.starts_with("tmux");
        let multiplexer = match () {
            () if is_set("TMUX") => Some(Multiplexer::Tmux),
            () if in_screen => Some(Multiplexer::Screen),
            () => None,
        };
        let refusal = match term.as_str() {
            _ if is_set("NO_COLOR") => Some("NO_COLOR is set"),
            "linux" => Some("the Linux console shows nothing but letters"),
            "dumb" => Some("TERM says that the terminal is dumb"),
            _ if multiplexer == Some(Multiplexer::Screen) => {
                Some("GNU screen, or a tmux on another machine, lets no pictures through")
            }
            _ => None,
        };
        let level = match term.as_str() {
            "linux" | "dumb" => ProbeLevel::Nothing,
            _ if multiplexer == Some(Multiplexer::Screen) => ProbeLevel::Little,
            _ if get("TERM_PROGRAM") == "Apple_Terminal" => ProbeLevel::Little,
            _ => ProbeLevel::Everything,
        };
        Self {
            multiplexer,
            level,
            is_remote: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
            // Zellij hands the variables of the terminal around it on, but not that terminal's pictures.
            names_iterm2: names_iterm2 && !is_set("ZELLIJ"),
            refusal,
        }
    }
}
