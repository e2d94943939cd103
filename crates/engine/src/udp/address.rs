//! Addresses as the kernel writes them, and which of ours a datagram goes to or comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4, UdpSocket};

/// Where we can be reached, and how the addresses of this machine map to it.
#[derive(Debug, Clone)]
pub struct Places {
    advertised: Vec<SocketAddr>,
    bound: Ipv4Addr,
    /// Those advertised addresses that are this machine's own; the others live on a router before it.
    own: Vec<IpAddr>,
    /// Addresses of a router, each with the one of this machine that stands behind it (1:1 NAT).
    behind: Vec<(IpAddr, Ipv4Addr)>,
}

impl Places {
    /// The addresses told to browsers (at least one), and the one the port is bound to.
    pub fn new(advertised: Vec<SocketAddr>, bound: Ipv4Addr) -> Self {
        let is_own = |place: &IpAddr| UdpSocket::bind((*place, 0)).is_ok();
        let own = advertised.iter().map(SocketAddr::ip).filter(is_own).collect();
        Self { advertised, bound, own, behind: Vec::new() }
    }

    /// The same, where it is known which address of this machine a router's leads to.
    pub fn behind(mut self, pairs: impl IntoIterator<Item = (Ipv4Addr, Ipv4Addr)>) -> Self {
        self.behind.extend(pairs.into_iter().map(|(public, local)| (public.into(), local)));
        self
    }

    /// The addresses of this machine that datagrams to what is told come to, as far as they are known.
    pub fn locals(&self) -> Vec<Ipv4Addr> {
        let own = self.own.iter().filter_map(|ip| if let IpAddr::V4(ip) = ip { Some(*ip) } else { None });
        let mut all: Vec<_> = self.behind.iter().map(|(_, local)| *local).chain(own).collect();
        all.sort();
        all.dedup();
        all
    }

    /// What browsers are told.
    pub fn advertised(&self) -> &[SocketAddr] {
        &self.advertised
    }

    /// Which advertised address a datagram that came to `local` was meant for. Behind a 1:1 NAT the machine does not
    /// know its public address: what stands behind one means that one, and whatever is not advertised itself stands
    /// for the first that is.
    pub fn meant(&self, local: Option<Ipv4Addr>) -> SocketAddr {
        let local = local.unwrap_or(self.bound);
        let public = self.behind.iter().find(|(_, own)| *own == local).map(|(public, _)| *public);
        let meant = public.unwrap_or(IpAddr::V4(local));
        let same = self.advertised.iter().find(|place| place.ip() == meant);
        *same.unwrap_or(&self.advertised[0])
    }

    /// The address of this machine a datagram has to leave from, where the kernel would choose by itself: a browser
    /// takes no answer from another address than the one it asked.
    pub fn source(&self, from: SocketAddr) -> Option<Ipv4Addr> {
        if !self.bound.is_unspecified() {
            return None;
        }
        if let Some((_, local)) = self.behind.iter().find(|(public, _)| *public == from.ip()) {
            return Some(*local);
        }
        match from.ip() {
            IpAddr::V4(ip) if self.own.contains(&from.ip()) => Some(ip),
            _ => None,
        }
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

/// None for an address of another family, which is a pipe's: nothing came from there by UDP, and nothing goes there.
pub fn write(address: SocketAddr) -> Option<libc::sockaddr_in> {
    let SocketAddr::V4(address) = address else { return None };
    let sin_addr = inner(*address.ip());
    Some(libc::sockaddr_in { sin_port: address.port().to_be(), sin_addr, ..EMPTY })
}

pub fn inner(ip: Ipv4Addr) -> libc::in_addr {
    libc::in_addr { s_addr: u32::from(ip).to_be() }
}

#[cfg(test)]
mod tests {
    use super::{Places, read, write};
    use std::net::{Ipv4Addr, SocketAddr};

    fn place(text: &str) -> SocketAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_survives_the_kernels_form() {
        let address = place("192.0.2.7:8421");

        assert_eq!(write(address).map(|form| read(&form)), Some(address));
        assert!(write(place("[2001:db8::1]:8421")).is_none());
    }

    #[test]
    fn behind_a_nat_the_machines_own_address_means_the_public_one() {
        let both = vec![place("203.0.113.9:8421"), place("127.0.0.7:8421")];

        let wild = Places::new(both.clone(), Ipv4Addr::UNSPECIFIED);
        let single = Places::new(both, Ipv4Addr::new(127, 0, 0, 7));

        assert_eq!(wild.meant(Some(Ipv4Addr::new(127, 0, 0, 7))), place("127.0.0.7:8421"));
        assert_eq!(wild.meant(Some(Ipv4Addr::new(10, 0, 0, 5))), place("203.0.113.9:8421"));
        assert_eq!(single.meant(None), place("127.0.0.7:8421"));
    }

    #[test]
    fn with_several_addresses_each_stands_behind_its_own_public_one() {
        let told = ["203.0.113.9:8421", "203.0.113.10:8421", "10.0.0.5:8421", "127.0.0.1:8421"];
        let (first, second) = (Ipv4Addr::new(10, 0, 0, 5), Ipv4Addr::new(10, 0, 1, 5));
        let pairs = [(Ipv4Addr::new(203, 0, 113, 9), first), (Ipv4Addr::new(203, 0, 113, 10), second)];

        let wild = Places::new(told.map(place).to_vec(), Ipv4Addr::UNSPECIFIED).behind(pairs);

        assert_eq!(wild.meant(Some(first)), place("203.0.113.9:8421"), "though it is told, too");
        assert_eq!(wild.meant(Some(second)), place("203.0.113.10:8421"));
        assert_eq!(wild.meant(Some(Ipv4Addr::LOCALHOST)), place("127.0.0.1:8421"));
        assert_eq!(wild.source(place("203.0.113.10:8421")), Some(second));
        let single = Places::new(vec![place("203.0.113.9:8421")], first).behind(pairs);
        assert_eq!(single.meant(None), place("203.0.113.9:8421"));
        assert_eq!(single.source(place("203.0.113.9:8421")), None, "the port is bound to it anyway");
    }

    #[test]
    fn datagrams_come_to_own_addresses_and_to_those_behind_a_routers() {
        let told = ["203.0.113.9:8421", "127.0.0.7:8421", "203.0.113.10:8421"];
        let second = Ipv4Addr::new(127, 0, 0, 6);
        let pair = (Ipv4Addr::new(203, 0, 113, 10), second);

        let places = Places::new(told.map(place).to_vec(), Ipv4Addr::UNSPECIFIED).behind([pair]);

        assert_eq!(places.locals(), [second, Ipv4Addr::new(127, 0, 0, 7)]);
    }

    #[test]
    fn an_answer_leaves_from_the_address_that_was_asked() {
        let both = vec![place("203.0.113.9:8421"), place("127.0.0.7:8421")];

        let wild = Places::new(both.clone(), Ipv4Addr::UNSPECIFIED);
        let single = Places::new(both.clone(), Ipv4Addr::new(127, 0, 0, 7));

        assert_eq!(wild.source(both[1]), Some(Ipv4Addr::new(127, 0, 0, 7)));
        assert_eq!(wild.source(both[0]), None, "the router's address is not ours to send from");
        assert_eq!(single.source(both[1]), None, "the port is bound to it anyway");
    }
}
