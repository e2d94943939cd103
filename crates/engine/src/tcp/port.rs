//! Opening one number for both: UDP for everybody, TCP for those whose network lets no UDP through.

use crate::fault::Fault;
use crate::udp::{self, Sockets};
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// How often another number is tried where any will do.
const TRIES: usize = 16;
/// So many may knock before the porter has opened to the first of them.
const KNOCKING: i32 = 1024;

/// All workers' sockets, and the listener on the same number. Where another program has that number by TCP alone, sound goes
/// on without it: most people need only UDP.
pub fn open(
    bind: SocketAddr,
    own: &[Ipv4Addr],
    workers: usize,
) -> Result<(Vec<Sockets>, Option<TcpListener>), Fault> {
    for _ in 1..TRIES {
        let sockets = udp::open(bind, own, workers)?;
        match listen(sockets[0].local_addr()?) {
            Ok(listener) => return Ok((sockets, Some(listener))),
            Err(_) if bind.port() == 0 => {}
            Err(_) => return Ok((sockets, None)),
        }
    }
    Ok((udp::open(bind, own, workers)?, None))
}

fn listen(place: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(place), Type::STREAM, Some(Protocol::TCP))?;
    // Connections of an engine that has just ended must not keep the next one from opening.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&place.into())?;
    socket.listen(KNOCKING)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::open;
    use std::net::{TcpListener, UdpSocket};

    #[test]
    fn both_have_the_same_number() {
        let (sockets, listener) =
            open("127.0.0.1:0".parse().expect("an address"), &[], 2).expect("a free port");

        let number = listener.expect("it is free by TCP too").local_addr().expect("bound");
        assert!(sockets.iter().all(|socket| socket.local_addr().expect("bound") == number));
    }

    #[test]
    fn where_another_has_the_number_by_tcp_sound_goes_on_by_udp_alone() {
        let other = TcpListener::bind("127.0.0.1:0").expect("a port");
        let place = other.local_addr().expect("bound");
        // Its twin by UDP may be somebody's; then this machine cannot show anything here.
        if UdpSocket::bind(place).is_err() {
            return;
        }

        let (sockets, listener) = open(place, &[], 1).expect("it is free by UDP");

        assert_eq!((sockets.len(), listener.is_none()), (1, true));
    }
}
