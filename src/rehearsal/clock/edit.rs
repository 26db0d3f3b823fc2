//! What becomes of a clock when its deck is edited. How decks are compared otherwise is not known here.

use super::{Agenda, Clock, Phase, Plan};
use crate::rehearsal::{Line, Moment};

impl Clock {
    /// Takes the deck as it is written now. What its slides have taken they keep, by their content or, where only that has
    /// changed, by their place.
    pub fn edit(&mut self, agenda: Agenda, slide: usize, now: Moment) {
        self.advance(now);
        self.write_lap(now, None);
        let before: Vec<String> = self.agenda.entries.iter().map(|entry| entry.key.clone()).collect();
        let after: Vec<String> = agenda.entries.iter().map(|entry| entry.key.clone()).collect();
        let renamed = renamed(&before, &after);
        let old = std::mem::take(&mut self.taken);
        let end = self.agenda.end;
        let total = self.agenda.budget.total;
        self.set(agenda);
        if self.phase != Phase::Armed && end.is_some() {
            self.agenda.budget.total = total;
            self.plan = Plan::new(&self.agenda.entries, &self.agenda.budget);
        }
        for (key, taken) in before.iter().zip(old) {
            let now = renamed.iter().find(|(old, _)| old == key).map_or(key, |(_, new)| new);
            match after.iter().position(|after| after == now) {
                Some(index) => {
                    self.taken[index].time += taken.time;
                    self.taken[index].visits += taken.visits;
                }
                // A slide that is gone took time all the same.
                None => self.taken_back += taken.time,
            }
        }
        self.here = (slide, self.here.1);
        if self.phase != Phase::Armed {
            let slides = self.listed();
            let planned_seconds = self.plan.total.map(|time| time.as_secs_f64());
            self.lines.push(Line::Edited { at: now.wall, slides, renamed, planned_seconds });
            self.visited = Some(slide);
        }
    }
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
    let is_new = |(old, new): &(&String, &String)| !after.contains(old) && !before.contains(new);
    before.iter().zip(after).filter(is_new).map(|(old, new)| (old.clone(), new.clone())).collect()
}
