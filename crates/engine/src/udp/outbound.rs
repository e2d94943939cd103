//! Datagrams as they go out: up to 64 with one system call. What the kernel has no room for is dropped and counted,
//! since sound that waits is worth nothing.

use super::BATCH;
use super::Sockets;
use super::address::{EMPTY, Places, write};
use causerie_sfu::Datagram;
use std::io;
use std::net::UdpSocket;
use std::os::fd::AsRawFd;

/// How a batch went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Datagrams the kernel took.
    pub taken: usize,
    /// Datagrams it had no room for or no way to.
    pub dropped: usize,
    /// Datagrams with an address that is none of UDP's.
    pub others: usize,
}

/// The places from which a batch is sent, taken once.
pub struct Outbound {
    places: Places,
    receivers: Box<[libc::sockaddr_in; BATCH]>,
    vectors: Box<[libc::iovec; BATCH]>,
    headers: Box<[libc::mmsghdr; BATCH]>,
}

// SAFETY: the pointers lead into boxes that move along, or to bytes of the call that uses them.
unsafe impl Send for Outbound {}

impl Outbound {
    /// Take all memory now; nothing grows later.
    pub fn ready(places: Places) -> Self {
        let nothing = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
        let mut receivers = Box::new([EMPTY; BATCH]);
        let mut vectors = Box::new([nothing; BATCH]);
        let headers = std::array::from_fn(|at| header(&mut receivers[at], &mut vectors[at]));
        Self { places, receivers, vectors, headers: Box::new(headers) }
    }

    /// Send one batch (at most 64 datagrams), each from the address of ours that was asked.
    pub fn send<'a>(&mut self, sockets: &Sockets, batch: impl Iterator<Item = Datagram<'a>>) -> Sent {
        let mut count = 0;
        let mut sent = Sent::default();
        let mut leaving = (None, sockets.leaving(None));
        for Datagram { from, to, bytes } in batch.take(BATCH) {
            let Some(receiver) = write(to) else {
                sent.others += 1;
                continue;
            };
            if leaving.0 != Some(from) {
                self.hand_over(leaving.1, count, &mut sent);
                (count, leaving) = (0, (Some(from), sockets.leaving(self.places.source(from))));
            }
            self.receivers[count] = receiver;
            self.vectors[count] =
                libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
            count += 1;
        }
        self.hand_over(leaving.1, count, &mut sent);
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
    use crate::udp::{Places, open};
    use causerie_sfu::Datagram;
    use std::net::{Ipv4Addr, SocketAddr, UdpSocket};

    fn place(text: &str) -> SocketAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_batch_arrives_whole_and_one_bad_address_costs_only_itself() {
        let ours = open(place("127.0.0.1:0"), &[], 1).expect("a port").remove(0);
        let theirs = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let (from, good) = (ours.local_addr().expect("bound"), theirs.local_addr().expect("bound"));
        let mut outbound = Outbound::ready(Places::new(vec![from], Ipv4Addr::LOCALHOST));

        let letters: [(_, &[u8]); 4] = [
            (good, b"one"),
            (place("[100::1]:9"), b"through a pipe"),
            (place("127.0.0.1:0"), b"lost"),
            (good, b"two"),
        ];
        let batch = letters.map(|(to, bytes)| Datagram { from, to, bytes });
        let sent = outbound.send(&ours, batch.into_iter());

        let mut heard = [[0; 8]; 2];
        let lengths = heard.each_mut().map(|into| theirs.recv(into).expect("arrived"));
        assert_eq!(sent, Sent { taken: 2, dropped: 1, others: 1 });
        assert_eq!((&heard[0][..lengths[0]], &heard[1][..lengths[1]]), (&b"one"[..], &b"two"[..]));
    }

    #[test]
    fn on_all_interfaces_each_answer_still_leaves_from_the_address_that_was_asked() {
        let both = [7, 8].map(|last| Ipv4Addr::new(127, 0, 0, last));
        let ours = open(place("0.0.0.0:0"), &both, 1).expect("a port").remove(0);
        let theirs = UdpSocket::bind("127.0.0.9:0").expect("a port");
        let asked = both.map(|ip| SocketAddr::from((ip, ours.local_addr().expect("bound").port())));
        let mut outbound = Outbound::ready(Places::new(asked.to_vec(), Ipv4Addr::UNSPECIFIED));

        let to = theirs.local_addr().expect("bound");
        let letters = [asked[1], asked[0], asked[0]].map(|from| Datagram { from, to, bytes: b"here" });
        let sent = outbound.send(&ours, letters.into_iter());

        let heard = [(); 3].map(|()| theirs.recv_from(&mut [0; 8]).expect("arrived"));
        assert_eq!(sent, Sent { taken: 3, dropped: 0, others: 0 });
        assert_eq!(heard, [(4, asked[1]), (4, asked[0]), (4, asked[0])]);
    }
}
