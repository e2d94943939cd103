//! One person's connection by TCP.

use super::frames::{Frames, Oversized};
use super::queue::{Clogged, Queue};
use causerie_sfu::demux::{self, Class};
use std::io::{self, Read};
use std::net::{SocketAddr, SocketAddrV4, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::time::Instant;

/// Read at once from one pipe at most, so that nobody waits for somebody who sends without end.
pub const AT_ONCE: usize = 16 * 1024;
/// So much that was not sent yet may lie in the kernel, where nothing can be dropped any more: a third of a second of
/// one voice.
static UNSENT: libc::c_int = 4096;

/// A connection whose first check has named somebody of this worker's.
pub struct Arrival {
    /// The connection.
    pub stream: TcpStream,
    /// Who opened it.
    pub from: SocketAddrV4,
    /// Our address as its owner knows it.
    pub to: SocketAddr,
    /// Our word for the one whom the first check names.
    pub ufrag: String,
    /// What has come already, the check first.
    pub bytes: Vec<u8>,
}

/// It is of no use any more.
pub struct Broken;

/// A connection of this worker's.
pub struct Pipe {
    stream: TcpStream,
    /// Our address as its owner knows it.
    pub to: SocketAddr,
    frames: Frames,
    queue: Queue,
    /// Whether the kernel was asked to say when there is room.
    pub waits_for_room: bool,
}

impl Pipe {
    /// As it arrived.
    pub fn new(arrival: Arrival) -> Self {
        let Arrival { stream, to, bytes, .. } = arrival;
        // Sound that waits is worth nothing; and where this cannot be said, the queue alone has to do.
        let _ = stream.set_nodelay(true);
        let _ = keep_little_unsent(&stream);
        let mut frames = Frames::default();
        frames.put(&bytes);
        Self { stream, to, frames, queue: Queue::default(), waits_for_room: false }
    }

    /// Read what has come, a little at most.
    pub fn read(&mut self, scratch: &mut [u8; AT_ONCE]) -> Result<(), Broken> {
        match (&self.stream).read(scratch) {
            Ok(0) => Err(Broken),
            Ok(count) => {
                self.frames.put(&scratch[..count]);
                Ok(())
            }
            Err(fault) if is_momentary(&fault) => Ok(()),
            Err(_) => Err(Broken),
        }
    }

    /// The next datagram of what was read; says how long it is.
    pub fn take(&mut self, into: &mut [u8]) -> Result<Option<usize>, Broken> {
        self.frames.take(into).map_err(|Oversized| Broken)
    }

    /// Send a datagram, or keep it until there is room; says how many packets of sound were dropped.
    pub fn send(&mut self, now: Instant, datagram: &[u8]) -> Result<usize, Broken> {
        let is_sound = matches!(demux::class(datagram), Class::Rtp | Class::Rtcp);
        let dropped = self.queue.put(now, is_sound, datagram).map_err(|Clogged| Broken)?;
        if self.waits_for_room { Ok(dropped) } else { Ok(dropped + self.flush(now)?) }
    }

    /// There is room: send what waits.
    pub fn flush(&mut self, now: Instant) -> Result<usize, Broken> {
        self.queue.flush(now, &mut &self.stream).map_err(|_| Broken)
    }

    /// Something waits for room.
    pub fn has_more(&self) -> bool {
        !self.queue.is_empty()
    }
}

impl AsRawFd for Pipe {
    fn as_raw_fd(&self) -> RawFd {
        self.stream.as_raw_fd()
    }
}

fn is_momentary(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

fn keep_little_unsent(stream: &TcpStream) -> io::Result<()> {
    let size = size_of_val(&UNSENT) as libc::socklen_t;
    let (fd, value) = (stream.as_raw_fd(), (&raw const UNSENT).cast());
    // SAFETY: the value lives as long as the program and has the size that is given.
    let done = unsafe { libc::setsockopt(fd, libc::IPPROTO_TCP, libc::TCP_NOTSENT_LOWAT, value, size) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
