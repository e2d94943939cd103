//! A sound file as the player needs it: Opus frames of 20 ms, each with its loudness (RFC 7845, RFC 6716).

use crate::ogg::{self, Unreadable};
use crate::opus::{Ear, SAMPLES, SILENCE, samples};
use causerie_sfu::LONGEST_PAYLOAD;
use std::path::Path;

/// A file larger than this is no voice and no jingle: five hours at 32 kb/s.
const LARGEST_FILE: u64 = 72 << 20;

/// Twenty milliseconds of sound, as it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound<'a> {
    /// One Opus packet.
    pub payload: &'a [u8],
    /// How loud it is, in −dBov.
    pub level: u8,
}

/// A file that has been read and can be played.
#[derive(Debug, PartialEq, Eq)]
pub struct Tape {
    sound: Vec<u8>,
    ends: Vec<u32>,
    levels: Vec<u8>,
}

impl Tape {
    /// Read a file, or say in a sentence why it cannot be played.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let size = std::fs::metadata(path).map_err(|_| Unreadable("The file cannot be opened."))?.len();
        if size > LARGEST_FILE {
            return Err(Unreadable("The file is longer than a player takes."));
        }
        Self::read(&std::fs::read(path).map_err(|_| Unreadable("The file cannot be opened."))?)
    }

    /// Take the frames out of an Ogg Opus file; their loudness is silence until it is measured.
    pub fn read(file: &[u8]) -> Result<Self, Unreadable> {
        let packets = ogg::packets(file)?;
        let [head, tags, frames @ ..] = packets.as_slice() else {
            return Err(Unreadable("There is no sound in the file."));
        };
        check_head(head)?;
        if !tags.starts_with(b"OpusTags") {
            return Err(Unreadable("The file is not an Opus file."));
        }
        // The pre-skip (a few milliseconds of a decoder warming up) is played: the listener's decoder runs on.
        let mut tape = Self { sound: Vec::new(), ends: Vec::new(), levels: vec![SILENCE; frames.len()] };
        for frame in frames {
            check_frame(frame)?;
            tape.sound.extend_from_slice(frame);
            tape.ends.push(tape.sound.len() as u32);
        }
        if tape.ends.is_empty() { Err(Unreadable("There is no sound in the file.")) } else { Ok(tape) }
    }

    /// Measure how loud each frame is by decoding it once (about 0.04 ms a frame).
    pub fn measure(&mut self) {
        let Some(mut ear) = Ear::new() else { return };
        self.levels = (0..self.frames()).map(|at| ear.level(self.frame(at).payload)).collect();
    }

    /// How many frames of 20 ms there are.
    pub fn frames(&self) -> usize {
        self.ends.len()
    }

    /// One frame, counted from 0.
    pub fn frame(&self, at: usize) -> Sound<'_> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        Sound { payload: &self.sound[start..self.ends[at] as usize], level: self.levels[at] }
    }
}

/// RFC 7845, section 5.1.
fn check_head(head: &[u8]) -> Result<(), Unreadable> {
    if !head.starts_with(b"OpusHead") || head.len() < 19 || head[8] & 0xf0 != 0 {
        return Err(Unreadable("The file is not an Opus file."));
    }
    if !(1..=2).contains(&head[9]) || head[18] != 0 {
        return Err(Unreadable("The file has more than two channels."));
    }
    Ok(())
}

fn check_frame(frame: &[u8]) -> Result<(), Unreadable> {
    if frame.len() > LONGEST_PAYLOAD {
        return Err(Unreadable("The file's bit rate is too high to be sent: make it 128 kb/s or less."));
    }
    if samples(frame) != Some(SAMPLES) {
        return Err(Unreadable(
            "The file's packets are not 20 ms long: make it with a frame length of 20 ms.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAYLOAD, Tape, Unreadable};
    use crate::ogg::written::file;
    use crate::opus::made::{frames, opus_file};

    #[test]
    fn a_file_gives_its_frames_with_their_loudness() {
        let made = frames(&[vec![0.5; 20], vec![0.05; 20], vec![0.0; 20]].concat());

        let mut tape = Tape::read(&opus_file(&made)).expect("a good file");
        tape.measure();

        let played: Vec<Vec<u8>> = (0..tape.frames()).map(|at| tape.frame(at).payload.to_vec()).collect();
        assert_eq!(played, made);
        // A sine of peak 0.5 is 9 dB under full scale, one of 0.05 is 29 dB under.
        assert!((8..=10).contains(&tape.frame(15).level), "{}", tape.frame(15).level);
        assert!((27..=31).contains(&tape.frame(35).level), "{}", tape.frame(35).level);
        assert!(tape.frame(55).level > 70, "{}", tape.frame(55).level);
    }

    #[test]
    fn what_cannot_be_played_says_why() {
        let good = frames(&[0.1; 3]);
        let refused = |file: Vec<u8>| Tape::read(&file).expect_err("not playable").0;

        assert_eq!(refused(b"RIFF....WAVE".repeat(9)), "The file is not an Ogg file.");
        assert_eq!(
            refused(file(&[b"\x01vorbis".to_vec(), vec![0; 30], vec![0; 30]])),
            "The file is not an Opus file."
        );
        assert_eq!(refused(opus_file(&[])), "There is no sound in the file.");
        let sixty = "The file's packets are not 20 ms long: make it with a frame length of 20 ms.";
        assert_eq!(refused(opus_file(&[good[0].clone(), vec![11 << 3, 1, 2]])), sixty);
        assert_eq!(refused(opus_file(&[vec![]])), sixty);
        let loud = "The file's bit rate is too high to be sent: make it 128 kb/s or less.";
        assert_eq!(refused(opus_file(&[vec![0xf8; LONGEST_PAYLOAD + 1]])), loud);
        assert_eq!(Tape::open("nowhere.opus".as_ref()), Err(Unreadable("The file cannot be opened.")));
    }

    #[test]
    fn garbage_is_refused_without_harm() {
        let whole = opus_file(&frames(&[0.3; 6]));
        let mut seed = 1_u32;
        let mut chance = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed as usize >> 8
        };

        for _ in 0..3_000 {
            let mut bytes = whole.clone();
            bytes.truncate(chance() % whole.len());
            for _ in 0..chance() % 4 {
                let at = chance() % whole.len();
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = chance() as u8;
                }
            }
            if let Ok(mut tape) = Tape::read(&bytes) {
                tape.measure();
            }
        }
    }

    #[test]
    fn frames_that_only_look_like_opus_are_silence_or_noise_but_never_a_fault() {
        let strange: Vec<Vec<u8>> =
            (0_u8..=255).map(|byte| vec![0xf8 | byte & 4, byte, byte ^ 0x5a]).collect();

        let mut tape = Tape::read(&opus_file(&strange)).expect("lengths are right");
        tape.measure();

        assert_eq!(tape.frames(), 256);
    }
}
