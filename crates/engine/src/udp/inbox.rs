//! Datagrams as they come in: up to 64 with one system call, into places taken once.

use super::address::{EMPTY, read};
use super::{BATCH, LONGEST, Sockets};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;

/// How much may wait here while a long burst goes out.
const PLACES: usize = 512;
/// Room for one `in_pktinfo` with its header.
const CONTROL: usize = 64;

/// One datagram: who sent it, which of our addresses it came to (when the kernel says so), and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// The sender's address.
    pub from: SocketAddr,
    /// The address of this machine it was sent to; none when the port is bound to one address only.
    pub local: Option<Ipv4Addr>,
    /// How many bytes of the copy are the datagram.
    pub length: usize,
}

#[repr(align(8))]
#[derive(Clone, Copy)]
struct Control([u8; CONTROL]);

/// Places for what comes in, so that receiving goes on while a burst is being sent.
pub struct Inbox {
    bytes: Vec<[u8; LONGEST]>,
    senders: Vec<libc::sockaddr_in>,
    #[expect(dead_code, reason = "the headers point into it")]
    controls: Vec<Control>,
    #[expect(dead_code, reason = "the headers point into it")]
    vectors: Vec<libc::iovec>,
    headers: Vec<libc::mmsghdr>,
    /// To which address's own socket each came.
    locals: Vec<Option<Ipv4Addr>>,
    taken: usize,
    filled: usize,
}

// SAFETY: the pointers lead into the inbox's own vectors, which move along without moving their contents.
unsafe impl Send for Inbox {}

impl Inbox {
    /// Take all memory now; nothing grows later.
    pub fn ready() -> Self {
        let mut bytes = vec![[0; LONGEST]; PLACES];
        let mut senders = vec![EMPTY; PLACES];
        let mut controls = vec![Control([0; CONTROL]); PLACES];
        let mut vectors: Vec<libc::iovec> = bytes
            .iter_mut()
            .map(|place| libc::iovec { iov_base: place.as_mut_ptr().cast(), iov_len: LONGEST })
            .collect();
        let headers =
            (0..PLACES).map(|at| header(&mut senders[at], &mut vectors[at], &mut controls[at])).collect();
        let locals = vec![None; PLACES];
        Self { bytes, senders, controls, vectors, headers, locals, taken: 0, filled: 0 }
    }

    /// Read one batch from each socket; says how many came. Nothing is read when there is no place left.
    pub fn fill(&mut self, sockets: &Sockets) -> usize {
        if self.taken == self.filled {
            (self.taken, self.filled) = (0, 0);
        }
        sockets.each().map(|(local, socket)| self.fill_from(socket, local)).sum()
    }

    fn fill_from(&mut self, socket: &UdpSocket, local: Option<Ipv4Addr>) -> usize {
        let most = BATCH.min(PLACES - self.filled);
        let headers = &mut self.headers[self.filled..self.filled + most];
        for header in headers.iter_mut() {
            header.msg_hdr.msg_namelen = size_of_val(&EMPTY) as libc::socklen_t;
            header.msg_hdr.msg_controllen = CONTROL as _;
        }
        // SAFETY: each header points into places of this inbox, which never move while it lives.
        let count = unsafe {
            libc::recvmmsg(
                socket.as_raw_fd(),
                headers.as_mut_ptr(),
                most as u32,
                libc::MSG_DONTWAIT,
                std::ptr::null_mut(),
            )
        };
        let count = usize::try_from(count).unwrap_or(0);
        self.locals[self.filled..self.filled + count].fill(local);
        self.filled += count;
        count
    }

    /// The oldest datagram, copied into `into`.
    pub fn take(&mut self, into: &mut [u8; LONGEST]) -> Option<Received> {
        if self.taken == self.filled {
            return None;
        }
        let at = self.taken;
        self.taken += 1;
        let length = self.headers[at].msg_len as usize;
        into[..length].copy_from_slice(&self.bytes[at][..length]);
        Some(Received {
            from: read(&self.senders[at]),
            local: self.locals[at].or_else(|| destination(&self.headers[at].msg_hdr)),
            length,
        })
    }

