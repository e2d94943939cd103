//! When and where: sockets, threads, clock and files around `causerie-sfu`.

pub mod bell;
pub mod ogg;
pub mod ring;
pub mod tape;
pub mod udp;
