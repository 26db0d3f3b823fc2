//! What a terminal keeps of the pictures it was sent, within a budget: a terminal that has too many drops some and
//! does not say which.

/// The most bytes of decoded pictures that are kept; kitty itself keeps 320 MiB.
pub(in super::super) const BUDGET: usize = 128 << 20;

/// The pictures that the terminal keeps.
#[derive(Debug, Default)]
pub(in super::super) struct ImageStore {
    /// Those used last are at the end.
    kept: Vec<StoredImage>,
    /// Pictures that the terminal may or may not have.
    doubtful: Vec<u32>,
}

#[derive(Debug)]
struct StoredImage {
    id: u32,
    bytes: usize,
}

impl ImageStore {
    /// Returns whether a picture is kept; if so, it is the last to be freed.
    pub(in super::super) fn touch(&mut self, id: u32) -> bool {
        let Some(index) = self.kept.iter().position(|kept| kept.id == id) else { return false };
        self.kept[index..].rotate_left(1);
        true
    }

    /// Stores a picture that takes `bytes`, and returns those that have to be freed for it; none that is `needed`.
    pub(in super::super) fn insert(&mut self, id: u32, bytes: usize, needed: &[u32]) -> Vec<u32> {
        self.doubtful.retain(|doubtful| *doubtful != id);
        let mut total = self.bytes() + bytes;
        let freed = self.kept.extract_if(.., |kept| {
            let goes = total > BUDGET && !needed.contains(&kept.id);
            total -= if goes { kept.bytes } else { 0 };
            goes
        });
        let freed = freed.map(|kept| kept.id).collect();
        self.kept.push(StoredImage { id, bytes });
        freed
    }

    /// Marks all pictures as doubtful.
    pub(in super::super) fn doubt(&mut self) {
        self.doubtful.extend(self.kept.drain(..).map(|kept| kept.id));
    }

    /// Returns the pictures in doubt, once: they are to be freed.
    pub(in super::super) fn drain_doubtful(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.doubtful)
    }

    /// Returns the bytes of all that is kept.
    pub(in super::super) fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THIRD: usize = BUDGET / 3;

    #[test]
    fn the_oldest_go_first_but_none_that_is_needed() {
        let mut store = ImageStore::default();
        for id in 1..=3 {
            assert!(store.insert(id, THIRD, &[]).is_empty());
        }
        assert!(store.touch(1), "it was used last now");
        assert_eq!(store.insert(4, THIRD, &[2]), [3]);
        assert_eq!(store.insert(5, 2 * THIRD, &[4]), [2, 1]);
        assert!(!store.touch(3) && store.touch(4) && store.touch(5));
        assert_eq!(store.bytes(), 3 * THIRD);
    }

    #[test]
    fn what_is_in_doubt_is_freed_unless_it_came_again() {
        let mut store = ImageStore::default();
        store.insert(1, 10, &[]);
        store.insert(2, 10, &[]);
        store.doubt();
        assert!(!store.touch(1));
        store.insert(2, 10, &[]);
        assert_eq!(store.drain_doubtful(), [1]);
        assert!(store.drain_doubtful().is_empty() && store.touch(2));
    }
}
