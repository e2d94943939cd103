//! Packets for tests.

use opusic_sys as opus;

/// So many frames of 20 ms of a tone of 440 Hz, at half of full scale.
pub fn tone(frames: usize) -> Vec<Vec<u8>> {
    let mut error = 0;
    // SAFETY: plain values and a place for the error.
    let encoder = unsafe { opus::opus_encoder_create(48_000, 1, opus::OPUS_APPLICATION_VOIP, &mut error) };
    assert_eq!(error, opus::OPUS_OK);
    let made = (0..frames).map(|at| frame(encoder, at)).collect();
    // SAFETY: made above, not used again.
    unsafe { opus::opus_encoder_destroy(encoder) };
    made
}

fn frame(encoder: *mut opus::OpusEncoder, at: usize) -> Vec<u8> {
    let time = |sample: usize| (at * 960 + sample) as f32 / 48_000.0;
    let sound: Vec<f32> =
        (0..960).map(|sample| 0.5 * (time(sample) * 440.0 * std::f32::consts::TAU).sin()).collect();
    let mut packet = vec![0; 1200];
    // SAFETY: 960 samples of one channel go in, and no more than the packet's length comes out.
    let length = unsafe { opus::opus_encode_float(encoder, sound.as_ptr(), 960, packet.as_mut_ptr(), 1200) };
    packet.truncate(usize::try_from(length).expect("the encoder takes 20 ms"));
    packet
}
