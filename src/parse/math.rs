//! Formulas as plain Unicode, where that is easy: `\alpha^2 \leq \frac{a}{b}` as `α² ≤ a/b`. What would need more than
//! one line is not tried.

mod symbols;

use std::fmt::Write as _;

use super::script;

/// Formulas of more bytes than this are not what stands in a line.
const LONGEST: usize = 600;
/// Braces nest at most so deep.
const DEEPEST: usize = 12;

/// Returns the formula `latex` in Unicode, or none where a reader would rather see its source.
pub(super) fn unicode(latex: &str) -> Option<String> {
    if latex.len() > LONGEST {
        return None;
    }
    let mut parser = LatexParser { rest: latex.trim(), depth: 0 };
    let text = parser.sequence(None)?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// How an atom, TeX's word for a piece of a formula, goes with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq)]
enum AtomClass {
    /// As the author wrote it.
    Plain,
    /// With a blank at each side: relations and operators.
    Spaced,
    /// A function's name, apart from other letters.
    Name,
    /// A fraction in one line, in brackets where it touches something.
    Fraction,
    Blank,
}

struct Atom {
    class: AtomClass,
    text: String,
}

impl Atom {
    fn new(class: AtomClass, text: impl Into<String>) -> Self {
        Self { class, text: text.into() }
    }

    fn plain(text: impl Into<String>) -> Self {
        Self::new(AtomClass::Plain, text)
    }
}

struct LatexParser<'a> {
    rest: &'a str,
    depth: usize,
}

impl LatexParser<'_> {
    fn next(&mut self) -> Option<char> {
        let letter = self.rest.chars().next()?;
        self.rest = &self.rest[letter.len_utf8()..];
        Some(letter)
    }

    /// Returns what stands up to `end`, or up to the formula's end.
    fn sequence(&mut self, end: Option<char>) -> Option<String> {
        let mut atoms: Vec<Atom> = Vec::new();
        loop {
            let letter = match self.next() {
                letter if letter == end => return Some(joined(&atoms)),
                letter => letter?,
            };
            match letter {
                '{' => {
                    let group = self.group()?;
                    atoms.push(Atom::plain(group));
                }
                '^' | '_' => self.script(letter == '^', &mut atoms)?,
                '\'' => attach(&mut atoms, "′"),
                '\\' => atoms.extend(self.command()?),
                '}' | '&' | '#' | '%' | '$' => return None,
                '~' => atoms.push(Atom::new(AtomClass::Blank, "")),
                '-' => atoms.push(Atom::plain('−')),
                _ if letter.is_whitespace() => atoms.push(Atom::new(AtomClass::Blank, "")),
                _ => atoms.push(Atom::plain(letter)),
            }
        }
    }

    /// Returns what stands up to the brace that closes.
    fn group(&mut self) -> Option<String> {
        self.depth += 1;
        let group = if self.depth > DEEPEST { None } else { self.sequence(Some('}')) };
        self.depth -= 1;
        group
    }

    /// Returns what a command takes: a group, or one letter or command.
    fn argument(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        match self.next()? {
            '{' => self.group(),
            '\\' => {
                let atoms = self.command()?;
                (!atoms.is_empty()).then(|| joined(&atoms))
            }
            '}' | '^' | '_' | '&' | '#' | '%' | '$' => None,
            letter => Some(letter.to_string()),
        }
    }

    /// Adds what stands high or low behind the last atom.
    fn script(&mut self, up: bool, atoms: &mut Vec<Atom>) -> Option<()> {
        let before = self.rest;
        let text = self.argument()?;
        let apart = before[..before.len() - self.rest.len()].ends_with(char::is_whitespace);
        let close = text.replace(' ', "");
        let shifted = match close.as_str() {
            "∘" if up => "°".to_owned(),
            "*" | "′" | "″" | "†" if up => close,
            _ => script::any(&close, up).unwrap_or_else(|| script::marked(&text, up)),
        };
        attach(atoms, &shifted);
        if apart {
            atoms.push(Atom::new(AtomClass::Blank, ""));
        }
        Some(())
    }

    /// Returns what the command behind a backslash stands for.
    fn command(&mut self) -> Option<Vec<Atom>> {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if length == 0 {
            let atom = match self.next()? {
                ',' | ':' | ';' | ' ' | '>' => Atom::new(AtomClass::Blank, ""),
                '!' => return Some(Vec::new()),
                letter @ ('{' | '}' | '%' | '$' | '&' | '#' | '_') => Atom::plain(letter),
                '|' => Atom::plain('‖'),
                _ => return None,
            };
            return Some(vec![atom]);
        }
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        let atom = match name {
            "left" | "right" | "big" | "Big" | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr"
            | "biggl" | "biggr" => {
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                return Some(Vec::new());
            }
            "limits" | "nolimits" | "displaystyle" | "textstyle" => return Some(Vec::new()),
            "quad" | "qquad" | "enspace" | "thinspace" => Atom::new(AtomClass::Blank, ""),
            "frac" | "tfrac" | "dfrac" | "cfrac" => {
                let (above, below) = (self.argument()?, self.argument()?);
                Atom::new(AtomClass::Fraction, fraction(&above, &below))
            }
            "sqrt" => Atom::plain(self.root()?),
            "text" | "textrm" | "textnormal" | "mbox" | "textit" | "textbf" | "texttt" => {
                Atom::plain(self.raw()?)
            }
            "mathrm" | "mathbf" | "mathit" | "mathsf" | "mathtt" | "boldsymbol" | "bm" | "boxed" => {
                Atom::plain(self.argument()?)
            }
            "operatorname" => Atom::new(AtomClass::Name, self.argument()?),
            "pmod" => {
                let modulus = Atom::plain(format!("(mod {})", self.argument()?));
                return Some(vec![Atom::new(AtomClass::Blank, ""), modulus]);
            }
            "mathbb" | "mathcal" | "mathscr" | "mathfrak" => {
                let letters = self.argument()?;
                Atom::plain(
                    letters
                        .chars()
                        .map(|letter| symbols::alphabet(name, letter))
                        .collect::<Option<String>>()?,
                )
            }
            _ => match symbols::accent(name) {
                Some(accent) => {
                    let mut letters = self.argument()?;
                    letters.push(accent);
                    // An accent over more than one letter has no place.
                    (letters.chars().count() == 2).then(|| Atom::plain(letters))?
                }
                None => symbol(name)?,
            },
        };
        Some(vec![atom])
    }

    fn root(&mut self) -> Option<String> {
        let degree = match self.rest.strip_prefix('[') {
            Some(inside) => {
                let (degree, rest) = inside.split_once(']')?;
                self.rest = rest;
                degree.trim()
            }
            None => "",
        };
        let sign = match degree {
            "" | "2" => "√".to_owned(),
            "3" => "∛".to_owned(),
            "4" => "∜".to_owned(),
            degree => script::any(degree, true)? + "√",
        };
        let inside = self.argument()?;
        Some(if is_single(&inside) { sign + &inside } else { format!("{sign}({inside})") })
    }

    /// Returns the words between braces as they are.
    fn raw(&mut self) -> Option<String> {
        let (words, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
        self.rest = rest;
        (!words.contains(['\\', '{', '$'])).then(|| words.to_owned())
    }
}

