//! Datagrams as they go out: up to 64 with one system call. What the kernel has no room for is dropped and counted,
//! since sound that waits is worth nothing.

use super::BATCH;
use super::address::{EMPTY, write};
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;

/// How a batch went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Datagrams the kernel took.
    pub taken: usize,
    /// Datagrams it had no room for or no way to.
    pub dropped: usize,
}

/// The places from which a batch is sent, taken once.
pub struct Outbound {
    receivers: Box<[libc::sockaddr_in; BATCH]>,
    vectors: Box<[libc::iovec; BATCH]>,
    headers: Box<[libc::mmsghdr; BATCH]>,
}

impl Outbound {
    /// Take all memory now; nothing grows later.
    pub fn ready() -> Self {
        let nothing = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
        let mut receivers = Box::new([EMPTY; BATCH]);
        let mut vectors = Box::new([nothing; BATCH]);
        let headers = std::array::from_fn(|at| header(&mut receivers[at], &mut vectors[at]));
        Self { receivers, vectors, headers: Box::new(headers) }
    }

    /// Send one batch (at most 64 datagrams).
    pub fn send<'a>(
        &mut self,
        socket: &UdpSocket,
        batch: impl Iterator<Item = (SocketAddr, &'a [u8])>,
    ) -> Sent {
        let mut count = 0;
        let mut sent = Sent::default();
        for (to, bytes) in batch.take(BATCH) {
            let Some(receiver) = write(to) else {
                sent.dropped += 1;
                continue;
            };
            self.receivers[count] = receiver;
            self.vectors[count] =
                libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
            count += 1;
        }
        self.hand_over(socket, count, &mut sent);
        sent
    }

    fn hand_over(&mut self, socket: &UdpSocket, count: usize, sent: &mut Sent) {
        let mut done = 0;
        while done < count {
            let rest = &mut self.headers[done..count];
            // SAFETY: each header points to an address of ours and to bytes borrowed by the caller for this call.
            let taken = unsafe {
                libc::sendmmsg(socket.as_raw_fd(), rest.as_mut_ptr(), rest.len() as u32, libc::MSG_DONTWAIT)
            };
            if let Ok(taken @ 1..) = usize::try_from(taken) {
                done += taken;
                sent.taken += taken;
                continue;
            }
            // The kernel is full: the rest is dropped. Any other fault is the first datagram's own.
            let full = io::Error::last_os_error().kind() == io::ErrorKind::WouldBlock;
            let lost = if full { count - done } else { 1 };
            done += lost;
            sent.dropped += lost;
        }
    }
}

fn header(receiver: &mut libc::sockaddr_in, vector: &mut libc::iovec) -> libc::mmsghdr {
    // SAFETY: a header of zeros is valid, with every pointer null.
    let mut header: libc::mmsghdr = unsafe { std::mem::zeroed() };
    header.msg_hdr.msg_name = (&raw mut *receiver).cast();
    header.msg_hdr.msg_namelen = size_of_val(receiver) as libc::socklen_t;
    header.msg_hdr.msg_iov = vector;
    header.msg_hdr.msg_iovlen = 1;
    header
}

#[cfg(test)]
mod tests {
    use super::{Outbound, Sent};
    use std::net::{SocketAddr, UdpSocket};

    #[test]
    fn a_batch_arrives_whole_and_one_bad_address_costs_only_itself() {
        let ours = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let theirs = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let good = theirs.local_addr().expect("bound");
        let six: SocketAddr = "[::1]:9".parse().expect("an address");
        let portless: SocketAddr = "127.0.0.1:0".parse().expect("an address");

        let batch: [(SocketAddr, &[u8]); 4] =
            [(good, b"one"), (six, b"lost"), (portless, b"lost"), (good, b"two")];
        let sent = Outbound::ready().send(&ours, batch.into_iter());

        let mut heard = [[0; 8]; 2];
        let lengths = heard.each_mut().map(|place| theirs.recv(place).expect("arrived"));
        assert_eq!(sent, Sent { taken: 2, dropped: 2 });
        assert_eq!((&heard[0][..lengths[0]], &heard[1][..lengths[1]]), (&b"one"[..], &b"two"[..]));
    }
}
