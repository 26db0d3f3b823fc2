//! What a speaker can mean, with its keys and its sentence: the one table behind the keymap, the help and the manual.

/// What is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// On.
    Next,
    /// On, or to the number that was typed, or to what is chosen.
    NextOrGo,
    /// Back.
    Previous,
    /// A row down, or on.
    Down,
    /// A row up, or back.
    Up,
    /// The next slide, whatever steps are left.
    NextSlide,
    /// The slide before, complete.
    PreviousSlide,
    /// The slide below, in a deck with two dimensions.
    Below,
    /// The slide above.
    Above,
    /// All steps of the slide.
    AllSteps,
    /// What is for the speaker only.
    Notes,
    /// The first slide.
    First,
    /// The last slide.
    Last,
    /// The last slide, or the one whose number was typed.
    LastOrGo,
    /// A prompt for a slide.
    Jump,
    /// All slides by title.
    Outline,
    /// The links of the slide.
    Links,
    /// Back to where a link was followed.
    Back,
    /// The clock shown, or hidden.
    Clock,
    /// The clock started, stopped, going on.
    Pause,
    /// A question from the audience, or its end.
    Question,
    /// This slide again.
    Again,
    /// The whole talk again.
    StartOver,
    /// From here on as planned.
    OnSchedule,
    /// A stage all dark.
    Black,
    /// A stage all light.
    White,
    /// A closer look at a picture, or a still closer one.
    Zoom,
    /// What is looked at closely moves: steps to the right, and down.
    Pan(i16, i16),
    /// The slide's next picture, looked at closely.
    NextPicture,
    /// Animations stop, or start again.
    Motion,
    /// Light or dark.
    SwapTheme,
    /// The deck from its file again.
    Reload,
    /// The author's editor, at this slide's line.
    Edit,
    /// Every cell again.
    Repaint,
    /// What could not be shown as written.
    Diagnostics,
    /// The keys.
    Help,
    /// Away with what lies over the slide.
    Close,
    /// Out of the talk for a while.
    Suspend,
    /// Out of the talk.
    Quit,
    /// A digit of a slide's number.
    Digit(char),
    /// A letter for the prompt.
    Type(char),
    /// The prompt's last letter away.
    Erase,
    /// What is chosen in a list or prompt.
    Choose,
}

impl Action {
    /// Returns whether it is a step through the talk, which on a blank stage only brings the slide back.
    pub fn is_step(self) -> bool {
        matches!(
            self,
            Self::Next
                | Self::NextOrGo
                | Self::Previous
                | Self::Down
                | Self::Up
                | Self::NextSlide
                | Self::PreviousSlide
                | Self::Below
                | Self::Above
                | Self::First
                | Self::Last
                | Self::LastOrGo
        )
    }

    /// Returns whether it is about the talk's clock.
    pub fn is_of_clock(self) -> bool {
        matches!(
            self,
            Self::Clock | Self::Pause | Self::Question | Self::Again | Self::StartOver | Self::OnSchedule
        )
    }
}

/// An action of the talk with its keys, as people write them, and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// Its keys.
    pub keys: &'static [&'static str],
    /// What it does, for people.
    pub does: &'static str,
}

const fn binding(action: Action, keys: &'static [&'static str], does: &'static str) -> Binding {
    Binding { action, keys, does }
}

/// The keys of the talk, in the order in which help shows them.
pub const BINDINGS: &[Binding] = &[
    binding(
        Action::Next,
        &["→", "l", "n", "Space", "PageDown"],
        "next: the rest of a tall slide, then the next step, then the next slide",
    ),
    binding(Action::Previous, &["←", "h", "p", "Backspace", "PageUp"], "previous, the same way back"),
    binding(Action::Down, &["↓", "j"], "scroll down where there is more to see, else next"),
    binding(Action::Up, &["↑", "k"], "scroll up where there is more to see, else previous"),
    binding(Action::NextSlide, &["Alt-→"], "the next slide, without the steps that are left"),
    binding(Action::PreviousSlide, &["Alt-←"], "the slide before"),
    binding(Action::Below, &["}"], "the slide below, in a deck with two dimensions"),
    binding(Action::Above, &["{"], "the slide above"),
    binding(Action::First, &["Home", "Shift-←"], "first slide (also `gg`)"),
    binding(Action::Last, &["End", "Shift-→"], "last slide"),
    binding(Action::NextOrGo, &["Enter"], "after a number: that slide; else next"),
    binding(Action::LastOrGo, &["G"], "after a number: that slide; else the last one"),
    binding(Action::Jump, &["g"], "jump: type a number, `7.2` or a part of a title"),
    binding(Action::Outline, &["o", "Ctrl-P"], "outline: all slides by title"),
    binding(Action::Links, &["f"], "the links of the slide; Enter follows one within the deck"),
    binding(Action::Back, &["Ctrl-O"], "back to where a link was followed"),
    binding(Action::AllSteps, &["a"], "all steps of the slide at once"),
    binding(Action::Notes, &["s"], "speaker notes; ↑ ↓ scroll them where they are long"),
    binding(Action::Zoom, &["z"], "zoom a picture; again: 2×, 4×; arrows pan, Tab: the next one"),
    binding(Action::Motion, &["m"], "stop animations and what goes on by itself, start them again"),
    binding(Action::Black, &["b", "."], "black; any step brings the slide back"),
    binding(Action::White, &["w"], "white"),
    binding(Action::Clock, &["t"], "the clock: shown or hidden; it starts with the first step"),
    binding(Action::Pause, &["P"], "start the clock, pause it, go on"),
    binding(Action::Question, &["i"], "a question from the audience, counted apart; again: it is over"),
    binding(Action::Again, &["x"], "this slide again: its time is taken back"),
    binding(Action::StartOver, &["X"], "start over (asks)"),
    binding(Action::OnSchedule, &["="], "“I am on schedule from here”"),
    binding(Action::SwapTheme, &["T"], "light or dark"),
    binding(Action::Reload, &["r"], "read the deck again"),
    binding(Action::Edit, &["e"], "open the deck in `$VISUAL` or `$EDITOR`, at this slide's line"),
    binding(Action::Repaint, &["Ctrl-L"], "repaint everything"),
    binding(Action::Diagnostics, &["!"], "what could not be shown as written"),
    binding(Action::Help, &["?"], "these keys"),
    binding(Action::Close, &["Esc"], "close an overlay, drop a half-typed number, end blank"),
    binding(Action::Suspend, &["Ctrl-Z"], "suspend: `fg` returns to the same place"),
    binding(Action::Quit, &["q", "Ctrl-C"], "leave"),
];
