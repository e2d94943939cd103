//! A file that speaks in a room: which frame is due when.

use crate::tape::{Sound, Tape};
use causerie_sfu::Frame;
use std::time::{Duration, Instant};

/// The RTP time of one frame at 48 kHz.
const TICKS: u32 = 960;
/// Quieter than this (−dBov) nobody hears anything.
const SILENT: u8 = 70;
/// After so much silence a voice that uses DTX stops sending but for a sign of life in the same interval (0.4 s).
const SILENCE: u64 = 20;
/// A player that was held up longer than this goes on where the clock is, instead of pouring out what it missed.
const HELD_UP: u64 = 10;

/// A tape being played, on the clock of whoever asks it.
pub struct Player {
    tape: Tape,
    started: Instant,
    looped: bool,
    /// Frames since the start, over all rounds.
    next: u64,
    silence: u64,
    resting: bool,
}

impl Player {
    /// Begin at `started`, which may lie a little back: what is over by then is left out.
    pub fn new(tape: Tape, started: Instant, looped: bool) -> Self {
        Self { tape, started, looped, next: 0, silence: 0, resting: true }
    }

    /// When the next frame is due; none when the tape is at its end.
    pub fn deadline(&self) -> Option<Instant> {
        let over = !self.looped && self.next >= self.tape.frames() as u64;
        // Always from the start, so that no error adds up over hours.
        (!over).then(|| self.started + Duration::from_millis(20 * self.next))
    }

    /// The next frame that is due and not mere silence.
    pub fn due(&mut self, now: Instant) -> Option<Frame<'_>> {
        self.catch_up(now);
        while self.deadline().is_some_and(|deadline| deadline <= now) {
            let at = self.next;
            self.next += 1;
            let place = (at % self.tape.frames() as u64) as usize;
            if self.rests(self.tape.frame(place).level) {
                self.resting = true;
                continue;
            }
            let marker = std::mem::take(&mut self.resting);
            let time = (at as u32).wrapping_mul(TICKS);
            let Sound { payload, level } = self.tape.frame(place);
            return Some(Frame { time, marker, level, payload });
        }
        None
    }

    fn catch_up(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.started).as_millis() as u64 / 20;
        let patience = if self.next == 0 { 0 } else { HELD_UP };
        if passed > self.next + patience {
            self.next = passed;
            self.resting = true;
        }
    }

    fn rests(&mut self, level: u8) -> bool {
        self.silence = if level > SILENT { self.silence + 1 } else { 0 };
        self.silence > SILENCE && !self.silence.is_multiple_of(SILENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::Player;
    use crate::opus::made::{frames, opus_file};
    use crate::tape::Tape;
    use std::time::{Duration, Instant};

    const FRAME: Duration = Duration::from_millis(20);

    fn tape(peaks: &[f32]) -> Tape {
        let mut tape = Tape::read(&opus_file(&frames(peaks))).expect("a good file");
        tape.measure();
        tape
    }

    /// The RTP time and marker of all that comes within so many frames, asked a little late each time.
    fn heard(player: &mut Player, start: Instant, frames: u32) -> Vec<(u32, bool)> {
        let asked = (0..frames).map(|at| start + FRAME * at + Duration::from_millis(3));
        asked.filter_map(|now| player.due(now).map(|frame| (frame.time, frame.marker))).collect()
    }

    #[test]
    fn each_frame_comes_at_its_time_and_then_the_tape_ends() {
        let start = Instant::now();
        let mut player = Player::new(tape(&[0.5; 3]), start, false);

        let times = heard(&mut player, start, 6);

        assert_eq!(times, [(0, true), (960, false), (1920, false)]);
        assert_eq!(player.deadline(), None);
    }

    #[test]
    fn files_that_were_wished_for_together_stay_together_however_long_each_took_to_load() {
        let start = Instant::now();
        let (mut soon, mut late) =
            (Player::new(tape(&[0.5; 9]), start, true), Player::new(tape(&[0.5; 9]), start, true));

        let first = heard(&mut soon, start, 8);
        let second = heard(&mut late, start + 5 * FRAME, 3);

        assert_eq!(second.iter().map(|(time, _)| *time).collect::<Vec<_>>(), [5 * 960, 6 * 960, 7 * 960]);
        assert_eq!(second[1..], first[6..]);
    }

    #[test]
    fn a_loop_goes_on_without_drift_and_without_a_jump_in_time() {
        let start = Instant::now();
        let mut player = Player::new(tape(&[0.5; 3]), start, true);

        let times = heard(&mut player, start, 8);

        assert_eq!(times.last(), Some(&(7 * 960, false)));
        assert_eq!(player.deadline(), Some(start + FRAME * 8));
    }

    #[test]
    fn long_silence_is_sent_as_a_sign_of_life_and_speech_after_it_is_marked() {
        let start = Instant::now();
        let peaks = [vec![0.5; 5], vec![0.0; 80], vec![0.5; 5]].concat();
        let mut player = Player::new(tape(&peaks), start, false);

        let times = heard(&mut player, start, 90);

        assert!(times.len() < 45, "{} of 90 frames were sent", times.len());
        assert!(times.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 20 * 960), "{times:?}");
        let speech = times.iter().rposition(|(_, marker)| *marker).expect("a marked frame");
        assert_eq!(times[speech..], [85, 86, 87, 88, 89].map(|at| (at * 960, at == 85)));
    }

    #[test]
    fn a_player_that_was_held_up_goes_on_where_the_clock_is() {
        let start = Instant::now();
        let mut player = Player::new(tape(&[0.5; 50]), start, false);

        let begun = player.due(start).map(|frame| frame.time);
        let short = start + FRAME * 2;
        let in_a_row = std::iter::from_fn(|| player.due(short).map(|frame| frame.time)).collect::<Vec<_>>();
        let long = start + FRAME * 40;
        let after = std::iter::from_fn(|| player.due(long).map(|frame| (frame.time, frame.marker)))
            .collect::<Vec<_>>();

        assert_eq!(begun, Some(0));
        assert_eq!(in_a_row, [960, 1920]);
        assert_eq!(after, [(40 * 960, true)]);
    }
}
