//! Who lets connections in: each waits here until its first check names somebody, and then goes to the worker that
//! carries them. Nothing is answered here, and whoever says something else, too much or nothing is shown out.

use super::frames::{self, HEAD};
use super::pipe::Arrival;
use crate::bell::Bell;
use crate::shared::Shared;
use crate::udp::Places;
use causerie_sfu::demux::{self, Class};
use causerie_sfu::{Doors, Home};
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// So many wait here at most, and so many of one address: a whole school behind one router comes within some seconds.
const WAITING: usize = 512;
const OF_ONE_ADDRESS: usize = 128;
/// So long somebody may take for the first word; a round trip is enough.
const PATIENCE: Duration = Duration::from_secs(5);
/// A first check is some hundred bytes: two user names of 256 at most, and what ICE adds.
const FIRST_WORD: usize = 700;
/// Browsers try both ways at once. Whoever can come by UDP is found there by then, on the worker the kernel chose.
const HEAD_START: Duration = Duration::from_millis(200);
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
    waiting: Vec<Guest>,
    next_worker: usize,
}

/// A connection nobody has claimed.
struct Guest {
    stream: TcpStream,
    from: SocketAddrV4,
    since: Instant,
    bytes: Vec<u8>,
    /// Everything was said; only the head start of UDP is waited for.
    has_spoken: bool,
}

/// What becomes of a guest.
enum Verdict {
    /// Let them wait.
    Stays,
    /// Show them out.
    Goes,
    /// Bring them to this worker, for whoever is called so.
    Enters(usize, String),
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

    /// Until somebody comes or says something, or a guest's time has come; says whether somebody came.
    fn sleep(&self) -> bool {
        let guests = self.waiting.iter().map(|guest| (guest.stream.as_raw_fd(), !guest.has_spoken));
        let own = [(self.bell.as_raw_fd(), true), (self.listener.as_raw_fd(), true)];
        let mut all: Vec<_> = own.into_iter().chain(guests).map(|(fd, listens)| asked(fd, listens)).collect();
        let now = Instant::now();
        let next = self.waiting.iter().map(|guest| guest.deadline().saturating_duration_since(now)).min();
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
        let of_one = self.waiting.iter().filter(|guest| guest.from.ip() == from.ip()).count();
        if of_one >= OF_ONE_ADDRESS {
            self.show_out_oldest(|ip| ip == *from.ip());
        } else if self.waiting.len() >= WAITING {
            self.show_out_oldest(|_| true);
        }
        self.waiting.push(Guest::new(stream, from));
    }

    /// Guests stand in the order in which they came.
    fn show_out_oldest(&mut self, of: impl Fn(Ipv4Addr) -> bool) {
        if let Some(at) = self.waiting.iter().position(|guest| of(*guest.from.ip())) {
            self.waiting.remove(at);
            self.shared.counts.tcp_refused.add(1);
        }
    }

    fn look_at_all(&mut self, now: Instant) {
        for mut guest in std::mem::take(&mut self.waiting) {
            match guest.look(now, &self.shared.doors, self.next_worker) {
                Verdict::Stays => self.waiting.push(guest),
                Verdict::Goes => self.shared.counts.tcp_refused.add(1),
                Verdict::Enters(worker, ufrag) => self.bring(guest, worker, ufrag),
            }
        }
    }

    fn bring(&mut self, guest: Guest, worker: usize, ufrag: String) {
        let Guest { stream, from, bytes, .. } = guest;
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

impl Guest {
    fn new(stream: TcpStream, from: SocketAddrV4) -> Self {
        Self { stream, from, since: Instant::now(), bytes: Vec::new(), has_spoken: false }
    }

    fn deadline(&self) -> Instant {
        self.since + if self.has_spoken { HEAD_START } else { PATIENCE }
    }

    fn look(&mut self, now: Instant, doors: &Doors, any: usize) -> Verdict {
        if !self.listens() || now > self.since + PATIENCE {
            return Verdict::Goes;
        }
        let Ok(first) = first_word(&self.bytes) else { return Verdict::Goes };
        let Some(ufrag) = first.map(str::to_owned) else { return Verdict::Stays };
        self.has_spoken = true;
        match doors.home(&ufrag) {
            Home::With(worker) => Verdict::Enters(worker, ufrag),
            Home::Any if now >= self.since + HEAD_START => Verdict::Enters(any, ufrag),
            Home::Any => Verdict::Stays,
            Home::Nowhere => Verdict::Goes,
        }
    }

    /// Read on, up to one first word; says whether they are still there.
    fn listens(&mut self) -> bool {
        let mut piece = [0; HEAD + FIRST_WORD];
        let room = piece.len() - self.bytes.len();
        if room == 0 {
            return true;
        }
        match (&self.stream).read(&mut piece[..room]) {
            Ok(0) => false,
            Ok(count) => {
                self.bytes.extend_from_slice(&piece[..count]);
                true
            }
            Err(fault) => matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted),
        }
    }
}

/// Nobody who speaks our language begins like that.
struct Foreign;

/// Our word for the one whom the first frame names; none as long as it has not come whole.
fn first_word(bytes: &[u8]) -> Result<Option<&str>, Foreign> {
    let Some(length) = frames::length(bytes) else { return Ok(None) };
    if length > FIRST_WORD {
        return Err(Foreign);
    }
    let begun = &bytes[HEAD..];
    let Some(frame) = begun.get(..length) else {
        // The first two bits of a check are zeros; a browser that asks for a page is not kept waiting.
        return if begun.first().is_none_or(|first| *first < 2) { Ok(None) } else { Err(Foreign) };
    };
    let check = (demux::class(frame) == Class::Stun).then(|| demux::stun(frame)).flatten();
    check.and_then(|check| check.ours).map(Some).ok_or(Foreign)
}

fn asked(fd: RawFd, listens: bool) -> libc::pollfd {
    libc::pollfd { fd, events: if listens { libc::POLLIN } else { 0 }, revents: 0 }
}

/// Of the one who knocked, and gone with them.
fn is_theirs(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::{FIRST_WORD, first_word};

    /// A check for this name, framed.
    fn check(name: &str) -> Vec<u8> {
        let mut attribute = vec![0, 6, 0, name.len() as u8];
        attribute.extend_from_slice(name.as_bytes());
        attribute.resize(attribute.len().next_multiple_of(4), 0);
        let mut bytes = vec![0, 20 + attribute.len() as u8, 0, 1, 0, attribute.len() as u8];
        bytes.extend_from_slice(&0x2112_A442_u32.to_be_bytes());
        bytes.extend_from_slice(&[9; 12]);
        bytes.extend_from_slice(&attribute);
        bytes
    }

    #[test]
    fn a_first_word_is_waited_for_until_it_is_whole() {
        let bytes = check("ours:theirs");

        let words: Vec<_> =
            (0..=bytes.len()).map(|length| first_word(&bytes[..length]).ok().flatten()).collect();

        assert_eq!(words, [vec![None; bytes.len()], vec![Some("ours")]].concat());
    }

    #[test]
    fn whoever_begins_otherwise_is_not_waited_for() {
        let too_long = [&(FIRST_WORD as u16 + 1).to_be_bytes()[..], &[0]].concat();
        let begun: [&[u8]; 5] =
            [b"GET / HTTP/1.1\r\n", &[0x16, 3, 1, 2, 0], &[0, 200, 22], &too_long, &[0, 0]];

        assert!(begun.iter().all(|bytes| first_word(bytes).is_err()));
    }
}
