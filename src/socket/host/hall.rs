//! Who is joined to a talk, what waits for each, and who waits for whom. Nothing is read or written here, so that nobody waits
//! for long.

use std::collections::BTreeMap;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::mail::{Letter, Mail};
use super::{GuestId, News};
use crate::protocol::Request;

/// So many may be joined at once: a speaker's consoles and scripts are few, and each takes two threads.
const MOST_GUESTS: usize = 16;

/// Hears what happens. It is called while the hall is held: it neither waits nor comes back.
type Tell = Box<dyn Fn(News) + Send>;

/// All who are joined to a talk.
pub(super) struct Hall {
    inside: Mutex<Inside>,
    /// Somebody has left.
    left: Condvar,
}

struct Inside {
    seats: BTreeMap<GuestId, Seat>,
    /// So many have come so far.
    came: u64,
    is_closed: bool,
    tell: Tell,
}

/// What is known of one guest.
struct Seat {
    stream: Arc<UnixStream>,
    mail: Mail,
    /// Something of this seat has changed.
    bell: Arc<Condvar>,
    follows: bool,
    /// Whether it waits for an answer.
    asks: bool,
    /// Whether it is gone when it has heard what waits for it.
    parts: bool,
}

impl Seat {
    fn put(&mut self, letter: Letter) {
        self.mail.put(letter);
        self.bell.notify_all();
    }
}

impl Inside {
    fn followers(&self) -> usize {
        self.seats.values().filter(|seat| seat.follows).count()
    }
}

impl Hall {
    pub(super) fn new(tell: Tell) -> Self {
        let inside = Inside { seats: BTreeMap::new(), came: 0, is_closed: false, tell };
        Self { inside: Mutex::new(inside), left: Condvar::new() }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Whoever panicked has changed nothing by halves.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a guest in, and has `first` told to it; none where all seats are taken, or the talk is over.
    pub(super) fn enter(&self, stream: Arc<UnixStream>, first: Letter) -> Option<GuestId> {
        let mut inside = self.inside();
        if inside.is_closed || inside.seats.len() >= MOST_GUESTS {
            return None;
        }
        let mut mail = Mail::default();
        mail.put(first);
        let bell = Arc::default();
        let guest = GuestId(inside.came);
        inside.came += 1;
        let seat = Seat { stream, mail, bell, follows: false, asks: false, parts: false };
        inside.seats.insert(guest, seat);
        Some(guest)
    }

    /// Forgets a guest.
    pub(super) fn leave(&self, guest: GuestId) {
        let mut inside = self.inside();
        if let Some(seat) = inside.seats.remove(&guest) {
            seat.bell.notify_all();
            if seat.follows {
                (inside.tell)(News::Followers(inside.followers()));
            }
        }
        self.left.notify_all();
    }

    /// Nothing more will come from a guest.
    pub(super) fn part(&self, guest: GuestId) {
        if let Some(seat) = self.inside().seats.get_mut(&guest) {
            seat.parts = true;
            seat.bell.notify_all();
        }
    }

    /// Waits for the next line that a guest is told; none when there will be no more.
    pub(super) fn next(&self, guest: GuestId) -> Option<Letter> {
        let mut inside = self.inside();
        loop {
            let seat = inside.seats.get_mut(&guest)?;
            match seat.mail.next() {
                Some(letter) => return Some(letter),
                None if seat.parts => return None,
                None => {
                    let bell = Arc::clone(&seat.bell);
                    inside = bell.wait(inside).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// Tells of a guest's request, and waits until it is answered; returns whether the guest may ask on.
    pub(super) fn ask(&self, guest: GuestId, request: Request) -> bool {
        let mut inside = self.inside();
        let Some(seat) = inside.seats.get_mut(&guest) else { return false };
        seat.asks = true;
        let bell = Arc::clone(&seat.bell);
        (inside.tell)(News::Asked(guest, request));
        let waits =
            |inside: &mut Inside| inside.seats.get(&guest).is_some_and(|seat| seat.asks && !seat.parts);
        inside = bell.wait_while(inside, waits).unwrap_or_else(PoisonError::into_inner);
        inside.seats.get(&guest).is_some_and(|seat| !seat.parts)
    }

    /// Puts a line into a guest's mail, and lets it ask again where that is the answer.
    pub(super) fn send(&self, guest: GuestId, letter: Letter, is_answer: bool) {
        if let Some(seat) = self.inside().seats.get_mut(&guest) {
            seat.asks &= !is_answer;
            seat.put(letter);
        }
    }

    /// Puts a line into the mail of all followers.
    pub(super) fn tell(&self, letter: &Letter) {
        self.inside()
            .seats
            .values_mut()
            .filter(|seat| seat.follows)
            .for_each(|seat| seat.put(letter.clone()));
    }

    pub(super) fn follow(&self, guest: GuestId) {
        let mut inside = self.inside();
        let is_new =
            inside.seats.get_mut(&guest).is_some_and(|seat| !std::mem::replace(&mut seat.follows, true));
        if is_new {
            (inside.tell)(News::Followers(inside.followers()));
        }
    }

    pub(super) fn followers(&self) -> usize {
        self.inside().followers()
    }

    /// Says that somebody was refused.
    pub(super) fn refuse(&self, why: String) {
        (self.inside().tell)(News::Refused(why));
    }

    /// Sends all guests away when they have heard what waits for them, at the latest after `time`; nothing is told any more.
    pub(super) fn close(&self, time: Duration) {
        let mut inside = self.inside();
        inside.is_closed = true;
        inside.tell = Box::new(|_| {});
        for seat in inside.seats.values_mut() {
            seat.parts = true;
            seat.bell.notify_all();
        }
        let is_full = |inside: &mut Inside| !inside.seats.is_empty();
        let waited = self.left.wait_timeout_while(inside, time, is_full);
        let (inside, _) = waited.unwrap_or_else(PoisonError::into_inner);
        for seat in inside.seats.values() {
            let _ = seat.stream.shutdown(Shutdown::Both);
        }
    }
}
