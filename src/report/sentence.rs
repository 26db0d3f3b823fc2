//! The one sentence about a run that matters.

#![expect(clippy::cast_precision_loss, reason = "an `f64` counts the seconds of a talk exactly")]

use super::shown::{clock, shown, whole_difference};
use super::slide::SlideReport;
use super::summary::Summary;

/// From here on a sentence says minutes, and no seconds.
const IN_MINUTES: i64 = 120;

/// Returns the sentence; `tolerance`, in seconds, is how far from the plan is still on time.
///
/// | the run | the sentence |
/// |---|---|
/// | complete, within the tolerance | `on time: 58:10 of 60:00` |
/// | complete, longer | `6 min over; slide 21 cost 3:40 more than planned` |
/// | … for slides that have no plan | `6 min over; slides without a plan took 5:00` |
/// | complete, shorter | `4 min under; slide 3 took 1:10 less than planned` |
/// | … for slides that were passed over | `4 min under; 3 slides were left out` |
/// | complete, without a plan | `took 31:20; slide 7 took longest, 4:10` |
/// | partial | `partial: 12 of 32 slides in 18:10, 1:20 behind the plan of those`, or `ahead of`, or `on` it |
/// | partial, without a plan | `partial: 12 of 32 slides in 18:10` |
///
/// What is off by two minutes or more is said in minutes. The slide that is named is the one that differs most from its
/// plan in the direction of the whole talk; where none does, none is named.
pub(super) fn sentence(summary: &Summary, slides: &[SlideReport], tolerance: f64) -> String {
    let took = shown(summary.total_seconds);
    let over =
        summary.difference_seconds.map(|difference| whole_difference(summary.total_seconds, difference));
    let is_on_time = over.is_some_and(|over| over.unsigned_abs() as f64 <= tolerance);
    if !summary.complete {
        let pace = match over {
            None => String::new(),
            Some(_) if is_on_time => ", on the plan of those".to_owned(),
            Some(over @ 0..) => format!(", {} behind the plan of those", clock(over)),
            Some(over) => format!(", {} ahead of the plan of those", clock(over)),
        };
        let (shown, counted) = (summary.slides_shown, summary.slides_counted);
        return format!("partial: {shown} of {counted} slides in {took}{pace}");
    }
    match over {
        None => format!("took {took}{}", longest(slides)),
        Some(_) if is_on_time => {
            format!("on time: {took} of {}", shown(summary.planned_seconds.unwrap_or_default()))
        }
        Some(over @ 0..) => format!("{} over{}", off(over), dearest(slides, summary.total_seconds)),
        Some(under) => format!("{} under{}", off(under), cheapest(slides)),
    }
}

/// Returns by how much a talk is off, without its sign.
fn off(seconds: i64) -> String {
    let size = seconds.unsigned_abs();
    if size < IN_MINUTES.unsigned_abs() { clock(seconds) } else { format!("{} min", (size + 30) / 60) }
}

fn longest(slides: &[SlideReport]) -> String {
    let longest = slides.iter().rev().max_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let longest = longest.filter(|row| row.seconds > 0.0);
    longest
        .map(|row| format!("; slide {} took longest, {}", row.number, shown(row.seconds)))
        .unwrap_or_default()
}

fn dearest(slides: &[SlideReport], total_seconds: f64) -> String {
    let most = slides.iter().rev().max_by_key(|row| change(row));
    let cost = most.map_or(0, change);
    let planned = slides.iter().filter(|row| row.planned_seconds.is_some());
    let unplanned = total_seconds - planned.map(|row| row.seconds).sum::<f64>();
    match most {
        _ if unplanned >= 1.0 && unplanned > cost as f64 => {
            format!("; slides without a plan took {}", shown(unplanned))
        }
        Some(row) if cost > 0 => format!("; slide {} cost {} more than planned", row.number, clock(cost)),
        _ => String::new(),
    }
}

fn cheapest(slides: &[SlideReport]) -> String {
    let left_out = slides.iter().filter(|row| row.counts && !row.is_shown()).count();
    if left_out > 0 {
        return format!("; {left_out} slide{} left out", if left_out == 1 { " was" } else { "s were" });
    }
    let least = slides.iter().min_by_key(|row| change(row)).filter(|row| change(row) < 0);
    least
        .map(|row| format!("; slide {} took {} less than planned", row.number, clock(change(row))))
        .unwrap_or_default()
}

/// Returns how much more than planned a slide took, in whole seconds.
fn change(row: &SlideReport) -> i64 {
    row.difference_seconds.map_or(0, |difference| whole_difference(row.seconds, difference))
}
