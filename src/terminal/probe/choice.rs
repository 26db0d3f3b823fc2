//! Which protocol is best by what is known, and in words for people why it is no better one.

use super::answers::ProbeAnswers;
use super::environment::{Environment, Multiplexer};
use crate::terminal::graphics::Protocol;

/// How those begin that know iTerm2's protocol, among the names that terminals give themselves.
const ITERM2: [&str; 6] = ["iTerm2", "WezTerm", "Konsole", "mintty", "rio", "Warp"];
/// Those of them that also answer to kitty's protocol, but leave pictures behind or put them elsewhere.
const POOR_AT_KITTY: [&str; 2] = ["WezTerm", "Konsole"];

/// How the terminal shows pictures best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graphics {
    /// The protocol; without one there are only letters.
    pub protocol: Option<Protocol>,
    /// Whether it is spoken to the terminal around tmux.
    pub through_tmux: bool,
    /// For people: why there is no better way.
    pub why: Vec<String>,
    /// Whether an answer may still change it.
    pub undecided: bool,
}

/// Returns the best protocol by what is known; `is_over` is whether no more answers will come.
pub(super) fn choose(environment: &Environment, answers: &ProbeAnswers, is_over: bool) -> Graphics {
    let known = KnownTerminal { environment, answers };
    let protocol = known.protocol();
    let why = match environment.refusal {
        Some(refusal) => vec![refusal.to_owned()],
        None => known.why(protocol),
    };
    let may_improve = environment.refusal.is_none() && protocol != Some(Protocol::Kitty { local: true });
    Graphics {
        protocol,
        through_tmux: protocol.is_some() && known.is_in_tmux(),
        why,
        undecided: may_improve && !is_over,
    }
}

struct KnownTerminal<'a> {
    environment: &'a Environment,
    answers: &'a ProbeAnswers,
}

