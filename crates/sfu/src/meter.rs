//! How loud a speaker is: what their page claims (RFC 6464) as long as an occasional listen agrees, else what we hear.

use opusic_sys as opus;
use std::time::{Duration, Instant};

const SILENCE: u8 = 127;
/// What a source without levels counts as until it has been heard.
const UNKNOWN: u8 = 30;
/// One packet in five is decoded; the one before it too, so that the decoder has found its feet.
const EVERY: u32 = 5;
/// A claim may be so much louder than the truth, in decibels; encoders change levels a little.
const TRUST: u8 = 10;
/// For so long a claim may be wrong.
const PATIENCE: Duration = Duration::from_secs(1);
/// 120 ms, the longest packet there is, of one channel at 48 kHz.
const LONGEST: usize = 5760;

/// One speaker's loudness.
#[derive(Default)]
pub(crate) struct Meter {
    decoder: Option<Decoder>,
    count: u32,
    heard: Option<u8>,
    boasts_since: Option<Instant>,
}

impl Meter {
    /// The level of a packet, believed or measured.
    pub fn level(&mut self, now: Instant, claimed: Option<u8>, packet: &[u8]) -> u8 {
        self.listen(packet);
        let Some(claimed) = claimed else {
            return self.heard.unwrap_or(UNKNOWN);
        };
        let boast = self.heard.filter(|heard| claimed.saturating_add(TRUST) < *heard);
        let Some(heard) = boast else {
            self.boasts_since = None;
            return claimed;
        };
        let since = *self.boasts_since.get_or_insert(now);
        if now.saturating_duration_since(since) >= PATIENCE { heard } else { claimed }
    }

    fn listen(&mut self, packet: &[u8]) {
        // One or two bytes are a sign of life during silence, no sound.
        if packet.len() < 3 {
            return;
        }
        self.count = (self.count + 1) % EVERY;
        if self.count > 1 && self.heard.is_some() {
            return;
        }
        if self.decoder.is_none() {
            self.decoder = Decoder::new();
        }
        let heard = self.decoder.as_mut().and_then(|decoder| decoder.level(packet));
        // A speaker falls silent within a word: what counts is the loudest of late.
        if self.count == 1 || self.heard.is_none() {
            self.heard =
                heard.map(|heard| heard.min(self.heard.map_or(SILENCE, |before| before.saturating_add(3))));
        }
    }
}

/// libopus, listening.
struct Decoder(*mut opus::OpusDecoder);

// SAFETY: a decoder is plain memory of its own and may be used by one thread after another.
unsafe impl Send for Decoder {}

impl Decoder {
    fn new() -> Option<Self> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error; the answer is checked for null.
        let decoder = unsafe { opus::opus_decoder_create(48_000, 1, &mut error) };
        (!decoder.is_null() && error == opus::OPUS_OK).then_some(Self(decoder))
    }

    /// Root mean square against full scale in −dBov, or none when it cannot be decoded.
    fn level(&mut self, packet: &[u8]) -> Option<u8> {
        let mut sound = [0_i16; LONGEST];
        let length = i32::try_from(packet.len()).ok()?;
        // SAFETY: the decoder is ours alone, the packet has this length, and `sound` holds LONGEST of one channel.
        let count = unsafe {
            opus::opus_decode(self.0, packet.as_ptr(), length, sound.as_mut_ptr(), LONGEST as i32, 0)
        };
        Some(loudness(&sound[..usize::try_from(count).ok()?]))
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: made in `new`, not used again.
        unsafe { opus::opus_decoder_destroy(self.0) }
    }
}

fn loudness(sound: &[i16]) -> u8 {
    let energy: f32 = sound.iter().map(|sample| f32::from(*sample).powi(2)).sum();
    let power = energy / (sound.len().max(1) as f32 * 32768.0 * 32768.0);
    if power > 0.0 { (-10.0 * power.log10()).round().clamp(0.0, f32::from(SILENCE)) as u8 } else { SILENCE }
}
