//! The core's way out: batches to the kernel, with an eye on what comes in meanwhile.

use crate::shared::Shared;
use crate::tcp::Pipes;
use crate::udp::{Inbox, Outbound, Places, Sockets};
use causerie_sfu::{Batch, Wire};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A burst to a thousand listeners is sixteen calls and 4 ms; the kernel's own buffer must not fill up meanwhile.
const LOOK_EVERY: usize = 4;

/// Where datagrams wait that were taken in during a burst.
pub type Porch = Arc<Mutex<Inbox>>;

/// One worker's sockets, seen from the core.
pub struct Line {
    sockets: Arc<Sockets>,
    outbound: Outbound,
    porch: Porch,
    pipes: Arc<Mutex<Pipes>>,
    shared: Arc<Shared>,
}

impl Line {
    /// A line through these sockets and these pipes; what comes in during a burst is left on the porch.
    pub fn new(
        sockets: Arc<Sockets>,
        places: Places,
        porch: Porch,
        pipes: Arc<Mutex<Pipes>>,
        shared: Arc<Shared>,
    ) -> Self {
        Self { sockets, outbound: Outbound::ready(places), porch, pipes, shared }
    }
}

impl Wire for Line {
    fn send(&mut self, batch: &Batch) {
        let mut others = 0;
        let mut letters = batch.datagrams().peekable();
        for calls in 1.. {
            let sent = self.outbound.send(&self.sockets, letters.by_ref());
            self.shared.counts.send.add(sent.dropped);
            others += sent.others;
            if letters.peek().is_none() {
                break;
            }
            if calls % LOOK_EVERY == 0 {
                self.porch.lock().unwrap_or_else(PoisonError::into_inner).fill(&self.sockets);
            }
        }
        if others > 0 {
            self.pipes.lock().unwrap_or_else(PoisonError::into_inner).send(Instant::now(), batch);
        }
    }
}
