//! A talk's duration that its author only mentions, as on a title slide. It is a suggestion: nothing follows from it here.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an `f64` counts the seconds and words of a talk exactly"
)]

use std::sync::LazyLock;
use std::time::Duration;

use fancy_regex::{Captures, Regex};

use crate::deck::{Flags, Inline, Kind, Slide, walk};

/// A talk takes no less than this, in minutes; and no more.
const SHORTEST: f64 = 3.0;
const LONGEST: f64 = 12.0 * 60.0;

/// What is longer and not called a duration is a time of day.
const LONGEST_ALONE: f64 = 5.0 * 60.0;

/// What says that a time follows which something takes, in the languages of the decks that are read.
const NAME: &str = r"\b(?:duration|length|lasts|running\s+time|estimated\s+time|dur[ée]e|dure|temps\s+estimé
    |(?:vortrags)?dauer|dauert|redezeit|duraci[óo]n|dura|tiempo\s+estimado|durata|tempo\s+stimato)\b";

/// What says that a time is not exact.
const ABOUT: &str = r"(?:(?:about|around|approx|circa|ca|environ|env|etwa|rund|unos|aprox|max)\b\.?)?";

/// Some words may stand between a name and its time: `of the talk:`, `des Vortrags: ca.`
const BETWEEN: &str = r"(?:\b(?:approx|ca|env|aprox|max)\.|[^\d\n.;!?]){0,40}?";

/// What may stand around a time that is alone; signs of arithmetic are not among it.
const AROUND: &str = r"[^\p{L}\p{N}\n()+×*/<>%$€]*";

/// A time; it is none where it goes on as a range, a date or a product.
fn time(minutes: &str) -> String {
    let hours = r"(?:hours?|hrs?|heures?|horas?|h|stunden?|std\.?|ore|ora)(?!\p{L})";
    let link = r"\s*(?:and\b|et\b|und\b|y\b|e\b)?\s*";
    format!(
        r"(?: (?: (?<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?) | \b(?:an|one|une|eine|una|un['’]) ) \s*{hours}
              (?: {link}(?<more>[0-5]?\d)(?!\d)(?:\s*(?:m|{minutes})(?!\p{{L}}))? )?
            | (?<minutes>\d{{1,3}})[\s-]*{minutes} )
          (?![\p{{L}}\d]) (?!\s*(?:[-–—/x×]|to\b|or\b|à\b|ou\b|bis\b|oder\b|a\b|o\b)?\s*\d)"
    )
}

const MINUTES: &str = r"(?:minut(?:e[ns]?|os?|i)|mins?\.?|mn|['’′])";

/// A time behind its name.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let time = time(&format!("(?:m|{MINUTES})"));
    regex(&format!(r"(?<words>{NAME}{BETWEEN}{time})"))
});

/// A time that is alone in its line or in parentheses.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    let alone = format!(r"{AROUND}(?<words>{ABOUT}\s*{})", time(MINUTES));
    regex(&format!(r"(?:^|\(){alone}{AROUND}(?:$|\))"))
});

/// Returns the duration that the words of slides mention, and these words; see [`suggested`].
pub fn of_slides(slides: &[Slide]) -> Option<(Duration, String)> {
    let mut texts = Vec::new();
    for slide in slides {
        walk::each(&slide.blocks, &mut |block| match &block.kind {
            Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => texts.push(without_code(inlines)),
            _ => {}
        });
    }
    suggested(texts.iter().map(String::as_str))
}

/// Returns letters without those of code; a mark holds their place, so that no time becomes alone by it.
fn without_code(inlines: &[Inline]) -> String {
    let letters = |inline: &Inline| match inline {
        Inline::Text(_, marks) if marks.flags.contains(Flags::CODE) => "<>".to_owned(),
        Inline::Text(text, _) => text.clone(),
        Inline::Break => "\n".to_owned(),
    };
    inlines.iter().map(letters).collect()
}

/// Returns the duration that texts mention, and the words that do; none where several are mentioned, as in an agenda. A
/// duration follows a word that says so, or is alone in its line or in parentheses. The texts are words as they are shown,
/// without code.
pub fn suggested<'a>(texts: impl Iterator<Item = &'a str>) -> Option<(Duration, String)> {
    let lines: Vec<&str> = texts.flat_map(str::lines).collect();
    let all = |form: &Regex, longest: f64| -> Vec<(Duration, String)> {
        let found = lines.iter().flat_map(|line| form.captures_iter(line).map_while(Result::ok));
        found.filter_map(|found| read(&found, longest)).collect()
    };
    let named = all(&NAMED, LONGEST);
    let found = if named.is_empty() { all(&ALONE, LONGEST_ALONE) } else { named };
    <[_; 1]>::try_from(found).ok().map(|[one]| one)
}

