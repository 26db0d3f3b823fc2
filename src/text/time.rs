//! Lengths of time, as people write and read them.

use std::time::Duration;

/// No talk is longer, in seconds.
const LONGEST: f64 = 30.0 * 24.0 * 3600.0;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Returns the length of time that was written: seconds as `90`, units as `10m`, `1h30` or `1h10m30s`, or `1:30` and
/// `1:30:00`. The units may be whole words, in any case, with blanks between: `3 mins 5 secs`. None where it is
/// something else. The grammar is Slidev's.
pub fn parse_time(written: &str) -> Option<Duration> {
    let written = written.trim().to_lowercase();
    let seconds = if written.contains(':') { clock(&written)? } else { units(&written)? };
    (seconds <= LONGEST).then(|| Duration::from_secs_f64(seconds))
}

fn clock(written: &str) -> Option<f64> {
    let parts: Vec<f64> = written.split(':').map(number).collect::<Option<_>>()?;
    (parts.len() <= 3).then(|| parts.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

fn units(written: &str) -> Option<f64> {
    if let Some(seconds) = number(written) {
        return Some(seconds);
    }
    let (mut rest, mut sum, mut last) = (written, 0.0, f64::INFINITY);
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let digits = digits.unwrap_or(rest.len());
        let count = number(&rest[..digits])?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
            // `1h30`, as it is written in French.
            "" if last > 1000.0 && last.is_finite() && rest.is_empty() => 60.0,
            _ => return None,
        };
        // `5s 10m` is a slip rather than a length of time.
        if unit >= last {
            return None;
        }
        (sum, last) = (sum + count * unit, unit);
        rest = rest[letters..].trim_start();
    }
    (last < f64::INFINITY).then_some(sum)
}

fn number(written: &str) -> Option<f64> {
    let is_plain = written.starts_with(|letter: char| letter.is_ascii_digit())
        && written.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    written.parse().ok().filter(|_| is_plain)
}

/// Returns minutes and seconds, as `0:42` and `60:00`; from 100 minutes on with hours, as `1:40:00`.
pub fn shown_time(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 100 * MINUTE {
        return format!("{}:{:02}", seconds / MINUTE, seconds % MINUTE);
    }
    format!("{}:{:02}:{:02}", seconds / HOUR, seconds / MINUTE % MINUTE, seconds % MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("90", 90.0)]
    #[case("10s", 10.0)]
    #[case("5m", 300.0)]
    #[case(" 60 Min ", 3600.0)]
    #[case("3mins 5secs", 185.0)]
    #[case("10.5m3s", 633.0)]
    #[case("1h10m30s", 4230.0)]
    #[case("1h30", 5400.0)]
    #[case("1:30", 90.0)]
    #[case("10:50.1", 650.1)]
    #[case("1:1:1", 3661.0)]
    #[case("2 hours", 7200.0)]
    fn lengths_of_time_are_read(#[case] written: &str, #[case] seconds: f64) {
        assert_eq!(parse_time(written), Some(Duration::from_secs_f64(seconds)));
    }

    #[rstest]
    fn what_is_none_is_not_guessed(
        #[values(
            "", "soon", "-5m", "5", "m5", "1:2:3:4", ":", "1h1h", "5s 10m", "10m30", "1h30 5s", "5 x", "1e9",
            "9999h", "inf", "1..2"
        )]
        written: &str,
    ) {
        let expected = (written == "5").then_some(Duration::from_secs(5));
        assert_eq!(parse_time(written), expected);
    }

    #[rstest]
    #[case(0, "0:00")]
    #[case(42, "0:42")]
    #[case(3600, "60:00")]
    #[case(5999, "99:59")]
    #[case(6000, "1:40:00")]
    fn lengths_of_time_are_shown(#[case] seconds: u64, #[case] shown: &str) {
        assert_eq!(shown_time(Duration::from_secs(seconds)), shown);
    }
}
