//! Opus to sound: what is there, what its neighbour carries of it (RFC 6716, section 2.1.7), and a guess for the rest.

use opusic_sys as opus;

/// The longest packet: 120 ms at 48 kHz.
pub const LONGEST: usize = 5760;

/// One speaker's decoder.
pub struct Decoder {
    raw: *mut opus::OpusDecoder,
    sound: Box<[f32; LONGEST]>,
}

// SAFETY: the decoder is plain memory behind a pointer that nobody else has.
unsafe impl Send for Decoder {}

impl Decoder {
    /// A decoder that has heard nothing yet; none when there is no memory for it.
    pub fn new() -> Option<Self> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error; the answer is checked for null.
        let raw = unsafe { opus::opus_decoder_create(48_000, 1, &mut error) };
        (!raw.is_null() && error == opus::OPUS_OK).then(|| Self { raw, sound: Box::new([0.0; LONGEST]) })
    }

    /// Somebody else speaks, or the same person anew.
    pub fn restart(&mut self) {
        // SAFETY: the decoder is ours; this request takes no argument.
        unsafe { opus::opus_decoder_ctl(self.raw, opus::OPUS_RESET_STATE) };
    }

    /// What a packet says; nothing when it is none.
    pub fn decode(&mut self, packet: &[u8]) -> &[f32] {
        self.call(packet, LONGEST, false)
    }

    /// The last `samples` before this packet, as far as it carries them; a guess where it does not.
    pub fn before(&mut self, packet: &[u8], samples: usize) -> &[f32] {
        self.call(packet, samples, true)
    }

    /// A guess at so many samples.
    pub fn guess(&mut self, samples: usize) -> &[f32] {
        self.call(&[], samples, false)
    }

    fn call(&mut self, packet: &[u8], samples: usize, before: bool) -> &[f32] {
        let data = if packet.is_empty() { std::ptr::null() } else { packet.as_ptr() };
        let samples = samples.min(LONGEST);
        // SAFETY: the decoder is ours, the packet's length is its own (null stands for a lost one), and `sound` holds
        // LONGEST samples of one channel.
        let count = unsafe {
            opus::opus_decode_float(
                self.raw,
                data,
                packet.len() as i32,
                self.sound.as_mut_ptr(),
                samples as i32,
                i32::from(before),
            )
        };
        &self.sound[..usize::try_from(count).unwrap_or(0)]
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: made in `new`, not used again.
        unsafe { opus::opus_decoder_destroy(self.raw) }
    }
}

/// How many samples a packet lasts at 48 kHz; none when it is no Opus packet.
pub fn samples(packet: &[u8]) -> Option<usize> {
    if packet.is_empty() {
        return None;
    }
    // SAFETY: the packet's length is its own.
    let count = unsafe { opus::opus_packet_get_nb_samples(packet.as_ptr(), packet.len() as i32, 48_000) };
    usize::try_from(count).ok().filter(|count| (1..=LONGEST).contains(count))
}
