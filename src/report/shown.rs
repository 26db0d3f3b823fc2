//! Words and seconds of a record as people read them.

#![expect(clippy::cast_possible_truncation, reason = "an `i64` holds the seconds of a talk")]

use std::time::Duration;

use crate::text::{sanitize, shown_time};

/// Returns a time to the nearest second, as `3:40`.
pub fn shown(seconds: f64) -> String {
    clock(whole(seconds))
}

/// Returns by how much a time differs from another, as `+0:40` or `−1:10`; `difference` is part of `seconds`. It is that
/// of the two times as they are shown: a reader who subtracts them gets the same.
pub fn signed(seconds: f64, difference: f64) -> String {
    let difference = whole_difference(seconds, difference);
    let sign = match difference {
        0 => "",
        1.. => "+",
        _ => "\u{2212}",
    };
    format!("{sign}{}", clock(difference))
}

/// Returns the difference of two times in whole seconds, each of them rounded.
pub(super) fn whole_difference(seconds: f64, difference: f64) -> i64 {
    whole(seconds).saturating_sub(whole(seconds - difference))
}

/// Returns a length of time without its sign, as `3:40`.
pub(super) fn clock(seconds: i64) -> String {
    shown_time(Duration::from_secs(seconds.unsigned_abs()))
}

/// Returns words of a record in one line of printable characters: the file may come from another machine.
pub(super) fn clean(words: &str) -> String {
    sanitize(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns `seconds` rounded to thousandths; no stopwatch is more exact.
pub(super) fn thousandths(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn whole(seconds: f64) -> i64 {
    seconds.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(130.0, 40.0, "+0:40")]
    #[case(20.0, -70.0, "−1:10")]
    #[case(90.4, 0.4, "0:00")]
    #[case(90.6, 0.6, "+0:01")]
    // 1:20 is shown beside 1:30, though they are 9.6 seconds apart.
    #[case(80.4, -9.6, "−0:10")]
    #[case(f64::MAX, f64::INFINITY, "+2562047788015215:30:07")]
    fn differences_have_a_sign(#[case] seconds: f64, #[case] difference: f64, #[case] shown: &str) {
        assert_eq!(signed(seconds, difference), shown);
    }

    #[test]
    fn times_are_rounded() {
        assert_eq!(
            (shown(89.5), shown(89.4), shown(f64::NAN)),
            ("1:30".into(), "1:29".into(), "0:00".into())
        );
    }
}
