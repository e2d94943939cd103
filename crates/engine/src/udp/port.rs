//! Opening the port: sockets for each worker, the kernel spreads the senders over them.

use crate::fault::Fault;
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::iter::once;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::fd::{AsRawFd, RawFd};

/// Asked of the kernel for each direction; a burst to a thousand listeners is 200 KiB.
const BUFFER: usize = 4 << 20;

/// What one worker hears by and speaks through, all on one port. Whoever came to an address of this machine is answered from
/// that address; with a socket for each, nobody need tell the kernel with every packet, which costs a tenth of it.
pub struct Sockets {
    /// For whatever leads here.
    all: UdpSocket,
    own: Vec<(Ipv4Addr, UdpSocket)>,
}

impl Sockets {
    /// Where the one for everything is.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.all.local_addr()
    }

    /// The one that sends from this address of ours, or from where the kernel likes.
    pub fn leaving(&self, source: Option<Ipv4Addr>) -> &UdpSocket {
        let own = self.own.iter().find(|(ip, _)| source == Some(*ip));
        own.map_or(&self.all, |(_, socket)| socket)
    }

    /// Each of them, with the address it belongs to if it has one for itself.
    pub fn each(&self) -> impl Iterator<Item = (Option<Ipv4Addr>, &UdpSocket)> {
        let own = self.own.iter().map(|(ip, socket)| (Some(*ip), socket));
        own.chain(once((None, &self.all)))
    }

    /// What to sleep beside.
    pub fn descriptors(&self) -> Vec<RawFd> {
        self.each().map(|(_, socket)| socket.as_raw_fd()).collect()
    }
}

/// The sockets of each worker, all on one port; port 0 takes any that is free. `own` are this machine's addresses that
/// get one for themselves, where the port is opened on all.
pub fn open(bind: SocketAddr, own: &[Ipv4Addr], workers: usize) -> Result<Vec<Sockets>, Fault> {
    // Sockets that share a port are shared with any program of the same user: a second causerie would get half of our
    // listeners' datagrams. A socket that shares nothing finds out first whether somebody is there.
    let mut bind = bind;
    bind.set_port(alone(bind)?.local_addr()?.port());
    let own = if bind.ip().is_unspecified() { own } else { &[] };
    let one = |ip: &Ipv4Addr| Ok((*ip, shared(SocketAddr::from((*ip, bind.port())))?));
    let a_worker = |_| {
        let own = own.iter().map(one).collect::<Result<_, Fault>>()?;
        Ok(Sockets { all: shared(bind)?, own })
    };
    (0..workers).map(a_worker).collect()
}

fn alone(bind: SocketAddr) -> Result<UdpSocket, Fault> {
    Ok(UdpSocket::bind(bind)?)
}

fn shared(bind: SocketAddr) -> Result<UdpSocket, Fault> {
    let socket = Socket::new(Domain::for_address(bind), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    // Smaller ones work too; `causerie doctor` says what the kernel gave.
    let _ = socket.set_recv_buffer_size(BUFFER);
    let _ = socket.set_send_buffer_size(BUFFER);
    if bind.ip().is_unspecified() {
        tell_destinations(&socket)?;
    }
    socket.bind(&bind.into())?;
    Ok(socket.into())
}

/// Have the kernel say with each datagram which of this machine's addresses it came to.
fn tell_destinations(socket: &Socket) -> io::Result<()> {
    let on: libc::c_int = 1;
    let size = size_of_val(&on) as libc::socklen_t;
    // SAFETY: `on` lives through the call and has the size that is given.
    let done = unsafe {
        libc::setsockopt(socket.as_raw_fd(), libc::IPPROTO_IP, libc::IP_PKTINFO, (&raw const on).cast(), size)
    };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::open;
    use crate::fault::Fault;
    use std::net::Ipv4Addr;

    #[test]
    fn workers_share_one_port_and_nobody_else_gets_in() {
        let ours = open("127.0.0.1:0".parse().expect("an address"), &[], 3).expect("a free port");
        let ports: Vec<_> = ours.iter().map(|sockets| sockets.local_addr().expect("bound")).collect();

        let second = open(ports[0], &[], 1).map(|_| "open");

        assert!(ports.iter().all(|port| *port == ports[0]), "{ports:?}");
        assert!(matches!(second, Err(Fault::Taken)), "{second:?}");
    }

    #[test]
    fn an_address_of_this_machine_has_a_socket_for_itself_where_the_port_is_open_on_all() {
        let own = [Ipv4Addr::new(127, 0, 0, 8)];

        let wild = open("0.0.0.0:0".parse().expect("an address"), &own, 1).expect("a free port");
        let single = open("127.0.0.9:0".parse().expect("an address"), &own, 1).expect("a free port");

        let places = |source| wild[0].leaving(source).local_addr().expect("bound").ip().to_string();
        assert_eq!((places(Some(own[0])), places(Some(Ipv4Addr::LOCALHOST)), places(None)), {
            let any = || "0.0.0.0".to_owned();
            ("127.0.0.8".to_owned(), any(), any())
        });
        assert_eq!((wild[0].each().count(), single[0].each().count()), (2, 1));
    }

    #[test]
    fn an_address_of_another_machine_is_refused() {
        let foreign = open("192.0.2.200:0".parse().expect("an address"), &[], 1).map(|_| "open");

        assert!(matches!(foreign, Err(Fault::Address)), "{foreign:?}");
    }
}
