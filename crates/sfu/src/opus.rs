//! Opus as far as packets tell it without being decoded (RFC 6716).

/// Twenty milliseconds of digital silence: CELT, full band, one channel. Any Opus decoder plays it, whoever spoke before.
pub(crate) const SILENCE: [u8; 3] = [0xF8, 0xFF, 0xFE];

/// How many samples of 48 kHz a packet holds (RFC 6716, section 3.1).
pub fn samples(packet: &[u8]) -> Option<usize> {
    const SILK: [usize; 4] = [480, 960, 1920, 2880];
    const HYBRID: [usize; 2] = [480, 960];
    const CELT: [usize; 4] = [120, 240, 480, 960];
    let toc = *packet.first()?;
    let config = usize::from(toc >> 3);
    let each = match config {
        0..12 => SILK[config % 4],
        12..16 => HYBRID[config % 2],
        _ => CELT[config % 4],
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => usize::from(packet.get(1)? & 0x3f),
    };
    Some(each * frames)
}

#[cfg(test)]
mod tests {
    use super::{SILENCE, samples};
    use opusic_sys as opus;

    #[test]
    fn every_length_of_packet_is_known() {
        let twenty: Vec<u8> = (0..32).filter(|config| samples(&[config << 3]) == Some(960)).collect();

        assert_eq!(twenty, [1, 5, 9, 13, 15, 19, 23, 27, 31]);
        assert_eq!(samples(&[18 << 3 | 1]), Some(960));
        assert_eq!(samples(&[17 << 3 | 3, 4]), Some(960));
        assert_eq!(samples(&[17 << 3 | 3]), None);
        assert_eq!(samples(&[]), None);
    }

    /// What a decoder of so many channels makes of these packets, each its loudest sample.
    fn decoded(channels: i32, packets: &[&[u8]]) -> Vec<u16> {
        let mut error = 0;
        // SAFETY: plain values and a place for the error.
        let decoder = unsafe { opus::opus_decoder_create(48_000, channels, &mut error) };
        assert_eq!(error, opus::OPUS_OK);
        let loudest = packets.iter().map(|packet| {
            let mut sound = [0_i16; 1920];
            // SAFETY: the packet has this length, and `sound` holds 960 samples of two channels.
            let count = unsafe {
                opus::opus_decode(decoder, packet.as_ptr(), packet.len() as i32, sound.as_mut_ptr(), 960, 0)
            };
            assert_eq!(count, 960);
            sound.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0)
        });
        let loudest = loudest.collect();
        // SAFETY: made above, not used again.
        unsafe { opus::opus_decoder_destroy(decoder) };
        loudest
    }

    #[test]
    fn silence_is_silent_in_one_channel_and_in_two() {
        assert_eq!(samples(&SILENCE), Some(960));
        assert_eq!(decoded(1, &[&SILENCE, &SILENCE]), [0, 0]);
        assert_eq!(decoded(2, &[&SILENCE, &SILENCE]), [0, 0]);
    }
}