/// Returns a time and its words, where a talk may take so long.
fn read(found: &Captures<'_>, longest: f64) -> Option<(Duration, String)> {
    let number = |name| found.name(name).map(|number| number.as_str().replace(',', ".").parse::<f64>());
    let number = |name| number(name).transpose().ok();
    // Without a number, it is one hour in words.
    let hours = number("hours")?.unwrap_or(1.0);
    let minutes = number("minutes")?.unwrap_or(hours * 60.0 + number("more")?.unwrap_or(0.0));
    let words = found.name("words")?.as_str().trim().to_owned();
    let is_talk = (SHORTEST..=longest).contains(&minutes);
    is_talk.then(|| (Duration::from_secs((minutes * 60.0).round() as u64), words))
}

fn regex(source: &str) -> Regex {
    Regex::new(&format!("(?ix){source}")).expect("it was compiled in a test")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Mercredi soir - durée ~1h", 60, "durée ~1h")]
    #[case("Durée : environ 1 h 30", 90, "Durée : environ 1 h 30")]
    #[case("Durée de la présentation : 1h30min", 90, "Durée de la présentation : 1h30min")]
    #[case("La conférence dure une heure.", 60, "dure une heure")]
    #[case("duration: 45 min", 45, "duration: 45 min")]
    #[case("Duration: 45m", 45, "Duration: 45m")]
    #[case("Length of the talk: 45 minutes + questions", 45, "Length of the talk: 45 minutes")]
    #[case("It lasts an hour and 15 minutes", 75, "lasts an hour and 15 minutes")]
    #[case("Estimated time: 1.5 hours", 90, "Estimated time: 1.5 hours")]
    #[case("Dauer: 90 Minuten", 90, "Dauer: 90 Minuten")]
    #[case("Dauer des Vortrags: ca. 1,5 Stunden", 90, "Dauer des Vortrags: ca. 1,5 Stunden")]
    #[case("Dauer 1 Std. 30 Min.", 90, "Dauer 1 Std. 30 Min.")]
    #[case("Duración de la charla: unos 45 minutos", 45, "Duración de la charla: unos 45 minutos")]
    #[case("Tiempo estimado: 150 minutos", 150, "Tiempo estimado: 150 minutos")]
    #[case("Durata: un'ora", 60, "Durata: un'ora")]
    #[case("durata 2 ore", 120, "durata 2 ore")]
    #[case("Kubernetes (30 minutes)", 30, "30 minutes")]
    #[case("Kubernetes (ca. 30 Min.)", 30, "ca. 30 Min.")]
    #[case("45 min", 45, "45 min")]
    #[case("⏱ ~ 45 min.", 45, "45 min.")]
    #[case("A talk\n- 1h30 -\nby somebody", 90, "1h30")]
    #[case("1h", 60, "1h")]
    #[case("duration: 8h", 480, "duration: 8h")]
    fn a_duration_is_found(#[case] text: &str, #[case] minutes: u64, #[case] words: &str) {
        assert_eq!(suggested([text].into_iter()), Some((Duration::from_mins(minutes), words.to_owned())));
    }

    #[rstest]
    fn what_is_no_duration_is_not_found(
        #[values(
            "timeout 30s",
            "duration: 30s",
            "in 2h we deploy",
            "a pod restarts after 5 min of waiting",
            "2 x 45 min",
            "Dauer: 2 x 45 min",
            "Dauer: 2 × 45 Minuten",
            "Duration: 45-60 min",
            "durée 1h-1h30",
            "duration: 1h to 2h",
            "2024-05-06",
            "Duration: 2024",
            "v1.2",
            "(v1.30)",
            "18h30",
            "(9h)",
            "14 h",
            "uptime 3h",
            "100m",
            "(45m)",
            "+15 min",
            "30 min/day",
            "minutes",
            "",
            "Zeitdauer",
            "abduration 30 min",
            "duration of the cache. It is 10 minutes long",
            "one hour of power",
            "1h 2h 3h",
            "duration: 99h",
            "(1 min)",
            "16 (10h ago)",
            "1 hourly",
            "5 minimal",
            "(20 min + 5 min)"
        )]
        text: &str,
    ) {
        assert_eq!(suggested([text].into_iter()), None);
    }

    #[test]
    fn an_agenda_is_no_duration() {
        assert_eq!(suggested(["Introduction (10 min)", "Demo (30 min)"].into_iter()), None);
        let both = ["Demo (30 min)", "Duration: 1h"];
        assert_eq!(suggested(both.into_iter()).map(|found| found.0), Some(Duration::from_hours(1)));
    }
}
