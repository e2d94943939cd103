//! Where a person's datagrams come from and go to: only addresses that proved themselves are known or written to.

use crate::budget::Budget;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// A browser with several networks shows two to four addresses; who shows more keeps the latest.
const MOST: usize = 8;

/// The addresses of one connection.
pub(crate) struct Path {
    known: Vec<Known>,
    new: Budget,
    to: Option<Way>,
    last: Instant,
    last_check: Instant,
    last_answer: Instant,
}

/// From where to where we send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Way {
    pub from: SocketAddr,
    pub to: SocketAddr,
}

#[derive(Clone, Copy)]
struct Known {
    address: SocketAddr,
    /// When it last answered a check of ours, so that it can hear us: nobody can turn our sound on a stranger by a
    /// copied check.
    answered: Option<Instant>,
}

impl Path {
    pub fn new(now: Instant) -> Self {
        // 16 at once, then one each 5 s: an insider with 50,000 ports costs sixteen pairs, not a pair for each.
        let new = Budget::new(now, 16, Duration::from_secs(5));
        Self { known: Vec::new(), new, to: None, last: now, last_check: now, last_answer: now }
    }

    pub fn knows(&self, address: SocketAddr) -> bool {
        self.known.iter().any(|it| it.address == address)
    }

    /// There is room for one more new address now.
    pub fn may_grow(&mut self, now: Instant) -> bool {
        self.new.take(now)
    }

    /// A check with valid integrity came from here: know it from now on. Says which address had to be forgotten for it.
    pub fn checked(&mut self, now: Instant, address: SocketAddr) -> Option<SocketAddr> {
        self.last_check = now;
        self.last = now;
        if self.knows(address) {
            return None;
        }
        let in_use = |it: &Known| self.to.is_some_and(|way| way.to == it.address);
        let oldest = self.known.iter().position(|it| !in_use(it)).filter(|_| self.known.len() >= MOST);
        let forgotten = oldest.map(|at| self.known.remove(at).address);
        self.known.push(Known { address, answered: None });
        forgotten
    }

    /// Our own check was answered from here.
    pub fn answered(&mut self, now: Instant, address: SocketAddr) {
        if self.to.is_none_or(|way| way.to == address) {
            self.last_answer = now;
        }
        if let Some(known) = self.known.iter_mut().find(|it| it.address == address) {
            known.answered = Some(now);
        }
    }

    /// Something authentic came from here that only the chosen path carries: send there. Says whether that is new.
    pub fn follow(&mut self, way: Way) -> bool {
        let known = self.known.iter().find(|it| it.address == way.to);
        let Some(answered) = known.and_then(|it| it.answered).filter(|_| self.to != Some(way)) else {
            return false;
        };
        (self.to, self.last_answer) = (Some(way), answered);
        true
    }

    /// The first way, as the handshake took it.
    pub fn begin(&mut self, way: Way) -> bool {
        let first = self.to.is_none();
        self.to = self.to.or(Some(way));
        first
    }

    pub fn way(&self) -> Option<Way> {
        self.to
    }

    pub fn authentic(&mut self, now: Instant) {
        self.last = now;
    }

    /// When the person counts as lost, unless something comes: 5 s without anything authentic, or 8 s without a check
    /// (Firefox checks every 4 to 6 s), since who does not consent any more is about to be gone.
    pub fn lost_at(&self) -> Instant {
        (self.last + Duration::from_secs(5)).min(self.last_check + Duration::from_secs(8))
    }

    /// When we stop sending at the latest: RFC 7675 gives consent 30 s, counted from an answer to a check of ours.
    /// Checks of theirs are no consent.
    pub fn gone_at(&self) -> Instant {
        self.last_answer + Duration::from_secs(28)
    }

    pub fn addresses(&self) -> impl Iterator<Item = SocketAddr> {
        self.known.iter().map(|it| it.address)
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Way};
    use std::net::SocketAddr;
    use std::time::{Duration, Instant};

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], port))
    }

    fn way(port: u16) -> Way {
        Way { from: address(1), to: address(port) }
    }

    #[test]
    fn sound_follows_only_to_an_address_that_answered() {
        let now = Instant::now();
        let mut path = Path::new(now);
        path.checked(now, address(10));
        path.begin(way(10));
        path.checked(now, address(20));

        let before = path.follow(way(20));
        path.answered(now, address(20));
        let after = path.follow(way(20));

        assert_eq!((before, after, path.way()), (false, true, Some(way(20))));
    }

    #[test]
    fn many_addresses_push_out_the_oldest_but_never_the_one_in_use() {
        let now = Instant::now();
        let mut path = Path::new(now);
        path.checked(now, address(10));
        path.begin(way(10));

        let forgotten: Vec<_> = (20..30).filter_map(|port| path.checked(now, address(port))).collect();

        assert_eq!(forgotten, [20, 21, 22].map(address));
        assert!(path.knows(address(10)));
    }

    #[test]
    fn new_addresses_come_slowly_after_the_first_sixteen() {
        let now = Instant::now();
        let mut path = Path::new(now);

        let at_once = (0..100).filter(|_| path.may_grow(now)).count();
        let later = (0..100).filter(|_| path.may_grow(now + Duration::from_secs(11))).count();

        assert_eq!((at_once, later), (16, 2));
    }
}
