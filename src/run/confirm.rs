//! A question on the ordinary screen, to be answered by yes or no.

use std::io::{BufRead, IsTerminal, Write};

/// Asks, and returns whether the answer is yes; anything else is no. None where nobody is there to answer.
pub(super) fn confirm(question: &str) -> Option<bool> {
    let (input, mut output) = (std::io::stdin(), std::io::stderr());
    if !input.is_terminal() || !output.is_terminal() {
        return None;
    }
    write!(output, "{question} [y/N] ").and_then(|()| output.flush()).ok()?;
    let mut answer = String::new();
    input.lock().read_line(&mut answer).ok()?;
    Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
