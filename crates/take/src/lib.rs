//! A take: what one person said on stage, packet by packet, in a log that needs no end to be read; and the way back from
//! the log to sound on the room's clock.
//!
//! [`record`] is the format, [`log`] reads and mends files, [`course`] follows the speaker's clock, [`order`] puts packets
//! in order, [`sound`] decodes and plays them
//! on the room's clock, and [`track`] is one person's log as a whole.

mod course;
#[cfg(test)]
mod evening;
mod log;
#[cfg(test)]
mod made;
mod order;
mod record;
mod sound;
mod spans;
mod stretch;
mod track;

pub use log::{HEADER, Log, Torn, Unreadable, Whole, whole};
pub use record::{Kind, LONGEST, Record, SHORTEST, head};
pub use sound::Sound;
pub use spans::Span;
pub use track::{RATE, Track};
