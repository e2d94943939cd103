//! One worker's pipes.

use super::pipe::{AT_ONCE, Arrival, Broken, Pipe};
use super::watch::Watch;
use crate::shared::Shared;
use causerie_sfu::{Batch, Sfu, pipe};
use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often those are closed whose people are gone, or have found another way.
const SWEEP: Duration = Duration::from_secs(1);

/// A datagram that came through a pipe.
pub struct Received {
    /// The pipe's address.
    pub from: SocketAddr,
    /// To which address of ours.
    pub to: SocketAddr,
    /// How long it is.
    pub length: usize,
}

/// All pipes that lead to people of one worker, by their addresses.
pub struct Pipes {
    shared: Arc<Shared>,
    watch: Watch,
    open: HashMap<SocketAddr, Pipe>,
    /// Those with something that was read and not taken yet.
    full: Vec<SocketAddr>,
    /// Those whose first check has not been looked at.
    fresh: Vec<SocketAddr>,
    scratch: Box<[u8; AT_ONCE]>,
    sweep_at: Instant,
}

impl Pipes {
    /// None yet.
    pub fn new(shared: Arc<Shared>) -> io::Result<Self> {
        let (watch, scratch) = (Watch::new()?, Box::new([0; AT_ONCE]));
        let (open, sweep_at) = (HashMap::new(), Instant::now());
        Ok(Self { shared, watch, open, full: Vec::new(), fresh: Vec::new(), scratch, sweep_at })
    }

    /// A connection belongs here from now on, once its first check proves valid.
    pub fn enter(&mut self, arrival: Arrival) {
        let (from, stream) = (arrival.from, arrival.stream.as_raw_fd());
        if self.watch.add(stream, name(from)).is_err() {
            return self.shared.counts.tcp_refused.add(1);
        }
        let address = pipe::by_tcp(from);
        self.close(address);
        self.open.insert(address, Pipe::new(arrival));
        self.shared.counts.tcp_connections.add(1);
        self.full.push(address);
        self.fresh.push(address);
    }

    /// Read what has come, and send on where there is room again; says whether there is anything to take.
    pub fn look(&mut self, now: Instant) -> bool {
        if self.open.is_empty() {
            return false;
        }
        for ready in self.watch.ready() {
            let address = pipe::by_tcp(place(ready.name));
            if ready.writes {
                self.with(address, |pipe, _| pipe.flush(now));
            }
            if ready.reads && self.with(address, |pipe, scratch| pipe.read(scratch).map(|()| 0)) {
                self.full.push(address);
            }
        }
        !self.full.is_empty()
    }

    /// The next datagram of what was read.
    pub fn take(&mut self, into: &mut [u8]) -> Option<Received> {
        while let Some(from) = self.full.last().copied() {
            match self.open.get_mut(&from).map(|pipe| (pipe.to, pipe.take(into))) {
                Some((to, Ok(Some(length)))) => return Some(Received { from, to, length }),
                Some((_, Err(Broken))) => self.close(from),
                Some((_, Ok(None))) | None => {}
            }
            self.full.pop();
        }
        None
    }

    /// Close what just came and was not meant for anybody here, and from time to time what is of no use any more.
    pub fn keep(&mut self, now: Instant, sfu: &Sfu) {
        for address in std::mem::take(&mut self.fresh) {
            if self.open.contains_key(&address) && !sfu.knows(address) {
                self.close(address);
                self.shared.counts.tcp_refused.add(1);
            }
        }
        if now >= self.sweep_at {
            self.sweep_at = now + SWEEP;
            let idle: Vec<_> = self.open.keys().filter(|address| !sfu.needs(**address)).copied().collect();
            idle.into_iter().for_each(|address| self.close(address));
        }
    }

    /// Send those of a batch that go through a pipe.
    pub fn send(&mut self, now: Instant, batch: &Batch) {
        for datagram in batch.datagrams().filter(|datagram| pipe::behind(datagram.to).is_some()) {
            if !self.with(datagram.to, |pipe, _| pipe.send(now, datagram.bytes)) {
                self.shared.counts.tcp.add(1);
            }
        }
    }

    /// Do something with a pipe, and say whether it is still there.
    fn with(
        &mut self,
        address: SocketAddr,
        act: impl FnOnce(&mut Pipe, &mut [u8; AT_ONCE]) -> Result<usize, Broken>,
    ) -> bool {
        let Some(pipe) = self.open.get_mut(&address) else { return false };
        let done = act(pipe, &mut self.scratch).and_then(|dropped| {
            self.shared.counts.tcp.add(dropped);
            wait_for_room(&self.watch, address, pipe)
        });
        if done.is_err() {
            self.close(address);
        }
        done.is_ok()
    }

    fn close(&mut self, address: SocketAddr) {
        let closed = self.open.remove(&address).is_some();
        self.shared.counts.tcp_connections.less(usize::from(closed));
    }
}

/// Have the kernel say when there is room, as long as something waits for it.
fn wait_for_room(watch: &Watch, address: SocketAddr, pipe: &mut Pipe) -> Result<(), Broken> {
    let waits = pipe.has_more();
    if waits != pipe.waits_for_room {
        let place = pipe::behind(address).ok_or(Broken)?;
        watch.change(pipe.as_raw_fd(), name(place), waits).map_err(|_| Broken)?;
        pipe.waits_for_room = waits;
    }
    Ok(())
}

impl Drop for Pipes {
    fn drop(&mut self) {
        self.shared.counts.tcp_connections.less(self.open.len());
    }
}

impl AsRawFd for Pipes {
    fn as_raw_fd(&self) -> RawFd {
        self.watch.as_raw_fd()
    }
}

/// A place as the kernel keeps it for us.
fn name(place: SocketAddrV4) -> u64 {
    u64::from(u32::from(*place.ip())) << 16 | u64::from(place.port())
}

fn place(name: u64) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::from((name >> 16) as u32), name as u16)
}
