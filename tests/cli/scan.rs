//! Reads what a program wrote as a terminal does, and finds what Lutrin never writes of its own accord.

/// The private modes that Lutrin sets.
const MODES: [&str; 5] = ["7", "25", "1049", "2004", "2026"];
/// What Lutrin asks a terminal, and how it ends a string that was cut in the middle.
const QUESTIONS: [&str; 10] = [
    "]11;?\x1b\\",
    "[14t",
    "[16t",
    "[?2026$p",
    "[>0q",
    "_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\",
    "[?1;1;0S",
    "[?2;4;0S",
    "[c",
    "\\",
];
/// How the question begins that names a file, and ends.
const BY_FILE: (&str, &str) = ("_Gi=32,s=1,v=1,a=q,t=t,f=24;", "\x1b\\");

/// Returns the first thing that Lutrin did not write of its own accord, with what surrounds it.
pub(crate) fn foreign(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("bytes that are not UTF-8".to_owned()) };
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let Some(length) = own(rest, letter) else {
            let place = text.len() - rest.len();
            let start = text.floor_char_boundary(place.saturating_sub(60));
            return Some(format!(
                "{:?} before {:?}",
                &text[start..place],
                rest.chars().take(40).collect::<String>()
            ));
        };
        rest = &rest[length..];
    }
    None
}

/// Returns the length of the letter or sequence that `text` begins with, where it is one of Lutrin's.
fn own(text: &str, letter: char) -> Option<usize> {
    match letter {
        '\x1b' => sequence(&text[1..]).map(|length| length + 1),
        '\r' | '\n' | '\x08' => Some(1),
        // Marks that reorder or break a line are no control characters to Unicode, but to a terminal they are.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter.len_utf8()),
    }
}

fn sequence(text: &str) -> Option<usize> {
    if let Some(question) = QUESTIONS.iter().find(|question| text.starts_with(**question)) {
        return Some(question.len());
    }
    if let Some(rest) = text.strip_prefix(BY_FILE.0) {
        let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
        let end = rest.find(|letter| !is_base64(letter))?;
        return rest[end..].starts_with(BY_FILE.1).then_some(BY_FILE.0.len() + end + BY_FILE.1.len());
    }
    let end = text.strip_prefix('[')?.find(|letter: char| letter.is_ascii_alphabetic())? + 1;
    let (parameters, last) = (&text[1..end], &text[end..=end]);
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    let is_own = match last {
        "m" => is_style(parameters),
        "H" => parameters.split(';').count() <= 2 && parameters.split(';').all(digits),
        "C" | "D" | "X" => digits(parameters),
        "J" | "K" => parameters.is_empty(),
        "h" | "l" => parameters.strip_prefix('?').is_some_and(|mode| MODES.contains(&mode)),
        _ => false,
    };
    is_own.then_some(end + 1)
}

/// Tells whether the numbers are colours and attributes; nothing of Lutrin's blinks or hides.
fn is_style(parameters: &str) -> bool {
    let mut numbers = parameters.split(';');
    while let Some(number) = numbers.next() {
        let is_own = match number {
            "" | "0" | "1" | "2" | "3" | "4" | "7" | "9" | "22" | "23" | "24" | "27" | "29" | "39" | "49" => {
                true
            }
            "38" | "48" => match numbers.next() {
                Some("2") => (0..3).all(|_| numbers.next().is_some_and(is_byte)),
                Some("5") => numbers.next().is_some_and(is_byte),
                _ => false,
            },
            color => matches!(color.parse(), Ok(30..=37 | 40..=47 | 90..=97 | 100..=107)),
        };
        if !is_own {
            return false;
        }
    }
    true
}

fn is_byte(number: &str) -> bool {
    number.parse::<u8>().is_ok()
}

#[test]
fn the_scanner_knows_what_is_lutrins() {
    for own in [
        "Été ␛ 🚀\r\n\x08",
        "\x1b[H\x1b[3;7H\x1b[2C\x1b[12D\x1b[K\x1b[J\x1b[9X",
        "\x1b[m\x1b[0;1;38;2;1;2;3;48;5;255;97m",
        "\x1b[?1049h\x1b[?25l\x1b]11;?\x1b\\\x1b[?2026$p\x1b[c\x1b\\",
        "\x1b_Gi=32,s=1,v=1,a=q,t=t,f=24;L3RtcA==\x1b\\\x1b[?1;1;0S\x1b[?2;4;0S",
    ] {
        assert_eq!(foreign(own.as_bytes()), None, "{own:?}");
    }
    for strange in [
        "\x1b[2J",
        "\x1b[2K",
        "\x1b]0;x\x07",
        "\x1b]52;c;eA==\x1b\\",
        "\x1bc",
        "\x1b[6n",
        "\x1b[5m",
        "\x1b[8m",
        "\x1b[?1000h",
        "\x1b[38;2;300;0;0m",
        "\x1bPq\x1b\\",
        "\x1b_Ga=d\x1b\\",
        "\x1b_Gi=32,s=1,v=1,a=q,t=t,f=24;L3R\x1b[2J",
        "\x07",
        "\t",
        "\x7f",
        "\u{9b}2J",
        "\u{9d}0;x\u{9c}",
        "\u{85}",
        "\u{202e}",
        "\x1b",
    ] {
        assert!(foreign(strange.as_bytes()).is_some(), "{strange:?}");
    }
    assert!(foreign(b"\x9b2J").is_some());
}
