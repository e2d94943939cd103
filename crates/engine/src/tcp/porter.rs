//! Who lets connections in: each waits here until its first check names somebody, and then goes to the worker that
//! carries them. Nothing is answered here, and whoever says something else, too much or nothing is shown out.

use super::caller::{Caller, Verdict};
use super::pipe::Arrival;
use crate::bell::Bell;
use crate::shared::Shared;
use crate::udp::Places;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// So many wait here at most, and so many of one address: a whole school behind one router comes within some seconds.
const WAITING: usize = 512;
const OF_ONE_ADDRESS: usize = 128;
/// When the system has no room for one more connection, some go within a moment.
const BREATH: Duration = Duration::from_millis(100);

/// The thread beside the listener.
pub struct Porter {
    listener: TcpListener,
    places: Places,
    shared: Arc<Shared>,
    /// Struck at the end.
    bell: Arc<Bell>,
    /// So many pipes there may be in all.
    most: usize,
    waiting: Vec<Caller>,
    next_worker: usize,
}

impl Porter {
    /// At the beginning.
    pub fn new(
        listener: TcpListener,
        places: Places,
        shared: Arc<Shared>,
        bell: Arc<Bell>,
        most: usize,
    ) -> Self {
        Self { listener, places, shared, bell, most, waiting: Vec::new(), next_worker: 0 }
    }

    /// Work until the engine ends.
    pub fn run(mut self) {
        while !self.shared.is_over() {
            let open = self.sleep();
            if open {
                self.let_in();
            }
            self.look_at_all(Instant::now());
        }
    }

    /// Until somebody comes or says something, or a caller's time has come; says whether somebody came.
    fn sleep(&self) -> bool {
        let callers = self.waiting.iter().map(|caller| (caller.stream.as_raw_fd(), !caller.has_spoken));
        let own = [(self.bell.as_raw_fd(), true), (self.listener.as_raw_fd(), true)];
        let mut all: Vec<_> =
            own.into_iter().chain(callers).map(|(fd, listens)| asked(fd, listens)).collect();
        let now = Instant::now();
        let next = self.waiting.iter().map(|caller| caller.deadline().saturating_duration_since(now)).min();
        let millis = next.map_or(-1, |time| time.as_millis() as libc::c_int + 1);
        // SAFETY: the list lives through the call and has the length that is given.
        unsafe { libc::poll(all.as_mut_ptr(), all.len() as libc::nfds_t, millis) };
        all[1].revents != 0
    }

    fn let_in(&mut self) {
        for _ in 0..WAITING {
            match self.listener.accept() {
                Ok((stream, SocketAddr::V4(from))) => self.welcome(stream, from),
                Ok(_) => {}
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => return,
                Err(fault) if is_theirs(&fault) => {}
                Err(_) => return thread::sleep(BREATH),
            }
        }
    }

    fn welcome(&mut self, stream: TcpStream, from: SocketAddrV4) {
        let pipes = self.shared.counts.tcp_connections.now();
        if pipes >= self.most || stream.set_nonblocking(true).is_err() {
            return self.shared.counts.tcp_refused.add(1);
        }
        let of_one = self.waiting.iter().filter(|caller| caller.from.ip() == from.ip()).count();
        if of_one >= OF_ONE_ADDRESS {
            self.show_out_oldest(|ip| ip == *from.ip());
        } else if self.waiting.len() >= WAITING {
            self.show_out_oldest(|_| true);
        }
        self.waiting.push(Caller::new(stream, from));
    }

    /// Callers stand in the order in which they came.
    fn show_out_oldest(&mut self, of: impl Fn(Ipv4Addr) -> bool) {
        if let Some(at) = self.waiting.iter().position(|caller| of(*caller.from.ip())) {
            self.waiting.remove(at);
            self.shared.counts.tcp_refused.add(1);
        }
    }

    fn look_at_all(&mut self, now: Instant) {
        for mut caller in std::mem::take(&mut self.waiting) {
            match caller.look(now, &self.shared.doors, self.next_worker) {
                Verdict::Stays => self.waiting.push(caller),
                Verdict::Left => {}
                Verdict::Goes => self.shared.counts.tcp_refused.add(1),
                Verdict::Enters(worker, ufrag) => self.bring(caller, worker, ufrag),
            }
        }
    }

    fn bring(&mut self, caller: Caller, worker: usize, ufrag: String) {
        let Caller { stream, from, bytes, .. } = caller;
        let local = match stream.local_addr() {
            Ok(SocketAddr::V4(local)) => Some(*local.ip()),
            _ => None,
        };
        let to = self.places.meant(local);
        self.next_worker = (self.next_worker + 1) % self.shared.posts.len();
        let arrival = Arrival { stream, from, to, ufrag, bytes };
        self.shared.posts[worker].put(|letters| letters.arrivals.push(arrival));
    }
}

fn asked(fd: RawFd, listens: bool) -> libc::pollfd {
    libc::pollfd { fd, events: if listens { libc::POLLIN } else { 0 }, revents: 0 }
}

/// Of the one who knocked, and gone with them.
fn is_theirs(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted)
}
