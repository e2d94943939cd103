//! Those who have been answered and whose first checked datagram is awaited, by the word their checks begin with.

use crate::card::Card;
use crate::peer::Peer;
use crate::words::PeerKey;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everybody who is awaited, and where those went who came.
#[derive(Default)]
pub(crate) struct Expected {
    waiting: HashMap<String, Box<Peer>>,
    arrived: HashMap<String, Arc<Card>>,
}

/// To which worker a check belongs that came by no worker's socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// To any: its person is awaited, and will be where it goes.
    Any,
    /// To the one where its person is.
    With(usize),
    /// Nobody goes by that name.
    Nowhere,
}

/// Whom a check may be for.
pub(crate) enum Meant {
    /// Somebody awaited.
    Waiting(Box<Peer>),
    /// Somebody on another worker.
    With(usize),
    /// Nobody.
    Nobody,
}

impl Expected {
    pub fn await_one(&mut self, peer: Peer) {
        self.waiting.insert(peer.ufrag.clone(), Box::new(peer));
    }

    /// Take whoever this check is for, if `is_theirs` confirms it; a wrong one changes nothing.
    pub fn take(&mut self, ufrag: &str, worker: usize, is_theirs: impl FnOnce(&Peer) -> bool) -> Meant {
        if let Some(card) = self.arrived.get(ufrag) {
            return card.owner().filter(|owner| *owner != worker).map_or(Meant::Nobody, Meant::With);
        }
        if !self.waiting.get(ufrag).is_some_and(|peer| is_theirs(peer)) {
            return Meant::Nobody;
        }
        let Some(peer) = self.waiting.remove(ufrag) else { return Meant::Nobody };
        peer.card.own(worker);
        self.arrived.insert(ufrag.to_owned(), peer.card.clone());
        Meant::Waiting(peer)
    }

    /// Where a check belongs that begins with this word.
    pub fn home(&self, ufrag: &str) -> Home {
        let owner = self.arrived.get(ufrag).and_then(|card| card.owner());
        match owner {
            Some(worker) => Home::With(worker),
            None if self.waiting.contains_key(ufrag) => Home::Any,
            None => Home::Nowhere,
        }
    }

    /// Forget one who came and went.
    pub fn forget(&mut self, ufrag: &str) {
        self.arrived.remove(ufrag);
    }

    /// Do not wait for this one any more.
    pub fn dismiss(&mut self, peer: PeerKey) {
        self.waiting.retain(|_, waiting| waiting.card.peer != peer);
    }

    /// Those who did not come in time; and those who came and are gone are forgotten.
    pub fn overdue(&mut self, now: Instant) -> Vec<Arc<Card>> {
        self.arrived.retain(|_, card| !card.is_gone());
        let late = |peer: &Peer| now.saturating_duration_since(peer.entered) > PATIENCE;
        let late: Vec<_> =
            self.waiting.values().filter(|peer| late(peer)).map(|peer| peer.card.clone()).collect();
        self.waiting.retain(|_, peer| !late.iter().any(|card| card.peer == peer.card.peer));
        late
    }
}
