//! Sound to Opus, for speech that many hear.

use opusic_sys as opus;

/// Samples of one packet: 20 ms at 48 kHz.
pub const FRAME: usize = 960;

/// An encoder of speech, with protection of one packet by the next.
pub struct Encoder(*mut opus::OpusEncoder);

// SAFETY: the encoder is plain memory behind a pointer that nobody else has.
unsafe impl Send for Encoder {}

impl Encoder {
    /// One channel at so many bits a second; none when there is no memory for it.
    pub fn new(bits: i32) -> Option<Self> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error; the answer is checked for null.
        let raw = unsafe { opus::opus_encoder_create(48_000, 1, opus::OPUS_APPLICATION_VOIP, &mut error) };
        if raw.is_null() || error != opus::OPUS_OK {
            return None;
        }
        let encoder = Self(raw);
        for (request, value) in [
            (opus::OPUS_SET_BITRATE_REQUEST, bits),
            (opus::OPUS_SET_COMPLEXITY_REQUEST, 6),
            (opus::OPUS_SET_INBAND_FEC_REQUEST, 1),
            (opus::OPUS_SET_DTX_REQUEST, 0),
        ] {
            encoder.set(request, value);
        }
        Some(encoder)
    }

    /// So much is lost on the way, in percent: the more, the more of each packet protects the one before.
    pub fn expect_loss(&mut self, percent: u8) {
        self.set(opus::OPUS_SET_PACKET_LOSS_PERC_REQUEST, i32::from(percent.min(100)));
    }

    /// Twenty milliseconds as one packet, no longer than `packet`; gives its length, 0 when it could not be made.
    pub fn encode(&mut self, sound: &[f32; FRAME], packet: &mut [u8]) -> usize {
        // SAFETY: FRAME samples of one channel go in, and no more than the packet's length comes out.
        let length = unsafe {
            let (place, most) = (packet.as_mut_ptr(), packet.len() as i32);
            opus::opus_encode_float(self.0, sound.as_ptr(), FRAME as i32, place, most)
        };
        usize::try_from(length).unwrap_or(0)
    }

    fn set(&self, request: i32, value: i32) {
        // SAFETY: the encoder is ours; each of these requests takes one number.
        unsafe { opus::opus_encoder_ctl(self.0, request, value) };
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: made in `new`, not used again.
        unsafe { opus::opus_encoder_destroy(self.0) }
    }
}