    /// Nothing waits here.
    pub fn is_empty(&self) -> bool {
        self.taken == self.filled
    }
}

fn header(sender: &mut libc::sockaddr_in, vector: &mut libc::iovec, control: &mut Control) -> libc::mmsghdr {
    // SAFETY: a header of zeros is valid, with every pointer null.
    let mut header: libc::mmsghdr = unsafe { std::mem::zeroed() };
    header.msg_hdr.msg_name = (&raw mut *sender).cast();
    header.msg_hdr.msg_iov = vector;
    header.msg_hdr.msg_iovlen = 1;
    header.msg_hdr.msg_control = (&raw mut control.0).cast();
    header
}

/// The address a datagram was sent to, which may be another than the one the port is bound to.
fn destination(header: &libc::msghdr) -> Option<Ipv4Addr> {
    // SAFETY: the kernel has written the control messages and their length.
    let first = unsafe { libc::CMSG_FIRSTHDR(header).as_ref() }?;
    if (first.cmsg_level, first.cmsg_type) != (libc::IPPROTO_IP, libc::IP_PKTINFO) {
        return None;
    }
    // SAFETY: a message of this type holds an `in_pktinfo`, which may lie unaligned.
    let info: libc::in_pktinfo = unsafe { std::ptr::read_unaligned(libc::CMSG_DATA(first).cast()) };
    Some(Ipv4Addr::from(u32::from_be(info.ipi_addr.s_addr)))
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Inbox, LONGEST, PLACES, Received};
    use crate::udp::open;
    use std::net::{Ipv4Addr, UdpSocket};

    fn all(inbox: &mut Inbox) -> Vec<(Received, Vec<u8>)> {
        let mut bytes = [0; LONGEST];
        std::iter::from_fn(|| inbox.take(&mut bytes).map(|one| (one, bytes[..one.length].to_vec()))).collect()
    }

    #[test]
    fn datagrams_come_with_sender_and_the_address_they_were_sent_to() {
        let ours = open("0.0.0.0:0".parse().expect("an address"), &[Ipv4Addr::LOCALHOST], 1)
            .expect("a port")
            .remove(0);
        let port = ours.local_addr().expect("bound").port();
        let theirs = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let mut inbox = Inbox::ready();

        theirs.send_to(b"first", ("127.0.0.1", port)).expect("sent");
        theirs.send_to(b"", ("127.0.0.2", port)).expect("sent");
        let count = inbox.fill(&ours);

        let from = theirs.local_addr().expect("bound");
        let to = |last| Some(Ipv4Addr::new(127, 0, 0, last));
        assert_eq!(count, 2);
        assert_eq!(
            all(&mut inbox),
            [
                (Received { from, local: to(1), length: 5 }, b"first".to_vec()),
                (Received { from, local: to(2), length: 0 }, vec![]),
            ]
        );
    }

    #[test]
    fn a_burst_is_kept_until_the_places_are_full_and_then_waits_in_the_kernel() {
        let ours = open("127.0.0.1:0".parse().expect("an address"), &[], 1).expect("a port").remove(0);
        let theirs = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let mut inbox = Inbox::ready();
        let sent = PLACES + 3;

        for number in 0..sent as u32 {
            theirs.send_to(&number.to_le_bytes(), ours.local_addr().expect("bound")).expect("sent");
        }
        let counts: Vec<usize> = (0..PLACES / BATCH + 1).map(|_| inbox.fill(&ours)).collect();
        let mut numbers: Vec<Vec<u8>> = all(&mut inbox).into_iter().map(|(_, bytes)| bytes).collect();
        inbox.fill(&ours);
        numbers.extend(all(&mut inbox).into_iter().map(|(_, bytes)| bytes));

        assert_eq!(counts, [vec![BATCH; PLACES / BATCH], vec![0]].concat());
        assert_eq!(numbers, (0..sent as u32).map(|number| number.to_le_bytes().to_vec()).collect::<Vec<_>>());
    }
}
