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

#[cfg(test)]
mod tests {
    use super::{Meter, opus};
    use std::time::{Duration, Instant};

    /// A second of a 300 Hz tone of this peak, encoded.
    fn tone(peak: f32) -> Vec<Vec<u8>> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error.
        let encoder =
            unsafe { opus::opus_encoder_create(48_000, 1, opus::OPUS_APPLICATION_VOIP, &mut error) };
        assert_eq!(error, opus::OPUS_OK);
        let packets = (0..50).map(|frame| encoded(encoder, frame, peak)).collect();
        // SAFETY: made above, not used again.
        unsafe { opus::opus_encoder_destroy(encoder) };
        packets
    }

    fn encoded(encoder: *mut opus::OpusEncoder, frame: usize, peak: f32) -> Vec<u8> {
        let time = |sample: usize| (frame * 960 + sample) as f32 / 48_000.0;
        let sound: Vec<f32> =
            (0..960).map(|sample| peak * (time(sample) * 300.0 * std::f32::consts::TAU).sin()).collect();
        let mut packet = vec![0; 1000];
        // SAFETY: 960 samples of one channel go in, and no more than the packet's length comes out.
        let length =
            unsafe { opus::opus_encode_float(encoder, sound.as_ptr(), 960, packet.as_mut_ptr(), 1000) };
        packet.truncate(usize::try_from(length).expect("the encoder takes 20 ms"));
        packet
    }

    /// The levels a second of these packets gets with this claim.
    fn levels(packets: &[Vec<u8>], claimed: Option<u8>, seconds: usize) -> Vec<u8> {
        let start = Instant::now();
        let mut meter = Meter::default();
        let all = (0..seconds).flat_map(|_| packets).enumerate();
        all.map(|(at, packet)| meter.level(start + Duration::from_millis(20 * at as u64), claimed, packet))
            .collect()
    }

    #[test]
    fn a_page_without_levels_is_measured() {
        // A tone of peak 0.1 is 23 dB below full scale (20 by its peak, 3 by its shape).
        let levels = levels(&tone(0.1), None, 1);

        assert!(levels[10..].iter().all(|level| (20..=26).contains(level)), "{levels:?}");
    }

    #[test]
    fn an_honest_claim_stands_and_a_boast_is_replaced_after_a_second() {
        let quiet = tone(0.01);

        let honest = levels(&quiet, Some(43), 3);
        let boast = levels(&quiet, Some(5), 3);

        assert_eq!(honest, vec![43; 150]);
        assert!(boast[..40].iter().all(|level| *level == 5), "{boast:?}");
        assert!(boast[70..].iter().all(|level| (40..=50).contains(level)), "{boast:?}");
    }

    #[test]
    fn what_cannot_be_decoded_counts_as_said_or_as_unknown() {
        let nonsense = vec![vec![0xFF, 0, 1, 2, 3]; 50];

        assert_eq!(levels(&nonsense, Some(20), 1), vec![20; 50]);
        assert_eq!(levels(&nonsense, None, 1), vec![30; 50]);
    }
}
