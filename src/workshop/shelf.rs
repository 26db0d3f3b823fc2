//! What is kept up to a weight. What it is, the shelf does not know.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Values by key; what was put there first goes first.
pub(super) struct Shelf<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<(K, usize)>,
    weight: usize,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { values: HashMap::new(), order: VecDeque::new(), weight: 0 }
    }
}

impl<K: Eq + Hash + Clone, V> Shelf<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.values.get(key)
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.values.get_mut(key)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.values.iter_mut()
    }

    /// Takes all values off but those that are to be kept.
    pub(super) fn retain(&mut self, keep: impl Fn(&K) -> bool) {
        self.values.retain(|key, _| keep(key));
        let weight = &mut self.weight;
        self.order.retain(|(key, own)| {
            let stays = keep(key);
            *weight -= if stays { 0 } else { *own };
            stays
        });
    }

    /// Puts a value of a weight on the shelf, and takes the oldest ones off while all weigh more than `most`: neither
    /// the new one nor any that is to be kept, however much they weigh.
    pub(super) fn put(
        &mut self,
        key: &K,
        value: V,
        (weight, most): (usize, usize),
        keep: impl Fn(&K) -> bool,
    ) {
        if self.values.insert(key.clone(), value).is_some() {
            return;
        }
        self.order.push_back((key.clone(), weight));
        self.weight += weight;
        self.trim(most, |other| other == key || keep(other));
    }

    /// Takes the oldest values off while all weigh more than `most`, but for those that are to be kept.
    pub(super) fn trim(&mut self, most: usize, keep: impl Fn(&K) -> bool) {
        let mut place = 0;
        while self.weight > most && place < self.order.len() {
            if keep(&self.order[place].0) {
                place += 1;
            } else if let Some((oldest, weight)) = self.order.remove(place) {
                self.values.remove(&oldest);
                self.weight -= weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_drops_what_came_first_and_is_not_wanted() {
        let mut shelf = Shelf::default();
        for key in 0..10 {
            shelf.put(&key, key, (10, 35), |&key| key == 2);
        }
        assert_eq!((0..10).filter(|key| shelf.get(key).is_some()).collect::<Vec<_>>(), [2, 8, 9]);
    }

    #[test]
    fn what_is_wanted_stays_however_heavy() {
        let mut shelf = Shelf::default();
        for key in 0..3 {
            shelf.put(&key, key, (100, 35), |_| true);
        }
        assert!((0..3).all(|key| shelf.get(&key).is_some()));
    }

    #[test]
    fn what_is_taken_off_weighs_no_more() {
        let mut shelf = Shelf::default();
        for key in 0..4 {
            shelf.put(&key, key, (10, 35), |_| true);
        }
        shelf.retain(|key| key % 2 == 1);
        shelf.put(&1, 1, (10, 35), |_| false);
        shelf.put(&5, 5, (10, 35), |_| false);
        assert_eq!((0..6).filter(|key| shelf.get(key).is_some()).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(shelf.weight, 30);
    }
}
