//! Opening the port: one socket for each worker, the kernel spreads the senders over them.

use crate::fault::Fault;
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;

/// Asked of the kernel for each direction; a burst to a thousand listeners is 200 KiB.
const BUFFER: usize = 4 << 20;

/// One socket for each worker, all on one port; port 0 takes any that is free.
pub fn open(bind: SocketAddr, workers: usize) -> Result<Vec<UdpSocket>, Fault> {
    // Sockets that share a port are shared with any program of the same user: a second causerie would get half of our
    // listeners' datagrams. A socket that shares nothing finds out first whether somebody is there.
    let mut bind = bind;
    bind.set_port(alone(bind)?.local_addr()?.port());
    (0..workers).map(|_| shared(bind)).collect()
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

    #[test]
    fn workers_share_one_port_and_nobody_else_gets_in() {
        let ours = open("127.0.0.1:0".parse().expect("an address"), 3).expect("a free port");
        let ports: Vec<_> = ours.iter().map(|socket| socket.local_addr().expect("bound")).collect();

        let second = open(ports[0], 1);

        assert!(ports.iter().all(|port| *port == ports[0]), "{ports:?}");
        assert!(matches!(second, Err(Fault::Taken)), "{second:?}");
    }

    #[test]
    fn an_address_of_another_machine_is_refused() {
        let foreign = open("192.0.2.200:0".parse().expect("an address"), 1);

        assert!(matches!(foreign, Err(Fault::Address)), "{foreign:?}");
    }
}
