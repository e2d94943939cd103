//! Opus as far as the player needs it: how long a packet lasts and how loud it is.

pub use causerie_sfu::samples;
use opusic_sys as opus;

/// Twenty milliseconds at 48 kHz.
pub const SAMPLES: usize = 960;
// RFC 6464 counts downward: 0 is the loudest, 127 is silence.
pub const SILENCE: u8 = 127;
/// A packet of digital silence, 20 ms (RFC 6716, section 3.1: CELT, one frame).
pub const SILENT_FRAME: [u8; 3] = [0xF8, 0xFF, 0xFE];

/// A decoder that listens to a file once.
pub struct Ear(*mut opus::OpusDecoder);

impl Ear {
    /// A decoder that has heard nothing yet; none when there is no memory for it.
    pub fn new() -> Option<Self> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error; the answer is checked for null.
        let decoder = unsafe { opus::opus_decoder_create(48_000, 1, &mut error) };
        (!decoder.is_null() && error == opus::OPUS_OK).then_some(Self(decoder))
    }

    /// How loud the next frame is, in −dBov.
    pub fn level(&mut self, frame: &[u8]) -> u8 {
        let mut sound = [0.0_f32; SAMPLES];
        // SAFETY: the decoder is ours alone, the frame's length is its own, and `sound` holds SAMPLES of one channel.
        let count = unsafe {
            opus::opus_decode_float(
                self.0,
                frame.as_ptr(),
                frame.len() as i32,
                sound.as_mut_ptr(),
                SAMPLES as i32,
                0,
            )
        };
        usize::try_from(count).map_or(SILENCE, |count| loudness(&sound[..count]))
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        // SAFETY: made in `new`, not used again.
        unsafe { opus::opus_decoder_destroy(self.0) }
    }
}

/// Root mean square against full scale, in −dBov (RFC 6465, section 4.1).
fn loudness(sound: &[f32]) -> u8 {
    let power = sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len().max(1) as f32;
    if power > 0.0 { (-10.0 * power.log10()).round().clamp(0.0, f32::from(SILENCE)) as u8 } else { SILENCE }
}

/// Tapes for tests, made with the encoder that belongs to the decoder.
#[cfg(test)]
pub mod made {
    use super::{SAMPLES, opus};
    use crate::ogg::written::file;

    /// Tone frames of 20 ms with the given peak between 0 and 1; 0 is silence.
    pub fn frames(peaks: &[f32]) -> Vec<Vec<u8>> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error.
        let encoder =
            unsafe { opus::opus_encoder_create(48_000, 1, opus::OPUS_APPLICATION_AUDIO, &mut error) };
        assert_eq!(error, opus::OPUS_OK);
        let frames = peaks.iter().enumerate().map(|(at, peak)| frame(encoder, at, *peak)).collect();
        // SAFETY: made above, not used again.
        unsafe { opus::opus_encoder_destroy(encoder) };
        frames
    }

    fn frame(encoder: *mut opus::OpusEncoder, at: usize, peak: f32) -> Vec<u8> {
        let time = |sample: usize| (at * SAMPLES + sample) as f32 / 48_000.0;
        let sound: Vec<f32> =
            (0..SAMPLES).map(|sample| peak * (time(sample) * 440.0 * std::f32::consts::TAU).sin()).collect();
        let mut packet = vec![0; 1500];
        // SAFETY: SAMPLES of one channel go in, and no more than the packet's length comes out.
        let length = unsafe {
            opus::opus_encode_float(encoder, sound.as_ptr(), SAMPLES as i32, packet.as_mut_ptr(), 1500)
        };
        packet.truncate(usize::try_from(length).expect("the encoder takes 20 ms"));
        packet
    }

    /// A whole Ogg Opus file of these frames.
    pub fn opus_file(frames: &[Vec<u8>]) -> Vec<u8> {
        let mut head = b"OpusHead\x01\x01".to_vec();
        head.extend_from_slice(&[0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0]);
        let mut packets = vec![head, b"OpusTags\0\0\0\0\0\0\0\0".to_vec()];
        packets.extend_from_slice(frames);
        file(&packets)
    }
}
