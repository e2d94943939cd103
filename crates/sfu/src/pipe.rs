//! Addresses of those who come by TCP. Everything that looks up, compares or writes an address treats them as any other;
//! only str0m and the edge have to know that there is a connection behind it.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4};

/// RFC 6666: what goes there is thrown away by every router, so nobody comes from there by UDP.
const DISCARD: u16 = 0x0100;

/// The address by which a pipe to (or from) this place is known.
pub fn by_tcp(place: SocketAddrV4) -> SocketAddr {
    let [a, b, c, d] = place.ip().octets();
    let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    SocketAddr::from((Ipv6Addr::new(DISCARD, 0, 0, 0, 0, 0, high, low), place.port()))
}

/// The place a pipe leads to; none for an address of UDP.
pub fn behind(address: SocketAddr) -> Option<SocketAddrV4> {
    let SocketAddr::V6(address) = address else { return None };
    let [DISCARD, 0, 0, 0, 0, 0, high, low] = address.ip().segments() else { return None };
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Some(SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), address.port()))
}

#[cfg(test)]
mod tests {
    use super::{behind, by_tcp};
    use std::net::SocketAddr;

    #[test]
    fn a_pipes_address_tells_where_it_leads_and_no_other_address_does() {
        let place = "192.0.2.7:8421".parse().expect("an address");
        let others = ["192.0.2.7:8421", "[2001:db8::1]:8421", "[::ffff:192.0.2.7]:8421"];

        assert_eq!(behind(by_tcp(place)), Some(place));
        assert_eq!(others.map(|other| behind(other.parse::<SocketAddr>().expect("an address"))), [None; 3]);
    }
}
