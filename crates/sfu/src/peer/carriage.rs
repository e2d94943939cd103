//! How str0m is told by which road a datagram came, and how it tells us: by UDP or through a pipe.

use super::Way;
use crate::pipe;
use std::net::SocketAddr;
use str0m::Candidate;
use str0m::error::IceError;
use str0m::net::{Protocol, Receive, TcpType, Transmit};

/// An address of ours as browsers are told of it. They open pipes themselves; we only wait for them (RFC 6544).
pub(super) fn candidate(address: SocketAddr) -> Result<Candidate, IceError> {
    match pipe::behind(address) {
        Some(place) => Candidate::builder().tcp().host(place.into()).tcptype(TcpType::Passive).build(),
        None => Candidate::host(address, "udp"),
    }
}

/// A datagram for str0m; none when it is nothing str0m reads.
pub(super) fn received(way: Way, datagram: &[u8]) -> Option<Receive<'_>> {
    let (protocol, from) = match pipe::behind(way.to) {
        Some(place) => (Protocol::Tcp, place.into()),
        None => (Protocol::Udp, way.to),
    };
    Receive::new(protocol, from, way.from, datagram).ok()
}

/// Which way something of str0m's is to go.
pub(super) fn way(transmit: &Transmit) -> Way {
    let to = match (transmit.proto, transmit.destination) {
        (Protocol::Tcp, SocketAddr::V4(place)) => pipe::by_tcp(place),
        (_, address) => address,
    };
    Way { from: transmit.source, to }
}
