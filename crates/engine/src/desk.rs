//! Where work that takes longer waits: answering offers, reading tapes. Whoever brings it goes on at once.

use causerie_sfu::{Gate, PeerKey, RoomKey};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many may wait; more would wait longer than a page does.
const PLACES: usize = 2048;

/// One piece of work, and what was wished for its peer while it waited.
struct Order<T> {
    peer: PeerKey,
    room: RoomKey,
    wishes: Wishes,
    /// None while it is being worked on.
    work: Option<T>,
}

/// What has to be done for a peer once it is there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// The latest gate somebody asked for.
    pub gate: Option<Gate>,
    /// It was asked to leave before it came.
    pub left: bool,
    /// Its room was closed before it came.
    pub closed: bool,
}

impl Wishes {
    /// Nobody waits for this peer any more.
    pub fn gone(self) -> bool {
        self.left || self.closed
    }
}

/// Work that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Whom it was for.
    pub peer: PeerKey,
    /// Where.
    pub room: RoomKey,
    /// What has been wished until now.
    pub wishes: Wishes,
    /// The work panicked.
    pub broken: bool,
}

/// A bounded queue with one thread behind it.
pub struct Desk<T> {
    queue: Mutex<Queue<T>>,
    came: Condvar,
}

struct Queue<T> {
    orders: VecDeque<Order<T>>,
    over: bool,
}

impl<T> Default for Desk<T> {
    fn default() -> Self {
        Self { queue: Mutex::new(Queue { orders: VecDeque::new(), over: false }), came: Condvar::new() }
    }
}

impl<T> Desk<T> {
    /// Bring work; false when too much waits already.
    #[must_use]
    pub fn bring(&self, peer: PeerKey, room: RoomKey, work: T) -> bool {
        let mut queue = self.open();
        if queue.over || queue.orders.len() >= PLACES {
            return false;
        }
        queue.orders.push_back(Order { peer, room, wishes: Wishes::default(), work: Some(work) });
        self.came.notify_one();
        true
    }

    /// Remember what is wished for whoever of these still waits here.
    pub fn wish(&self, whose: impl Fn(PeerKey, RoomKey) -> bool, wish: impl Fn(&mut Wishes)) {
        let mut queue = self.open();
        let waiting = queue.orders.iter_mut().filter(|order| whose(order.peer, order.room));
        waiting.for_each(|order| wish(&mut order.wishes));
    }

    /// Work until the desk is closed. `serve` does the work, `finish` is given what was wished meanwhile; during it no
    /// further wish can be made, so that none falls between the desk and whoever knows the peer from then on.
    pub fn run(&self, mut serve: impl FnMut(T, Wishes), mut finish: impl FnMut(Done)) {
        while let Some((work, wishes)) = self.next() {
            // One offer that breaks the library must not end the letting in of everybody else.
            let broken = catch_unwind(AssertUnwindSafe(|| serve(work, wishes))).is_err();
            let mut queue = self.open();
            if let Some(Order { peer, room, wishes, .. }) = queue.orders.pop_front() {
                finish(Done { peer, room, wishes, broken });
            }
        }
    }

    /// End the thread behind the desk; what waits is left undone.
    pub fn close(&self) {
        self.open().over = true;
        self.came.notify_all();
    }

    /// The oldest work. Its order stays in the queue while it is done, so that wishes still find it.
    fn next(&self) -> Option<(T, Wishes)> {
        let queue = self.open();
        let waiting = |queue: &mut Queue<T>| !queue.over && queue.orders.is_empty();
        let mut queue = self.came.wait_while(queue, waiting).unwrap_or_else(PoisonError::into_inner);
        if queue.over {
            return None;
        }
        let order = queue.orders.front_mut()?;
        Some((order.work.take()?, order.wishes))
    }

    fn open(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Desk, PLACES, Wishes};
    use causerie_sfu::{Gate, PeerKey, RoomKey};
    use std::cell::RefCell;

    const ROOM: RoomKey = RoomKey(1);

    #[test]
    fn work_is_done_in_order_with_what_was_wished_before_and_meanwhile() {
        let desk = Desk::default();
        let (begun, done) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        for peer in 1..=3 {
            assert!(desk.bring(PeerKey(peer), ROOM, peer));
        }

        desk.wish(|peer, _| peer == PeerKey(2), |wishes| wishes.gate = Some(Gate::Stage));
        desk.run(
            |peer, wishes| {
                begun.borrow_mut().push((peer, wishes.gate.is_some()));
                desk.wish(|_, _| peer == 1, |wishes| wishes.left = true);
                if peer == 3 {
                    desk.close();
                }
            },
            |over| done.borrow_mut().push((over.peer.0, over.wishes)),
        );

        let left = Wishes { left: true, ..Wishes::default() };
        let both = Wishes { gate: Some(Gate::Stage), ..left };
        assert_eq!(begun.into_inner(), [(1, false), (2, true), (3, false)]);
        assert_eq!(done.into_inner(), [(1, left), (2, both), (3, left)]);
    }

    #[test]
    fn too_much_work_is_refused_and_a_fault_costs_only_its_own() {
        let desk = Desk::default();
        let brought = (0..PLACES as u64 + 2).filter(|peer| desk.bring(PeerKey(*peer), ROOM, *peer)).count();
        let (served, broken) = (RefCell::new(0), RefCell::new(Vec::new()));

        std::panic::set_hook(Box::new(|_| ()));
        desk.run(
            |peer, _| {
                *served.borrow_mut() += 1;
                if peer == PLACES as u64 - 1 {
                    desk.close();
                }
                assert!(peer != 5, "this one is broken");
            },
            |over| broken.borrow_mut().extend(over.broken.then_some(over.peer.0)),
        );
        let _ = std::panic::take_hook();

        assert_eq!((brought, served.into_inner(), broken.into_inner()), (PLACES, PLACES, vec![5]));
    }
}
