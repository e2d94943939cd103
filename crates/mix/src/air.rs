//! The air of a room: so soft that nobody hears it, and loud enough that a player's silence is not dead.

use causerie_opus::FRAME;

/// About −70 dB below full scale after the low pass.
const SOFT: f32 = 0.001;
/// How much of each sample goes on into the next: air rustles, it does not hiss.
const MELLOW: f32 = 0.8;

/// Noise of its own for each room.
pub struct Air {
    chance: u64,
    last: f32,
}

impl Air {
    /// Another seed is another noise.
    pub fn new(seed: u64) -> Self {
        Self { chance: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, last: 0.0 }
    }

    /// Lay it under a frame.
    pub fn lay_under(&mut self, sound: &mut [f32; FRAME]) {
        for sample in sound {
            self.chance ^= self.chance << 13;
            self.chance ^= self.chance >> 7;
            self.chance ^= self.chance << 17;
            let white = (self.chance >> 40) as f32 / (1 << 23) as f32 - 1.0;
            self.last = MELLOW * self.last + (1.0 - MELLOW) * white * SOFT;
            *sample += self.last;
        }
    }
}
