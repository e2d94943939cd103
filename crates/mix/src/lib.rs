//! What a room sounds like: the loudest of its voices as one, twenty milliseconds at a time. No socket, clock or thread:
//! [`Mixer`] is given packets and the time.
//!
//! [`pile`] keeps a speaker's packets in order, [`delay`] tells how long they have to wait for each other, [`voice`]
//! makes even sound of them, [`ready`] without clicks; [`seats`] says who is heard, [`level`] makes all equally loud,
//! [`speaker`] is one person with all of that. [`limiter`] keeps the sum from distorting, [`air`] keeps silence alive.

mod air;
mod delay;
mod level;
mod limiter;
mod mixer;
mod pile;
mod ready;
mod seats;
mod speaker;
mod voice;

pub use causerie_opus::FRAME;
pub use mixer::{Heard, Mixed, Mixer};
