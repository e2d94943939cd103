//! News of connections on their way to Python: one entry for each peer, however much happens between two readings.

use crate::bell::Bell;
use causerie_sfu::{Change, Link, PeerKey};
use std::collections::HashMap;
use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What Python has not read yet.
pub struct Changes {
    dirty: Mutex<HashMap<PeerKey, Change>>,
    bell: Bell,
}

impl Changes {
    /// Nothing has happened yet.
    pub fn new() -> io::Result<Self> {
        Ok(Self { dirty: Mutex::default(), bell: Bell::new()? })
    }

    /// Remember the latest about a peer; an answer or refusal nobody has read yet is kept with it.
    pub fn tell(&self, change: Change) {
        let mut dirty = self.open();
        let first = dirty.is_empty();
        match dirty.get_mut(&change.peer) {
            Some(known) => overtake(known, change),
            None => _ = dirty.insert(change.peer, change),
        }
        drop(dirty);
        if first {
            self.bell.strike();
        }
    }

    /// Everything since the last reading, in no order.
    pub fn take(&self) -> Vec<Change> {
        // Quiet first: what is told after the taking strikes again.
        self.bell.still();
        std::mem::take(&mut *self.open()).into_values().collect()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<PeerKey, Change>> {
        self.dirty.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn overtake(known: &mut Change, change: Change) {
    let answer = change.answer.or(known.answer.take());
    let refusal = change.refusal.or(known.refusal);
    // Who is gone stays gone, whatever a slower thread still has to say.
    let (link, reason) =
        if known.link == Link::Gone { (known.link, known.reason) } else { (change.link, change.reason) };
    *known = Change { answer, refusal, link, reason, ..change };
}

impl AsRawFd for Changes {
    fn as_raw_fd(&self) -> RawFd {
        self.bell.as_raw_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::Changes;
    use causerie_sfu::{Change, Link, PeerKey, Reason, RoomKey};

    const ROOM: RoomKey = RoomKey(4);

    fn link(peer: u64, link: Link) -> Change {
        Change::link(PeerKey(peer), ROOM, link)
    }

    #[test]
    fn the_latest_is_told_once_with_the_answer_that_came_before() {
        let changes = Changes::new().expect("changes");
        let answered = Change { answer: Some("v=0".to_owned()), ..link(1, Link::New) };

        changes.tell(answered.clone());
        changes.tell(link(1, Link::Lost));
        changes.tell(link(1, Link::Up));
        let first = changes.take();

        assert_eq!(first, [Change { answer: answered.answer, ..link(1, Link::Up) }]);
        assert_eq!(changes.take(), []);
    }

    #[test]
    fn who_is_gone_stays_gone() {
        let changes = Changes::new().expect("changes");
        let gone = Change::gone(PeerKey(1), ROOM, Reason::Left);

        changes.tell(gone.clone());
        changes.tell(link(1, Link::Up));

        assert_eq!(changes.take(), [gone]);
    }
}
