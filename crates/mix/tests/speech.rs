//! Speech on bad networks: how much of it can be understood by a listener whose line loses packets, with the protection that
//! the programme gives them. The demo room's voices are what is said.

#[path = "speech/stoi.rs"]
mod stoi;

use causerie_opus::{Decoder, Encoder, FRAME};
use std::path::Path;
use stoi::stoi;

/// Twelve seconds.
const FRAMES: usize = 600;

/// What one of the demo's voices says, from one second on, without the pauses.
fn speech(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/causerie/demo/voices").join(name);
    let file = std::fs::read(path).expect("a voice of the demo");
    let mut decoder = Decoder::new().expect("memory");
    let mut sound = Vec::new();
    for packet in packets(&file).skip(2) {
        let frame = decoder.decode(&packet);
        let power = frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len().max(1) as f32;
        if power > 1e-6 {
            sound.extend_from_slice(frame);
        }
        if sound.len() >= FRAMES * FRAME {
            break;
        }
    }
    sound.truncate(FRAMES * FRAME);
    assert_eq!(sound.len(), FRAMES * FRAME, "{name} talks for long enough");
    sound
}

/// The packets of an Ogg file (RFC 3533), none of which spans pages here.
fn packets(file: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let (mut at, mut all, mut open) = (0, Vec::new(), Vec::new());
    while file.get(at..at + 4) == Some(b"OggS") {
        let count = usize::from(file[at + 26]);
        let table = &file[at + 27..at + 27 + count];
        let mut body = at + 27 + count;
        for length in table {
            open.extend_from_slice(&file[body..body + usize::from(*length)]);
            body += usize::from(*length);
            if *length < 255 {
                all.push(std::mem::take(&mut open));
            }
        }
        at = body;
    }
    all.into_iter()
}

/// What a listener hears of it: each packet where it came, else a copy in one of those after it, else what the next
/// carries, else a guess. `copies` are how many packets later each goes along once more.
fn heard(sound: &[f32], expected: u8, copies: &[usize], lost: &[bool]) -> Vec<f32> {
    let mut encoder = Encoder::new(32_000).expect("memory");
    encoder.expect_loss(expected);
    let frames = sound.chunks_exact(FRAME).map(|frame| {
        let mut packet = vec![0; 400];
        let length = encoder.encode(frame.try_into().expect("a frame"), &mut packet);
        packet.truncate(length);
        packet
    });
    let packets: Vec<_> = frames.collect();
    let came = |at: usize| lost.get(at).is_some_and(|lost| !lost);
    let mut decoder = Decoder::new().expect("memory");
    let mut out = Vec::new();
    for at in 0..packets.len() {
        let known = came(at) || copies.iter().any(|later| came(at + later));
        let next = packets.get(at + 1).filter(|_| came(at + 1));
        let frame = match (known, next) {
            (true, _) => decoder.decode(&packets[at]),
            (false, Some(next)) => decoder.before(next, FRAME),
            (false, None) => decoder.guess(FRAME),
        };
        out.extend_from_slice(frame);
    }
    out
}

/// The same loss each time.
fn pattern(percent: u64, burst: usize) -> Vec<bool> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % 10_000
    };
    let mut lost = Vec::with_capacity(FRAMES);
    // A burst begins so often that the share comes out right.
    let begins = percent * 100 / burst as u64 * 100 / (100 - percent * (burst as u64 - 1) / burst as u64);
    while lost.len() < FRAMES {
        if chance() < begins {
            lost.extend(std::iter::repeat_n(true, burst));
        } else {
            lost.push(false);
        }
    }
    lost.truncate(FRAMES);
    lost
}

/// How much later the decoded sound comes than what went in.
fn shift(sound: &[f32], decoded: &[f32]) -> usize {
    let product = |shift: usize| -> f32 {
        sound[..48_000].iter().zip(&decoded[shift..]).map(|(clean, heard)| clean * heard).sum()
    };
    (0..960).max_by(|one, other| product(*one).total_cmp(&product(*other))).unwrap_or(0)
}

/// Of all three voices together.
fn understood(percent: u64, burst: usize, copies: &[usize]) -> f64 {
    let lost = pattern(percent, burst);
    let share = lost.iter().filter(|lost| **lost).count() * 100 / FRAMES;
    assert!(share.abs_diff(percent as usize) <= 4, "{share} percent are lost, not {percent}");
    let each = ["aurelie.opus", "karim.opus", "tomasz.opus"].map(|name| {
        let sound = speech(name);
        let decoded = heard(&sound, percent.min(30) as u8, copies, &lost);
        let shift = shift(&sound, &heard(&sound, percent.min(30) as u8, &[], &[false; FRAMES]));
        stoi(&sound, &decoded[shift..])
    });
    each.iter().sum::<f64>() / 3.0
}

#[test]
fn speech_is_understood_on_bad_lines() {
    // Above 8 % lost the lane sends each packet twice more, one and three later.
    let two = [1, 3];
    for (percent, burst, least) in [(10, 1, 0.93), (20, 1, 0.90), (30, 1, 0.85), (20, 4, 0.80)] {
        let share = understood(percent, burst, &two);

        println!("{percent} % lost in bursts of {burst}: STOI {share:.3}, must {least}");
        assert!(share >= least, "{percent} % in bursts of {burst}: {share:.3}");
    }
}

#[test]
fn without_copies_less_of_it_is_understood() {
    let (with, without) = (understood(20, 1, &[1, 3]), understood(20, 1, &[]));

    println!("20 % lost: STOI {with:.3} with two copies, {without:.3} without any");
    assert!(with > without + 0.01, "{with:.3} and {without:.3}");
}
