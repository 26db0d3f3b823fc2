//! What earlier runs say: which of them is meant, and what a slide usually takes. A slide is the same one where its content
//! is.

use super::Run;

/// How many of the last runs say what is usual.
pub const LOOKED_AT: usize = 5;

/// Which of the runs is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RunChoice {
    /// The last complete one; where there is none, the last one.
    #[default]
    Last,
    /// The complete one nearest to its plan; without a plan, the shortest.
    Best,
    /// The one with this number, from 1, the oldest first.
    Number(usize),
}

/// Returns the index of the run that is meant; `runs` has the oldest first.
pub fn choose(runs: &[Run], which: RunChoice) -> Option<usize> {
    let whole = |run: &Run| run.complete && run.counts();
    match which {
        RunChoice::Last => runs.iter().rposition(whole).or(runs.len().checked_sub(1)),
        RunChoice::Best => {
            let all = runs.iter().enumerate().filter(|(_, run)| whole(run));
            let off = |run: &Run| distance(run.total_seconds(), run.header.planned_seconds);
            all.min_by(|(_, one), (_, other)| off(one).total_cmp(&off(other))).map(|(index, _)| index)
        }
        RunChoice::Number(number) => number.checked_sub(1).filter(|&index| index < runs.len()),
    }
}

/// Returns what a slide took in each of the last runs in which it was shown, in seconds, the oldest first.
pub fn laps(runs: &[Run], key: &str) -> Vec<f64> {
    let all = runs.iter().filter(|run| run.counts()).filter_map(|run| run.spent.get(key));
    let mut seconds: Vec<f64> = all.filter(|spent| spent.visits > 0).map(|spent| spent.seconds).collect();
    seconds.split_off(seconds.len().saturating_sub(LOOKED_AT))
}

/// Returns the middle of some times; of an even number of them, what lies between the two in the middle.
pub fn median(times: &[f64]) -> Option<f64> {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let (low, high) = (times.len().checked_sub(1)? / 2, times.len() / 2);
    Some(f64::midpoint(times[low], times[high]))
}

/// Returns the time that is nearest to the plan; without a plan, the shortest.
pub fn best(times: &[f64], planned: Option<f64>) -> Option<f64> {
    let off = |time: f64| distance(time, planned);
    times.iter().copied().min_by(|one, other| off(*one).total_cmp(&off(*other)))
}

fn distance(seconds: f64, planned: Option<f64>) -> f64 {
    planned.map_or(seconds, |planned| (seconds - planned).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_found() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0]), Some(2.5));
    }

    #[test]
    fn the_best_is_nearest_to_the_plan() {
        assert_eq!(best(&[50.0, 80.0, 120.0], Some(90.0)), Some(80.0));
        assert_eq!(best(&[50.0, 80.0, 120.0], None), Some(50.0));
    }
}
