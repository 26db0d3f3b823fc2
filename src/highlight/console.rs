//! Shell sessions: what was typed after a prompt is highlighted, what came back is not; runs nothing.

use super::{LineHighlighter, Token, Tokens, language, syntaxes};
use crate::theme::Role;

/// What a prompt ends with.
const PROMPTS: [char; 3] = ['$', '#', '%'];

/// Whether a block of this language shows a session: a console that has prompts, or a script that begins with
/// the prompt `$`, which no script does.
pub(super) fn is_session(name: &str, code: &str) -> bool {
    match name {
        "console" | "terminal" | "shell-session" | "shellsession" | "sh-session" => {
            code.lines().any(|line| prompt(line).is_some())
        }
        "sh" | "bash" | "zsh" | "shell" => code.trim_start().starts_with("$ "),
        _ => false,
    }
}

/// Returns the tokens of each line of a session.
pub(super) fn highlight(code: &str) -> Option<Vec<Vec<Token>>> {
    let mut session =
        Session { shell: LineHighlighter::new(language::find("bash", syntaxes())?), typing: false };
    Some(code.lines().map(|line| session.read(line)).collect())
}

/// A session as far as it is read.
struct Session {
    shell: LineHighlighter,
    /// Whether the command goes on in the next line.
    typing: bool,
}

impl Session {
    /// Returns the tokens of the next line: a prompt and a command, more of that command, or output.
    fn read(&mut self, line: &str) -> Vec<Token> {
        let mut tokens = Tokens::default();
        if let Some(start) = prompt(line) {
            self.shell.start_over();
            self.typing = true;
            tokens.push(Role::Operator, line, start);
        }
        if self.typing {
            let start = tokens.end;
            for token in self.shell.read(&line[start..]) {
                tokens.push(token.role, line, start + token.range.end);
            }
            self.typing = line.ends_with('\\');
        }
        tokens.push(Role::Code, line, line.len());
        tokens.list
    }
}

/// Returns where the command begins in a line with a prompt: `$` and its kin, alone or after `user@host:~`.
fn prompt(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let word = text.split_once(' ')?.0;
    let before = word.strip_suffix(PROMPTS)?;
    (before.is_empty() || before.contains('@')).then_some(line.len() - text.len() + word.len() + 1)
}
