//! The commands of LaTeX that one letter of Unicode says. How they stand among others is not decided here.

/// Functions, whose names are shown as they are.
pub(super) const NAMES: [&str; 31] = [
    "Pr", "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim",
    "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "ln", "log", "max", "min", "mod", "sec", "sin", "sinh",
    "sup", "tan", "tanh",
];

/// Letters and signs that stand as written, in the order of their names.
const PLAIN: [(&str, &str); 98] = [
    ("Delta", "Δ"),
    ("Gamma", "Γ"),
    ("Im", "ℑ"),
    ("Lambda", "Λ"),
    ("N", "ℕ"),
    ("Omega", "Ω"),
    ("Phi", "Φ"),
    ("Pi", "Π"),
    ("Psi", "Ψ"),
    ("R", "ℝ"),
    ("Re", "ℜ"),
    ("Sigma", "Σ"),
    ("Theta", "Θ"),
    ("Upsilon", "Υ"),
    ("Vert", "‖"),
    ("Xi", "Ξ"),
    ("Z", "ℤ"),
    ("aleph", "ℵ"),
    ("alpha", "α"),
    ("angle", "∠"),
    ("backslash", "\\"),
    ("beta", "β"),
    ("bot", "⊥"),
    ("bullet", "•"),
    ("cdots", "⋯"),
    ("checkmark", "✓"),
    ("chi", "χ"),
    ("circ", "∘"),
    ("clubsuit", "♣"),
    ("colon", ":"),
    ("dagger", "†"),
    ("degree", "°"),
    ("delta", "δ"),
    ("diamond", "◇"),
    ("diamondsuit", "♦"),
    ("dots", "…"),
    ("ell", "ℓ"),
    ("emptyset", "∅"),
    ("epsilon", "ϵ"),
    ("eta", "η"),
    ("exists", "∃"),
    ("flat", "♭"),
    ("forall", "∀"),
    ("gamma", "γ"),
    ("hbar", "ℏ"),
    ("heartsuit", "♥"),
    ("iiint", "∭"),
    ("iint", "∬"),
    ("infty", "∞"),
    ("int", "∫"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("langle", "⟨"),
    ("lbrace", "{"),
    ("lceil", "⌈"),
    ("ldots", "…"),
    ("lfloor", "⌊"),
    ("lnot", "¬"),
    ("lvert", "|"),
    ("mu", "μ"),
    ("nabla", "∇"),
    ("natural", "♮"),
    ("neg", "¬"),
    ("nexists", "∄"),
    ("nu", "ν"),
    ("oint", "∮"),
    ("omega", "ω"),
    ("partial", "∂"),
    ("phi", "φ"),
    ("pi", "π"),
    ("prime", "′"),
    ("prod", "∏"),
    ("psi", "ψ"),
    ("rangle", "⟩"),
    ("rbrace", "}"),
    ("rceil", "⌉"),
    ("rfloor", "⌋"),
    ("rho", "ρ"),
    ("rvert", "|"),
    ("sharp", "♯"),
    ("sigma", "σ"),
    ("spadesuit", "♠"),
    ("sum", "∑"),
    ("tau", "τ"),
    ("theta", "θ"),
    ("top", "⊤"),
    ("triangle", "△"),
    ("upsilon", "υ"),
    ("varepsilon", "ε"),
    ("varnothing", "∅"),
    ("varphi", "φ"),
    ("varrho", "ϱ"),
    ("varsigma", "ς"),
    ("vartheta", "ϑ"),
    ("vert", "|"),
    ("xi", "ξ"),
    ("zeta", "ζ"),
];

/// Operators and relations, which have a blank at each side, in the order of their names.
const SPACED: [(&str, &str); 83] = [
    ("Leftarrow", "⇐"),
    ("Leftrightarrow", "⇔"),
    ("Longrightarrow", "⟹"),
    ("Rightarrow", "⇒"),
    ("Uparrow", "⇑"),
    ("approx", "≈"),
    ("ast", "∗"),
    ("asymp", "≍"),
    ("bmod", "mod"),
    ("cap", "∩"),
    ("cdot", "·"),
    ("coloneqq", "≔"),
    ("cong", "≅"),
    ("cup", "∪"),
    ("div", "÷"),
    ("doteq", "≐"),
    ("downarrow", "↓"),
    ("equiv", "≡"),
    ("gcd", "gcd"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("geqslant", "⩾"),
    ("gets", "←"),
    ("gg", "≫"),
    ("gt", ">"),
    ("hookrightarrow", "↪"),
    ("iff", "⟺"),
    ("implies", "⟹"),
    ("in", "∈"),
    ("land", "∧"),
    ("le", "≤"),
    ("leadsto", "⇝"),
    ("leftarrow", "←"),
    ("leftrightarrow", "↔"),
    ("leq", "≤"),
    ("leqslant", "⩽"),
    ("ll", "≪"),
    ("longleftarrow", "⟵"),
    ("longmapsto", "⟼"),
    ("longrightarrow", "⟶"),
    ("lor", "∨"),
    ("lt", "<"),
    ("mapsto", "↦"),
    ("mid", "∣"),
    ("models", "⊨"),
    ("mp", "∓"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("ni", "∋"),
    ("nmid", "∤"),
    ("notin", "∉"),
    ("odot", "⊙"),
    ("ominus", "⊖"),
    ("oplus", "⊕"),
    ("otimes", "⊗"),
    ("owns", "∋"),
    ("parallel", "∥"),
    ("perp", "⊥"),
    ("pm", "±"),
    ("prec", "≺"),
    ("preceq", "⪯"),
    ("propto", "∝"),
    ("rightarrow", "→"),
    ("rightleftharpoons", "⇌"),
    ("setminus", "∖"),
    ("sim", "∼"),
    ("simeq", "≃"),
    ("sqcup", "⊔"),
    ("star", "⋆"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("subsetneq", "⊊"),
    ("succ", "≻"),
    ("succeq", "⪰"),
    ("supset", "⊃"),
    ("supseteq", "⊇"),
    ("times", "×"),
    ("to", "→"),
    ("uparrow", "↑"),
    ("uplus", "⊎"),
    ("vdash", "⊢"),
    ("vee", "∨"),
    ("wedge", "∧"),
];

/// Letters of an alphabet that Unicode had before the others, and so elsewhere.
const EARLIER: [(&str, &str, &str); 3] = [
    ("mathbb", "CHNPQRZ", "ℂℍℕℙℚℝℤ"),
    ("mathcal", "BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ"),
    ("mathfrak", "CHIRZ", "ℭℌℑℜℨ"),
];

/// Returns the letter or sign that the command stands for.
pub(super) fn plain(name: &str) -> Option<&'static str> {
    find(&PLAIN, name)
}

/// Returns the operator or relation that the command stands for.
pub(super) fn spaced(name: &str) -> Option<&'static str> {
    find(&SPACED, name)
}

/// Returns the accent that combines with the letter before it.
pub(super) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" | "widehat" => '\u{302}',
        "bar" | "overline" => '\u{304}',
        "vec" => '\u{20d7}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "tilde" | "widetilde" => '\u{303}',
        "check" => '\u{30c}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "breve" => '\u{306}',
        _ => return None,
    })
}

