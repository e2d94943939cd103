//! The core's way out: batches to the kernel, with an eye on what comes in meanwhile.

use crate::shared::Shared;
use crate::tcp::Pipes;
use crate::udp::{Inbox, Outbound, Places};
use causerie_sfu::{BATCH, Datagram, Wire};
use std::net::UdpSocket;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A burst to a thousand listeners is sixteen batches and 3 ms; the kernel's own buffer must not fill up meanwhile.
const LOOK_EVERY: usize = 4;

/// Where datagrams wait that were taken in during a burst.
pub type Porch = Arc<Mutex<Inbox>>;

/// One worker's socket, seen from the core.
pub struct Line {
    socket: Arc<UdpSocket>,
    outbound: Outbound,
    porch: Porch,
    pipes: Arc<Mutex<Pipes>>,
    shared: Arc<Shared>,
    batches: usize,
}

impl Line {
    /// A line through this socket and these pipes; what comes in during a burst is left on the porch.
    pub fn new(
        socket: Arc<UdpSocket>,
        places: Places,
        porch: Porch,
        pipes: Arc<Mutex<Pipes>>,
        shared: Arc<Shared>,
    ) -> Self {
        Self { socket, outbound: Outbound::ready(places), porch, pipes, shared, batches: 0 }
    }
}

impl Wire for Line {
    fn send(&mut self, batch: &[Datagram]) {
        let letters = batch.iter().map(|datagram| (datagram.from, datagram.to, datagram.bytes()));
        let sent = self.outbound.send(&self.socket, letters);
        self.shared.counts.send.add(sent.dropped);
        if sent.others > 0 {
            self.pipes.lock().unwrap_or_else(PoisonError::into_inner).send(Instant::now(), batch);
        }
        if batch.len() < BATCH {
            self.batches = 0;
            return;
        }
        self.batches += 1;
        if self.batches.is_multiple_of(LOOK_EVERY) {
            self.porch.lock().unwrap_or_else(PoisonError::into_inner).fill(&self.socket);
        }
    }
}
