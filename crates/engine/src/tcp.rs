//! The same port by TCP, for people whose network lets no UDP through (RFC 6544): each keeps one connection open, a
//! *pipe*, and what would be a datagram is a frame in it (RFC 4571).

mod caller;
mod frames;
mod pipe;
mod pipes;
mod port;
mod porter;
mod queue;
mod watch;

pub use pipe::Arrival;
pub use pipes::{Pipes, Received};
pub use port::open;
pub use porter::Porter;

/// The longest frame that comes or goes; a longer one is no datagram of ours.
pub const LONGEST: usize = causerie_sfu::LONGEST_DATAGRAM;
