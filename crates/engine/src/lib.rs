//! When and where: sockets, threads, clock and files around `causerie-sfu`.
