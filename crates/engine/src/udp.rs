//! The one UDP port: sockets for each worker on the same number, read and written in batches.

mod address;
mod inbox;
mod outbound;
mod port;

pub use address::Places;
pub use inbox::Inbox;
pub use outbound::Outbound;
pub use port::{Sockets, open};

/// How many datagrams one system call moves.
pub const BATCH: usize = 64;
/// No path carries more in one piece (Ethernet's 1,500 with room to spare); longer ones are cut and so refused.
pub const LONGEST: usize = 2048;
