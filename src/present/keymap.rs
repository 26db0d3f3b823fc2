//! Which key means which action, by what is on the screen. Other keys mean nothing.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::action::{Action, BINDINGS};

/// What is on the screen, as far as keys are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMode {
    /// The slide.
    Talk,
    /// The slide, and a number is being typed.
    Number,
    /// A picture that is looked at closely.
    Closeup,
    /// A list above the slide.
    List,
    /// The end of a rehearsal: a list that the talk may be left from.
    End,
    /// A prompt: letters are text.
    Prompt,
}

/// Returns what `key` means in `mode`.
pub fn action(key: KeyEvent, mode: KeyMode) -> Option<Action> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let name = name(key)?;
    match (mode, key.code) {
        (KeyMode::Prompt, _) => prompt(key, &name),
        (KeyMode::List | KeyMode::End, KeyCode::Enter) => Some(Action::Choose),
        (KeyMode::List | KeyMode::Closeup, KeyCode::Char('q')) if key.modifiers.is_empty() => {
            Some(Action::Close)
        }
        (KeyMode::Closeup, KeyCode::Tab) => Some(Action::NextPicture),
        (KeyMode::Closeup, code) if key.modifiers.is_empty() && pan(code).is_some() => pan(code),
        (KeyMode::Talk | KeyMode::Number | KeyMode::Closeup, KeyCode::Char(digit))
            if digit.is_ascii_digit() && plain(key) =>
        {
            Some(Action::Digit(digit))
        }
        // `7.2`: while a number is typed the full stop belongs to it.
        (KeyMode::Number, KeyCode::Char('.')) => Some(Action::Digit('.')),
        _ => bound(&name),
    }
}

/// Returns the key that is meant in a deck that is read from right to left: the arrow to the left leads on, as in reveal.
pub fn mirrored(mut key: KeyEvent, mode: KeyMode) -> KeyEvent {
    key.code = match key.code {
        KeyCode::Left if mode == KeyMode::Talk => KeyCode::Right,
        KeyCode::Right if mode == KeyMode::Talk => KeyCode::Left,
        code => code,
    };
    key
}

fn pan(code: KeyCode) -> Option<Action> {
    match code {
        KeyCode::Left | KeyCode::Char('h') => Some(Action::Pan(-1, 0)),
        KeyCode::Right | KeyCode::Char('l') => Some(Action::Pan(1, 0)),
        KeyCode::Up | KeyCode::Char('k') => Some(Action::Pan(0, -1)),
        KeyCode::Down | KeyCode::Char('j') => Some(Action::Pan(0, 1)),
        _ => None,
    }
}

fn prompt(key: KeyEvent, name: &str) -> Option<Action> {
    match key.code {
        KeyCode::Enter => Some(Action::Choose),
        KeyCode::Esc => Some(Action::Close),
        KeyCode::Backspace => Some(Action::Erase),
        KeyCode::Char(letter) if plain(key) => Some(Action::Type(letter)),
        KeyCode::Char(_) => bound(name),
        _ => None,
    }
}

fn plain(key: KeyEvent) -> bool {
    !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER)
}

fn bound(name: &str) -> Option<Action> {
    BINDINGS.iter().find(|binding| binding.keys.contains(&name)).map(|binding| binding.action)
}

/// Returns the key's name as the table writes it, where it can have one there.
fn name(key: KeyEvent) -> Option<String> {
    let base = match key.code {
        KeyCode::Right => "→".to_owned(),
        KeyCode::Left => "←".to_owned(),
        KeyCode::Up => "↑".to_owned(),
        KeyCode::Down => "↓".to_owned(),
        KeyCode::PageDown => "PageDown".to_owned(),
        KeyCode::PageUp => "PageUp".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            letter.to_uppercase().collect()
        }
        KeyCode::Char(letter) => letter.to_string(),
        _ => return None,
    };
    let mut name = String::new();
    for (modifier, prefix) in
        [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SUPER, "Super-")]
    {
        if key.modifiers.contains(modifier) {
            name.push_str(prefix);
        }
    }
    // Of a letter, Shift is in its case.
    if key.modifiers.contains(KeyModifiers::SHIFT) && !matches!(key.code, KeyCode::Char(_)) {
        name.push_str("Shift-");
    }
    Some(name + &base)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn no_key_means_two_things() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            assert!(!binding.does.is_empty() && !binding.keys.is_empty(), "{binding:?}");
            for name in binding.keys {
                assert!(seen.insert(*name), "{name} is bound twice");
            }
        }
    }

    #[test]
    fn what_clickers_send_steps_or_blanks_or_does_nothing() {
        let none = KeyModifiers::NONE;
        for (code, modifiers, meant) in [
            (KeyCode::PageDown, none, Some(Action::Next)),
            (KeyCode::PageUp, none, Some(Action::Previous)),
            (KeyCode::Char('.'), none, Some(Action::Black)),
            (KeyCode::F(5), none, None),
            (KeyCode::F(5), KeyModifiers::SHIFT, None),
            (KeyCode::Esc, none, Some(Action::Close)),
            (KeyCode::Char('G'), KeyModifiers::SHIFT, Some(Action::LastOrGo)),
            (KeyCode::Left, KeyModifiers::SHIFT, Some(Action::First)),
            (KeyCode::Char('c'), KeyModifiers::CONTROL, Some(Action::Quit)),
            (KeyCode::Char('l'), KeyModifiers::ALT, None),
            (KeyCode::Char('Q'), KeyModifiers::SHIFT, None),
        ] {
            assert_eq!(action(key(code, modifiers), KeyMode::Talk), meant, "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn letters_are_text_in_a_prompt_and_digits_a_number_on_the_slide() {
        let none = KeyModifiers::NONE;
        assert_eq!(action(key(KeyCode::Char('q'), none), KeyMode::Prompt), Some(Action::Type('q')));
        assert_eq!(action(key(KeyCode::Char('7'), none), KeyMode::Talk), Some(Action::Digit('7')));
        assert_eq!(action(key(KeyCode::Char('.'), none), KeyMode::Number), Some(Action::Digit('.')));
        assert_eq!(action(key(KeyCode::Char('q'), none), KeyMode::List), Some(Action::Close));
    }

    #[test]
    fn arrows_move_what_is_looked_at_closely() {
        let none = KeyModifiers::NONE;
        for (code, meant) in [
            (KeyCode::Right, Action::Pan(1, 0)),
            (KeyCode::Char('k'), Action::Pan(0, -1)),
            (KeyCode::Char('z'), Action::Zoom),
            (KeyCode::Tab, Action::NextPicture),
            (KeyCode::Char('q'), Action::Close),
            (KeyCode::Char(' '), Action::Next),
            (KeyCode::PageDown, Action::Next),
        ] {
            assert_eq!(action(key(code, none), KeyMode::Closeup), Some(meant), "{code:?}");
        }
        assert_eq!(action(key(KeyCode::Tab, none), KeyMode::Talk), None);
        assert_eq!(action(key(KeyCode::Left, KeyModifiers::SHIFT), KeyMode::Closeup), Some(Action::First));
    }
}
