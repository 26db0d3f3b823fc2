//! Raised and lowered letters, as far as Unicode has them.

/// Letters, raised and lowered; a blank where there is none. The first sixteen are in about every font.
const PLAIN: &str = "0123456789+-=()nabcdefghijklmoprstuvwxyzTβγδθφχρ";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝᵞᵟᶿᵠᵡ ";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙₐ   ₑ  ₕᵢⱼₖₗₘₒₚᵣₛₜᵤᵥ ₓ   ᵦᵧ  ᵩᵪᵨ";
/// So many of them every font has.
const COMMON: usize = 16;

/// Returns `text` in raised or lowered digits and signs, where there are such for all of it.
pub(super) fn common(text: &str, up: bool) -> Option<String> {
    shifted(text, up, COMMON)
}

/// Returns `text` in raised or lowered letters, where there are such for all of it.
pub(super) fn any(text: &str, up: bool) -> Option<String> {
    shifted(text, up, usize::MAX)
}

/// Returns `text` behind the sign of what stands high or low, in brackets where it is long.
pub(super) fn marked(text: &str, up: bool) -> String {
    let mark = if up { '^' } else { '_' };
    if text.chars().count() == 1 { format!("{mark}{text}") } else { format!("{mark}({text})") }
}

fn shifted(text: &str, up: bool, known: usize) -> Option<String> {
    let letters = if up { RAISED } else { LOWERED };
    let shift = |letter: char| {
        let letter = if letter == '−' { '-' } else { letter };
        let place = PLAIN.chars().take(known).position(|one| one == letter)?;
        letters.chars().nth(place).filter(|&moved| moved != ' ')
    };
    text.chars().map(shift).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_has_its_place() {
        assert_eq!(PLAIN.chars().count(), RAISED.chars().count());
        assert_eq!(PLAIN.chars().count(), LOWERED.chars().count());
        assert_eq!(any("x+1", true).as_deref(), Some("ˣ⁺¹"));
        assert_eq!(any("maxtρ", false).as_deref(), Some("ₘₐₓₜᵨ"));
        assert_eq!(any("zβ", true).as_deref(), Some("ᶻᵝ"));
        assert_eq!((any("b", false), any("Q", true), common("x", true)), (None, None, None));
    }
}
