//! Addresses as the kernel writes them, and which of ours a datagram was sent to.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};

/// Where we can be reached, and how the addresses of this machine map to it.
#[derive(Debug, Clone)]
pub struct Places {
    advertised: Vec<SocketAddr>,
    bound: IpAddr,
}

impl Places {
    /// The addresses told to browsers, and the one the port is bound to.
    pub fn new(advertised: Vec<SocketAddr>, bound: IpAddr) -> Self {
        Self { advertised, bound }
    }

    /// What browsers are told.
    pub fn advertised(&self) -> &[SocketAddr] {
        &self.advertised
    }

    /// Which advertised address a datagram that came to `local` was meant for. Behind a 1:1 NAT the machine does not
    /// know its public address: whatever is not advertised itself stands for the first that is.
    pub fn meant(&self, local: Option<Ipv4Addr>) -> SocketAddr {
        let local = local.map_or(self.bound, IpAddr::V4);
        let same = self.advertised.iter().find(|place| place.ip() == local);
        *same.unwrap_or(&self.advertised[0])
    }
}

pub const EMPTY: libc::sockaddr_in = libc::sockaddr_in {
    sin_family: libc::AF_INET as libc::sa_family_t,
    sin_port: 0,
    sin_addr: libc::in_addr { s_addr: 0 },
    sin_zero: [0; 8],
};

pub fn read(address: &libc::sockaddr_in) -> SocketAddr {
    let ip = Ipv4Addr::from(u32::from_be(address.sin_addr.s_addr));
    SocketAddrV4::new(ip, u16::from_be(address.sin_port)).into()
}

/// None for an address of another family: nothing is ever sent there, since nothing came from there.
pub fn write(address: SocketAddr) -> Option<libc::sockaddr_in> {
    let SocketAddr::V4(address) = address else { return None };
    let s_addr = u32::from(*address.ip()).to_be();
    Some(libc::sockaddr_in { sin_port: address.port().to_be(), sin_addr: libc::in_addr { s_addr }, ..EMPTY })
}

#[cfg(test)]
mod tests {
    use super::{Places, read, write};
    use std::net::{Ipv4Addr, SocketAddr};

    #[test]
    fn an_address_survives_the_kernels_form() {
        let address: SocketAddr = "192.0.2.7:8421".parse().expect("an address");

        assert_eq!(write(address).map(|form| read(&form)), Some(address));
        assert!(write("[2001:db8::1]:8421".parse().expect("an address")).is_none());
    }

    #[test]
    fn behind_a_nat_the_machines_own_address_means_the_public_one() {
        let place = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let both = vec![place("203.0.113.9:8421"), place("192.0.2.7:8421")];

        let wild = Places::new(both.clone(), Ipv4Addr::UNSPECIFIED.into());
        let single = Places::new(both, Ipv4Addr::new(192, 0, 2, 7).into());

        assert_eq!(wild.meant(Some(Ipv4Addr::new(192, 0, 2, 7))), place("192.0.2.7:8421"));
        assert_eq!(wild.meant(Some(Ipv4Addr::new(10, 0, 0, 5))), place("203.0.113.9:8421"));
        assert_eq!(single.meant(None), place("192.0.2.7:8421"));
    }
}
