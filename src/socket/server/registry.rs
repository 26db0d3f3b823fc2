//! The peers of a talk: what waits for each, and which of them waits for an answer. Nothing is read or written here, so that
//! the lock is held briefly.

use std::collections::BTreeMap;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::event::{PeerId, ServerEvent};
use super::outbox::{Outbox, SharedMessage};
use crate::protocol::Request;

/// How many peers may be connected at once: a speaker's consoles and scripts are few, and each takes two threads.
const MOST_PEERS: usize = 16;

/// Called with the registry locked: must not block, and must not call the registry.
type OnEvent = Box<dyn Fn(ServerEvent) + Send>;

/// All peers of a talk.
pub(super) struct PeerRegistry {
    state: Mutex<RegistryState>,
    /// Signalled when a peer was removed.
    removed: Condvar,
}

struct RegistryState {
    peers: BTreeMap<PeerId, Peer>,
    /// How many peers there have been so far.
    accepted: u64,
    is_closed: bool,
    on_event: OnEvent,
}

/// What is known of one peer.
struct Peer {
    stream: Arc<UnixStream>,
    outbox: Outbox,
    /// Signalled when something of this peer has changed.
    wakeup: Arc<Condvar>,
    is_follower: bool,
    awaits_answer: bool,
    /// Whether it is removed once its outbox is empty.
    is_leaving: bool,
}

impl Peer {
    fn push(&mut self, message: SharedMessage) {
        self.outbox.push(message);
        self.wakeup.notify_all();
    }

    fn leave(&mut self) {
        self.is_leaving = true;
        self.wakeup.notify_all();
    }
}

impl RegistryState {
    fn followers(&self) -> usize {
        self.peers.values().filter(|peer| peer.is_follower).count()
    }
}

impl PeerRegistry {
    pub(super) fn new(on_event: OnEvent) -> Self {
        let state = RegistryState { peers: BTreeMap::new(), accepted: 0, is_closed: false, on_event };
        Self { state: Mutex::new(state), removed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, RegistryState> {
        // Every change is made whole before anything can panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a peer, whose first message is `first`; none where the registry is full, or the talk is over.
    pub(super) fn add(&self, stream: Arc<UnixStream>, first: SharedMessage) -> Option<PeerId> {
        let mut state = self.lock();
        if state.is_closed || state.peers.len() >= MOST_PEERS {
            return None;
        }
        let mut outbox = Outbox::default();
        outbox.push(first);
        let wakeup = Arc::default();
        let id = PeerId(state.accepted);
        state.accepted += 1;
        let peer =
            Peer { stream, outbox, wakeup, is_follower: false, awaits_answer: false, is_leaving: false };
        state.peers.insert(id, peer);
        Some(id)
    }

    /// Removes a peer.
    pub(super) fn remove(&self, id: PeerId) {
        let mut state = self.lock();
        if let Some(peer) = state.peers.remove(&id) {
            peer.wakeup.notify_all();
            if peer.is_follower {
                (state.on_event)(ServerEvent::Followers(state.followers()));
            }
        }
        self.removed.notify_all();
    }

    /// Removes a peer once its outbox is empty: it sends no more requests.
    pub(super) fn leave(&self, id: PeerId) {
        if let Some(peer) = self.lock().peers.get_mut(&id) {
            peer.leave();
        }
    }

    /// Waits for the next message to a peer; none when there will be no more.
    pub(super) fn next_message(&self, id: PeerId) -> Option<SharedMessage> {
        let mut state = self.lock();
        loop {
            let peer = state.peers.get_mut(&id)?;
            match peer.outbox.pop() {
                Some(message) => return Some(message),
                None if peer.is_leaving => return None,
                None => {
                    let wakeup = Arc::clone(&peer.wakeup);
                    state = wakeup.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// Reports a peer's request, and waits until it is answered; returns whether the peer may send another.
    pub(super) fn request(&self, id: PeerId, request: Request) -> bool {
        let mut state = self.lock();
        let Some(peer) = state.peers.get_mut(&id) else { return false };
        peer.awaits_answer = true;
        let wakeup = Arc::clone(&peer.wakeup);
        (state.on_event)(ServerEvent::Asked(id, request));
        let waits = |state: &mut RegistryState| {
            state.peers.get(&id).is_some_and(|peer| peer.awaits_answer && !peer.is_leaving)
        };
        state = wakeup.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner);
        state.peers.get(&id).is_some_and(|peer| !peer.is_leaving)
    }

    /// Puts a message into a peer's outbox.
    pub(super) fn send(&self, id: PeerId, message: SharedMessage) {
        if let Some(peer) = self.lock().peers.get_mut(&id) {
            peer.push(message);
        }
    }

    /// Puts the answer to a peer's request into its outbox, after which its next request is read.
    pub(super) fn answer(&self, id: PeerId, message: SharedMessage) {
        if let Some(peer) = self.lock().peers.get_mut(&id) {
            peer.awaits_answer = false;
            peer.push(message);
        }
    }

    /// Puts a message into the outboxes of all followers.
    pub(super) fn broadcast(&self, message: &SharedMessage) {
        let mut state = self.lock();
        let followers = state.peers.values_mut().filter(|peer| peer.is_follower);
        followers.for_each(|peer| peer.push(message.clone()));
    }

    pub(super) fn follow(&self, id: PeerId) {
        let mut state = self.lock();
        let is_new =
            state.peers.get_mut(&id).is_some_and(|peer| !std::mem::replace(&mut peer.is_follower, true));
        if is_new {
            (state.on_event)(ServerEvent::Followers(state.followers()));
        }
    }

    pub(super) fn followers(&self) -> usize {
        self.lock().followers()
    }

    /// Reports that somebody was refused.
    pub(super) fn refuse(&self, why: String) {
        (self.lock().on_event)(ServerEvent::Refused(why));
    }

    /// Removes all peers once their outboxes are empty, at the latest after `time`. No event is reported any more.
    pub(super) fn close(&self, time: Duration) {
        let mut state = self.lock();
        state.is_closed = true;
        state.on_event = Box::new(|_| {});
        state.peers.values_mut().for_each(Peer::leave);
        let is_full = |state: &mut RegistryState| !state.peers.is_empty();
        let waited = self.removed.wait_timeout_while(state, time, is_full);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        for peer in state.peers.values() {
            let _ = peer.stream.shutdown(Shutdown::Both);
        }
    }
}