fn symbol(name: &str) -> Option<Atom> {
    if let Some(sign) = symbols::spaced(name) {
        return Some(Atom::new(AtomClass::Spaced, sign));
    }
    let is_name = symbols::NAMES.contains(&name);
    symbols::plain(name).map(Atom::plain).or_else(|| is_name.then(|| Atom::new(AtomClass::Name, name)))
}

/// Adds letters to the last atom; blanks before them do not count.
fn attach(atoms: &mut Vec<Atom>, letters: &str) {
    while atoms.pop_if(|last| last.class == AtomClass::Blank).is_some() {}
    match atoms.last_mut() {
        Some(last) if last.class == AtomClass::Fraction => {
            *last = Atom::plain(format!("({}){letters}", last.text));
        }
        Some(last) => last.text.push_str(letters),
        None => atoms.push(Atom::plain(letters)),
    }
}

/// Returns the atoms as one text, with the blanks that they need.
fn joined(atoms: &[Atom]) -> String {
    let mut out = String::new();
    for (nth, Atom { class, text }) in atoms.iter().enumerate() {
        let next = atoms.get(nth + 1).and_then(|next| next.text.chars().next());
        let touches = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_alphanumeric() || "(√".contains(letter))
        };
        let last = out.chars().next_back();
        // What an operator stands before and nothing behind, it belongs to: `−∞`, `(±1)`.
        let opens = last.is_none_or(|last| "([{,".contains(last));
        match class {
            AtomClass::Blank if last.is_some_and(|last| last != ' ') => out.push(' '),
            AtomClass::Blank => {}
            AtomClass::Spaced if opens => {
                out.push_str(text);
            }
            AtomClass::Spaced => {
                let blank = if last == Some(' ') { "" } else { " " };
                // Writing to a string never fails.
                let _ = write!(out, "{blank}{text} ");
            }
            AtomClass::Name => {
                if last.is_some_and(char::is_alphanumeric) {
                    out.push(' ');
                }
                out.push_str(text);
                if touches(next) && next != Some('(') {
                    out.push(' ');
                }
            }
            AtomClass::Fraction
                if touches(next) || last.is_some_and(|last| last.is_alphanumeric() || last == ')') =>
            {
                let _ = write!(out, "({text})");
            }
            AtomClass::Plain | AtomClass::Fraction => out.push_str(text),
        }
    }
    out.trim().to_owned()
}

/// Returns a fraction in one line, with the brackets that it needs there.
fn fraction(above: &str, below: &str) -> String {
    let bracketed = |text: &str, bare: bool| if bare { text.to_owned() } else { format!("({text})") };
    let differential = below.strip_prefix(['d', '∂']).is_some_and(is_single);
    let above = bracketed(above, is_product(above) || is_enclosed(above));
    let below = bracketed(below, differential || is_single(below) || is_enclosed(below));
    format!("{above}/{below}")
}

