//! What the mixer is told beside what is said.

use causerie_sfu::RoomKey;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// One thing it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Hold a room's programme back so long.
    Hold(RoomKey, Duration),
    /// Drop what is held back of it.
    Dump(RoomKey),
    /// The room is over.
    Forget(RoomKey),
}

/// Orders the mixer has not read yet.
#[derive(Default)]
pub struct Orders(Mutex<Vec<Order>>);

impl Orders {
    /// Leave an order; it is read before the next tick.
    pub fn give(&self, order: Order) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(order);
    }

    /// All of them, in order.
    pub fn take(&self) -> Vec<Order> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