impl KnownTerminal<'_> {
    fn protocol(&self) -> Option<Protocol> {
        if self.environment.refusal.is_some() || (self.is_in_tmux() && !self.was_let_through()) {
            None
        } else if self.speaks_kitty() && !self.is_poor_at_kitty() {
            Some(Protocol::Kitty { local: self.answers.picture_by_file == Some(true) })
        } else if self.speaks_iterm2() {
            Some(Protocol::Iterm2)
        } else if self.speaks_sixel() {
            Some(Protocol::Sixel)
        } else {
            None
        }
    }

    fn is_in_tmux(&self) -> bool {
        self.environment.multiplexer == Some(Multiplexer::Tmux)
    }

    /// Whether the terminal around tmux has answered.
    fn was_let_through(&self) -> bool {
        let ProbeAnswers { is_well, picture, sixel_registers, version, .. } = self.answers;
        *is_well || picture.is_some() || sixel_registers.is_some() || version.is_some()
    }

    fn speaks_kitty(&self) -> bool {
        self.answers.picture == Some(true)
    }

    fn is_poor_at_kitty(&self) -> bool {
        match &self.answers.version {
            Some(_) => self.calls_itself_one_of(&POOR_AT_KITTY),
            None => self.environment.names_iterm2,
        }
    }

    /// The name that a terminal gives itself is surer than variables, which a terminal inherits that was started from
    /// another one.
    fn speaks_iterm2(&self) -> bool {
        match &self.answers.version {
            Some(_) => self.calls_itself_one_of(&ITERM2),
            None => self.environment.names_iterm2,
        }
    }

    fn calls_itself_one_of(&self, names: &[&str]) -> bool {
        let version = self.answers.version.as_deref().unwrap_or_default();
        names.iter().any(|name| version.starts_with(name))
    }

    fn speaks_sixel(&self) -> bool {
        // The first attribute is the terminal's class. tmux answers by how it was built, not by the terminal around it.
        let is_told = |attributes: &Vec<u16>| attributes.iter().skip(1).any(|&attribute| attribute == 4);
        let attributes = self.answers.attributes.as_ref().filter(|_| !self.is_in_tmux());
        attributes.is_some_and(is_told) || self.answers.sixel_registers == Some(true)
    }

    fn why(&self, protocol: Option<Protocol>) -> Vec<String> {
        let reasons: &[&str] = match protocol {
            Some(Protocol::Kitty { local: true }) => &[],
            Some(Protocol::Kitty { local: false }) => {
                &["it reads no files of this machine, so pictures are sent whole"]
            }
            Some(_) if self.speaks_kitty() => &["it answers to kitty's protocol, but does not do it well"],
            Some(_) => &["it does not know kitty's protocol, in which a picture is sent only once"],
            None if self.is_in_tmux() && !self.was_let_through() => {
                &["tmux lets no pictures through: `tmux set -g allow-passthrough on`"]
            }
            None if *self.answers == ProbeAnswers::default() => &["the terminal did not answer"],
            None if self.calls_itself_one_of(&["XTerm"]) => &[
                "it has no sixels and no other protocol",
                "xterm shows sixels when it is started as `xterm -ti vt340`",
            ],
            None => &["it has no sixels and no other protocol"],
        };
        reasons.iter().map(|&reason| reason.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::TerminalProbe;
    use crate::terminal::graphics::Protocol::{self, Iterm2, Kitty, Sixel};
    use crate::terminal::input::Decoder;
    use crate::terminal::{Answer, Input};
    use rstest::rstest;

    const KITTY: &str = "\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[4;912;1560t\x1b[6;19;10t\x1b[?2026;2$y\
        \x1bP>|kitty(0.26.5)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?62;c";
    const KITTY_AFAR: &str =
        "\x1bP>|kitty(0.26.5)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;EBADF:Failed to open file\x1b\\\x1b[?62;c";
    const KITTY_IN_TMUX: &str =
        "\x1b[?1;2c\x1bP>|kitty(0.26.5)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[0n";
    const XTERM: &str = "\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?2026;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?1;0;256S\
        \x1b[?63;1;2;4;6;9;15;16;22;28c";
    const PLAIN_XTERM: &str =
        "\x1b[?2026;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?1;3S\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c";
    const XTERM_IN_TMUX: &str = "\x1b[?1;2c\x1bP>|XTerm(379)\x1b\\\x1b[?1;0;256S\x1b[0n";
    const MLTERM: &str = "\x1b[?2026;0$y\x1b[?1;0;1024S\x1b[?63;1;2;3;4;6;7;15;18;22;29c";
    const FOOT: &str = "\x1b[?2026;2$y\x1bP>|foot(1.13.1)\x1b\\\x1b[?1;0;1024S\x1b[?62;4;22c";
    const XTERMJS: &str = "\x1b[4;756;1355t\x1b[6;18;9t\x1b[?2026;2$y\x1b[?1;0;256S\x1b[?62;4;9;22c";
    const ITERM2: &str = "\x1bP>|iTerm2 3.4.19\x1b\\\x1b[?62;4c";
    const WEZTERM: &str =
        "\x1bP>|WezTerm 20240203\x1b\\\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?65;4;6;18;22c";
    const KONSOLE: &str = "\x1bP>|Konsole 23.08.1\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62;1;4c";
    const APPLE: &str = "\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?1;2c";
    const VT132: &str = "\x1b[?4;6c";

    /// Returns the probe in an environment, with a `*` before it where that names iTerm2's protocol, after answers.
    fn probe(environment: &'static str, answers: &str) -> TerminalProbe {
        let (environment, names_iterm2) = match environment.strip_prefix('*') {
            Some(environment) => (environment, true),
            None => (environment, false),
        };
        let variables = || environment.split(' ').filter_map(|pair| pair.split_once('='));
        let get = |name: &str| variables().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        let mut probe = TerminalProbe::detect(get, names_iterm2);
        let mut hear = |input| match input {
            Input::Answer(answer) => drop(probe.on_answer(&answer)),
            other => panic!("{other:?} is no answer"),
        };
        Decoder::default().feed(answers.as_bytes(), &mut hear);
        probe
    }

    const LOCAL: Option<Protocol> = Some(Kitty { local: true });
    const REMOTE: Option<Protocol> = Some(Kitty { local: false });

    #[rstest]
    #[case::kitty("TERM=xterm-kitty", KITTY, LOCAL, "")]
    #[case::kitty_afar("TERM=xterm-kitty SSH_TTY=/dev/pts/1", KITTY_AFAR, REMOTE, "files of this machine")]
    #[case::kitty_in_tmux("TERM=tmux-256color TMUX=t", KITTY_IN_TMUX, LOCAL, "")]
    #[case::xterm("TERM=xterm", XTERM, Some(Sixel), "kitty's protocol")]
    #[case::plain_xterm("TERM=xterm", PLAIN_XTERM, None, "xterm -ti vt340")]
    #[case::xterm_in_tmux("TERM=tmux-256color TMUX=t", XTERM_IN_TMUX, Some(Sixel), "kitty's protocol")]
    #[case::mlterm("TERM=mlterm", MLTERM, Some(Sixel), "kitty's protocol")]
    #[case::foot("TERM=foot", FOOT, Some(Sixel), "kitty's protocol")]
    #[case::vs_code("TERM=xterm-256color TERM_PROGRAM=vscode", XTERMJS, Some(Sixel), "kitty's protocol")]
    #[case::iterm2("*TERM=xterm-256color TERM_PROGRAM=iTerm.app", ITERM2, Some(Iterm2), "kitty's protocol")]
    #[case::iterm2_by_its_name_alone("TERM=xterm-256color SSH_TTY=/dev/pts/1", ITERM2, Some(Iterm2), "")]
    #[case::old_iterm2("*TERM=xterm-256color", "\x1b[?62;4c", Some(Iterm2), "")]
    #[case::wezterm("*TERM=xterm-256color TERM_PROGRAM=WezTerm", WEZTERM, Some(Iterm2), "not do it well")]
    #[case::wezterm_afar("TERM=xterm-256color", WEZTERM, Some(Iterm2), "not do it well")]
    #[case::konsole("*TERM=xterm-256color", KONSOLE, Some(Iterm2), "not do it well")]
    #[case::kitty_from_konsole("*TERM=xterm-kitty KONSOLE_VERSION=230801", KITTY, LOCAL, "")]
    #[case::xterm_from_wezterm("*TERM=xterm TERM_PROGRAM=WezTerm", PLAIN_XTERM, None, "no sixels")]
    #[case::zellij("*TERM=xterm-256color ZELLIJ=0", "\x1b[?62c", None, "no sixels")]
    #[case::apple("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", APPLE, None, "no sixels")]
    #[case::a_class_is_no_attribute("TERM=xterm", VT132, None, "no sixels")]
    #[case::mute("TERM=xterm-256color", "", None, "did not answer")]
    #[case::mute_but_named("*TERM=xterm-256color", "", Some(Iterm2), "")]
    #[case::tmux_without_passthrough("TERM=tmux-256color TMUX=t", "\x1b[?1;2c", None, "allow-passthrough on")]
    #[case::tmux_with_sixels_of_its_own("TERM=tmux TMUX=t", "\x1b[?1;2;4c", None, "allow-passthrough on")]
    #[case::iterm2_behind_a_shut_tmux("*TERM=tmux TMUX=t", "\x1b[?1;2c", None, "allow-passthrough on")]
    #[case::iterm2_in_tmux("*TERM=tmux TMUX=t LC_TERMINAL=iTerm2", "\x1b[?1;2c\x1b[0n", Some(Iterm2), "")]
    #[case::nothing_in_tmux("TERM=tmux TMUX=t", "\x1b[?1;2c\x1b[0n", None, "no sixels")]
    #[case::screen("TERM=screen-256color", "\x1b[?1;2c", None, "GNU screen")]
    #[case::tmux_elsewhere("TERM=tmux-256color SSH_TTY=/dev/pts/1", "\x1b[?1;2c", None, "another machine")]
    #[case::no_color("TERM=xterm-kitty NO_COLOR=1", KITTY, None, "NO_COLOR")]
    #[case::console("*TERM=linux", "", None, "Linux console")]
    #[case::dumb("TERM=dumb", "", None, "dumb")]
    fn choices(
        #[case] environment: &'static str,
        #[case] answers: &str,
        #[case] protocol: Option<Protocol>,
        #[case] reason: &str,
    ) {
        let graphics = probe(environment, answers).graphics();
        assert_eq!(graphics.protocol, protocol);
        assert_eq!(graphics.through_tmux, protocol.is_some() && environment.contains("TMUX"));
        let why = graphics.why.join("\n");
        assert!(why.contains(reason) && why.is_empty() == (protocol == LOCAL), "{why:?}");
    }

    #[test]
    fn what_is_best_changes_until_the_last_answer() {
        let mut probe = probe("TERM=xterm-kitty", "");
        let is_decided = |probe: &TerminalProbe| !probe.graphics().undecided;
        assert!(!is_decided(&probe));
        probe.on_answer(&Answer::Picture(31, true));
        assert_eq!((probe.graphics().protocol, is_decided(&probe)), (REMOTE, false));
        probe.on_answer(&Answer::Picture(32, true));
        assert_eq!((probe.graphics().protocol, is_decided(&probe)), (LOCAL, true));
        assert!(!probe.on_answer(&Answer::Picture(7, false)), "an answer to somebody else");
        assert!(is_decided(&self::probe("TERM=xterm NO_COLOR=1", "")));
        assert!(is_decided(&self::probe("TERM=xterm", VT132)));
    }
}
