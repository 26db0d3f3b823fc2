//! A cache with a limit on the weight of its values.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// The weight of a value, and the limit that holds when it is inserted, in the caller's unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    /// The value's own weight.
    pub(super) own: usize,
    /// The most that all values together may weigh.
    pub(super) most: usize,
}

/// Values by key. The oldest are evicted first.
pub(super) struct WeightedCache<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<(K, usize)>,
    weight: usize,
}

impl<K, V> Default for WeightedCache<K, V> {
    fn default() -> Self {
        Self { values: HashMap::new(), order: VecDeque::new(), weight: 0 }
    }
}

impl<K: Eq + Hash + Clone, V> WeightedCache<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.values.get(key)
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.values.get_mut(key)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.values.iter_mut()
    }

    /// Removes all values but those for whose keys `keep` is true.
    pub(super) fn retain(&mut self, keep: impl Fn(&K) -> bool) {
        self.values.retain(|key, _| keep(key));
        let weight = &mut self.weight;
        self.order.retain(|(key, own)| {
            let stays = keep(key);
            *weight -= if stays { 0 } else { *own };
            stays
        });
    }

    /// Inserts a value where the key has none, and replaces it where it has one. While all weigh too much, evicts the
    /// oldest: neither the new one nor any for whose key `keep` is true, however much they weigh.
    pub(super) fn insert(&mut self, key: &K, value: V, weight: Weight, keep: impl Fn(&K) -> bool) {
        if self.values.insert(key.clone(), value).is_some() {
            return;
        }
        self.order.push_back((key.clone(), weight.own));
        self.weight += weight.own;
        self.trim(weight.most, |other| other == key || keep(other));
    }

    /// Evicts the oldest values while all weigh more than `most`, but for those for whose keys `keep` is true.
    pub(super) fn trim(&mut self, most: usize, keep: impl Fn(&K) -> bool) {
        let mut nth = 0;
        while self.weight > most && nth < self.order.len() {
            if keep(&self.order[nth].0) {
                nth += 1;
            } else if let Some((oldest, weight)) = self.order.remove(nth) {
                self.values.remove(&oldest);
                self.weight -= weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(own: usize) -> Weight {
        Weight { own, most: 35 }
    }

    #[test]
    fn a_full_cache_drops_what_came_first_and_is_not_wanted() {
        let mut cache = WeightedCache::default();
        for key in 0..10 {
            cache.insert(&key, key, weight(10), |&key| key == 2);
        }
        assert_eq!((0..10).filter(|key| cache.get(key).is_some()).collect::<Vec<_>>(), [2, 8, 9]);
    }

    #[test]
    fn what_is_wanted_stays_however_heavy() {
        let mut cache = WeightedCache::default();
        for key in 0..3 {
            cache.insert(&key, key, weight(100), |_| true);
        }
        assert!((0..3).all(|key| cache.get(&key).is_some()));
    }

    #[test]
    fn what_is_taken_off_weighs_no_more() {
        let mut cache = WeightedCache::default();
        for key in 0..4 {
            cache.insert(&key, key, weight(10), |_| true);
        }
        cache.retain(|key| key % 2 == 1);
        cache.insert(&1, 1, weight(10), |_| false);
        cache.insert(&5, 5, weight(10), |_| false);
        assert_eq!((0..6).filter(|key| cache.get(key).is_some()).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(cache.weight, 30);
    }
}
