//! What becomes of a clock when its deck is edited.

use std::collections::{HashMap, HashSet};
use std::mem;

use super::{Clock, ClockPhase, Plan, PlanInput, Taken};
use crate::rehearsal::Now;

impl Clock {
    /// Takes the deck as it is written now, of which another slide may be shown. What its slides have taken they keep, by
    /// their content or, where only that has changed, by their place; what is gone has taken time all the same.
    pub fn edit(&mut self, input: PlanInput, slide: usize, now: Now) {
        self.advance(now);
        self.write_lap(now, None);
        let before = keys(&self.input);
        let renamed = renamed(&before, &keys(&input));
        let others: HashMap<&String, &String> = renamed.iter().map(|(old, new)| (old, new)).collect();
        let named = |key: String| others.get(&key).map_or(key, |other| (*other).clone());
        let visited = self.visited.and_then(|slide| before.get(slide).cloned()).map(named);
        let known = before.into_iter().map(named).zip(mem::take(&mut self.taken));
        let known: Vec<_> = known.chain(mem::take(&mut self.gone)).collect();
        self.replan(input);
        self.share_out(known);
        self.here.0 = slide;
        if self.phase == ClockPhase::Armed {
            return;
        }
        self.write_slides(now, renamed);
        self.visited = visited.filter(|key| *key == self.key(slide)).map(|_| slide);
        if self.phase == ClockPhase::Running {
            self.visit();
        }
    }

    /// Plans anew; what must be over at a time keeps the time that it had from its start on.
    fn replan(&mut self, input: PlanInput) {
        let total = self.input.budget.total;
        let has_end = self.phase != ClockPhase::Armed && self.input.end.is_some();
        self.set(input);
        if has_end {
            self.input.budget.total = total;
            self.plan = Plan::new(&self.input.entries, &self.input.budget);
        }
    }

    /// Gives the slides of now what they have taken, by their keys.
    pub(super) fn share_out(&mut self, known: Vec<(String, Taken)>) {
        let places: HashMap<String, usize> =
            keys(&self.input).into_iter().enumerate().map(|(place, key)| (key, place)).collect();
        for (key, taken) in known {
            match places.get(&key).and_then(|&place| self.taken.get_mut(place)) {
                Some(here) => {
                    here.time += taken.time;
                    here.visits += taken.visits;
                }
                None if taken.visits > 0 => self.gone.push((key, taken)),
                None => {}
            }
        }
    }
}

fn keys(input: &PlanInput) -> Vec<String> {
    input.entries.iter().map(|entry| entry.key.clone()).collect()
}

/// Returns which slides have other names now: between what is the same at both ends, as many slides as before.
fn renamed(before: &[String], after: &[String]) -> Vec<(String, String)> {
    let head = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[head..], &after[head..]);
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[..before.len() - tail], &after[..after.len() - tail]);
    if before.len() != after.len() {
        return Vec::new();
    }
    let (old, new): (HashSet<&String>, HashSet<&String>) = (before.iter().collect(), after.iter().collect());
    let is_new = |(one, other): &(&String, &String)| !new.contains(one) && !old.contains(other);
    before.iter().zip(after).filter(is_new).map(|(old, new)| (old.clone(), new.clone())).collect()
}
