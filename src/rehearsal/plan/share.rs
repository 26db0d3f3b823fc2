//! A time in shares that add up to it.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "an `f64` counts the seconds and words of a talk exactly"
)]

/// Returns the seconds in parts by weight, each a whole number; they add up to all of them. Where no weight is any, the
/// parts are equal.
pub(super) fn out(seconds: u64, weights: &[f64]) -> Vec<u64> {
    let weights: Vec<f64> = weights.iter().map(|&weight| if weight > 0.0 { weight } else { 0.0 }).collect();
    let sum: f64 = weights.iter().sum();
    let weight = |index: usize| {
        if sum > 0.0 && sum.is_finite() { weights[index] / sum } else { 1.0 / weights.len() as f64 }
    };
    let exact: Vec<f64> = (0..weights.len()).map(|index| seconds as f64 * weight(index)).collect();
    let mut parts: Vec<u64> = exact.iter().map(|part| part.floor() as u64).collect();
    // The largest remainders are rounded up; of equal ones the first.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&one, &other| exact[other].fract().total_cmp(&exact[one].fract()));
    let missing = seconds.saturating_sub(parts.iter().sum());
    for index in order.into_iter().take(missing as usize) {
        parts[index] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_remainder_is_rounded_up() {
        assert_eq!(out(10, &[1.0, 2.0, 2.0]), [2, 4, 4]);
        assert_eq!(out(10, &[1.0, 1.0, 1.5]), [3, 3, 4]);
        assert_eq!(out(10, &[0.0, 0.0, f64::NAN]), [4, 3, 3]);
        assert_eq!(out(0, &[1.0, 2.0]), [0, 0]);
        assert!(out(10, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn parts_add_up(seconds in 0_u64..3_000_000, weights in prop::collection::vec(0.0..1e6_f64, 1..200)) {
            prop_assert_eq!(out(seconds, &weights).iter().sum::<u64>(), seconds);
        }

        #[test]
        fn equal_parts_are_nearly_equal(seconds in 0_u64..3_000_000, count in 1_usize..2000) {
            let parts = out(seconds, &vec![1.0; count]);
            prop_assert_eq!(parts.iter().sum::<u64>(), seconds);
            let (least, most) = (parts.iter().min().unwrap(), parts.iter().max().unwrap());
            prop_assert!(most - least <= 1);
        }
    }
}
