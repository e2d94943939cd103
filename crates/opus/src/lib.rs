//! Opus (RFC 6716) to sound and back, in safe words: 48 kHz, one channel.

mod decoder;
mod encoder;

pub use decoder::{Decoder, LONGEST, samples};
pub use encoder::{Encoder, FRAME};
