//! Honest listeners of our own, to see how many a machine carries before an evening does: each makes a connection of its
//! own, decrypts every packet, and counts what came, what is missing and how evenly.

mod crowd;
mod figures;
mod listener;

pub use crowd::{Crowd, Refused};
pub use figures::Figures;