/// Returns whether letters stand together with nothing between them that would separate them.
fn is_product(text: &str) -> bool {
    let belongs = |letter: char| {
        letter.is_alphanumeric()
            || "√∞∂∇′°.!⁺⁻⁼⁽⁾₊₋₌₍₎".contains(letter)
            || ('\u{300}'..='\u{36f}').contains(&letter)
    };
    !text.is_empty() && text.chars().all(belongs)
}

/// Returns whether the text is a number, or one letter with what stands at it.
fn is_single(text: &str) -> bool {
    let text = text.strip_prefix('√').unwrap_or(text);
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let mut letters = text.chars();
    let first = letters.next().is_some_and(|letter| letter.is_alphanumeric() || letter == '∞');
    let is_mark =
        |letter: char| !letter.is_ascii() && is_product(letter.encode_utf8(&mut [0; 4])) && !is_greek(letter);
    is_number || (first && letters.all(is_mark))
}

fn is_greek(letter: char) -> bool {
    ('\u{370}'..='\u{3ff}').contains(&letter)
}

/// Returns whether one pair of brackets stands around it all.
fn is_enclosed(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return false };
    let mut depth = 0_i32;
    inside.chars().all(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth >= 0
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("x", "x")]
    #[case(r"\alpha^2 + \beta_1", "α² + β₁")]
    #[case(r"E = mc^2", "E = mc²")]
    #[case(r"a\times b", "a × b")]
    #[case(r"x \leq y", "x ≤ y")]
    #[case(r"O(n \log n)", "O(n log n)")]
    #[case(r"2^{n-1}", "2ⁿ⁻¹")]
    #[case(r"x_{max}", "xₘₐₓ")]
    #[case(r"x_{i,j}", "x_(i,j)")]
    #[case(r"e^{i\pi}", "e^(iπ)")]
    #[case(r"\frac{a}{b}", "a/b")]
    #[case(r"\frac12", "1/2")]
    #[case(r"\frac{a+b}{2a}", "(a+b)/(2a)")]
    #[case(r"\frac{dy}{dx}", "dy/dx")]
    #[case(r"\frac{1}{2}x", "(1/2)x")]
    #[case(r"x\frac{1}{2}", "x(1/2)")]
    #[case(r"\frac{a}{b}^2", "(a/b)²")]
    #[case(r"\frac{\partial f}{\partial x}", "∂f/∂x")]
    #[case(r"\sqrt{x}", "√x")]
    #[case(r"\sqrt{x + 1}", "√(x + 1)")]
    #[case(r"\sqrt[3]{2}", "∛2")]
    #[case(r"\sum_{i=1}^{n} i", "∑ᵢ₌₁ⁿ i")]
    #[case(r"\int_0^\infty f(x)\,dx", "∫₀^∞ f(x) dx")]
    #[case(r"\lim_{x \to 0} f", "lim_(x → 0) f")]
    #[case(r"\forall x \in \mathbb{R}", "∀x ∈ ℝ")]
    #[case(r"f: A \to B", "f: A → B")]
    #[case(r"\left( \frac{a}{b} \right)", "( a/b )")]
    #[case(r"\{1, \ldots, n\}", "{1, …, n}")]
    #[case(r"90^\circ", "90°")]
    #[case(r"f'(x)", "f′(x)")]
    #[case(r"\vec{v}", "v\u{20d7}")]
    #[case(r"x \text{ if } y", "x if y")]
    #[case(r"\pm 1", "±1")]
    #[case(r"-\infty", "−∞")]
    #[case(r"2\sin x", "2 sin x")]
    #[case(r"\mathcal{L}(\theta)", "ℒ(θ)")]
    #[case(r"a \equiv b \pmod{n}", "a ≡ b (mod n)")]
    fn easy_formulas(#[case] latex: &str, #[case] expected: &str) {
        assert_eq!(unicode(latex).as_deref(), Some(expected));
    }

    #[rstest]
    #[case(r"\begin{matrix}a\end{matrix}")]
    #[case(r"a \\ b")]
    #[case("a & b")]
    #[case(r"\unknown")]
    #[case("{a")]
    #[case("a}")]
    #[case("x^")]
    #[case(r"\frac{a}")]
    #[case(r"\vec{ab}")]
    #[case(r"\")]
    #[case("")]
    fn others_keep_their_source(#[case] latex: &str) {
        assert_eq!(unicode(latex), None);
    }

    #[test]
    fn nothing_nests_too_deep_or_is_too_long() {
        assert_eq!(unicode(&"{".repeat(500)), None);
        assert_eq!(unicode(&format!("{}x{}", "^{".repeat(20), "}".repeat(20))), None);
        assert_eq!(unicode(&"x".repeat(5000)), None);
    }
}