/// Returns a letter of the alphabet that the command `name` asks for.
pub(super) fn alphabet(name: &str, letter: char) -> Option<char> {
    let name = if name == "mathscr" { "mathcal" } else { name };
    let (_, letters, forms) = EARLIER.iter().find(|(alphabet, ..)| *alphabet == name)?;
    if let Some(place) = letters.chars().position(|one| one == letter) {
        return forms.chars().nth(place);
    }
    let (upper, digits) = match name {
        "mathbb" => (0x1d538, Some(0x1d7d8)),
        "mathcal" => (0x1d49c, None),
        _ => (0x1d504, None),
    };
    let place = u32::from(letter);
    match letter {
        'A'..='Z' => char::from_u32(upper + place - u32::from('A')),
        'a'..='z' => char::from_u32(upper + 26 + place - u32::from('a')),
        '0'..='9' => char::from_u32(digits? + place - u32::from('0')),
        _ => None,
    }
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.binary_search_by_key(&name, |(name, _)| name).ok().map(|place| table[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(PLAIN.is_sorted_by_key(|(name, _)| name));
        assert!(SPACED.is_sorted_by_key(|(name, _)| name));
        for (_, letters, forms) in EARLIER {
            assert_eq!(letters.chars().count(), forms.chars().count());
        }
    }

    #[test]
    fn alphabets_have_their_letters() {
        let found = [
            ("mathbb", 'R'),
            ("mathbb", 'E'),
            ("mathbb", '1'),
            ("mathcal", 'L'),
            ("mathscr", 'A'),
            ("mathfrak", 'g'),
        ];
        let found: String = found.iter().filter_map(|(name, letter)| alphabet(name, *letter)).collect();
        assert_eq!(found, "ℝ𝔼𝟙ℒ𝒜𝔤");
        assert_eq!(alphabet("mathcal", '1'), None);
    }
}
