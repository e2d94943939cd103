//! An evening in fast time: people who say tones as packets, over lines that lose, delay and drift; and a listener.
#![allow(dead_code, reason = "each test file uses its part")]

use causerie_mix::{FRAME, Heard, Mixer};
use opusic_sys as opus;
use std::time::{Duration, Instant};

pub const RATE: f32 = 48_000.0;

/// An encoder as a browser has one.
pub struct Mouth {
    raw: *mut opus::OpusEncoder,
    channels: usize,
    length: usize,
    hz: f32,
    peak: f32,
    said: usize,
}

impl Mouth {
    /// A tone in frames of so many samples.
    pub fn new(hz: f32, peak: f32, length: usize, channels: usize, bits: i32) -> Self {
        let mut error = 0;
        // SAFETY: plain values and a place for the error; requests take one number.
        let raw = unsafe {
            let raw =
                opus::opus_encoder_create(48_000, channels as i32, opus::OPUS_APPLICATION_AUDIO, &mut error);
            assert_eq!(error, opus::OPUS_OK);
            opus::opus_encoder_ctl(raw, opus::OPUS_SET_BITRATE_REQUEST, bits);
            opus::opus_encoder_ctl(raw, opus::OPUS_SET_INBAND_FEC_REQUEST, 1);
            opus::opus_encoder_ctl(raw, opus::OPUS_SET_PACKET_LOSS_PERC_REQUEST, 10);
            raw
        };
        Self { raw, channels, length, hz, peak, said: 0 }
    }

    /// With all the bits it may have in every packet, whatever is said.
    pub fn full(self) -> Self {
        // SAFETY: the encoder is ours; this request takes one number.
        unsafe { opus::opus_encoder_ctl(self.raw, opus::OPUS_SET_VBR_REQUEST, 0) };
        self
    }

    /// With little care, for evenings that are long.
    pub fn quick(self) -> Self {
        // SAFETY: the encoder is ours; this request takes one number.
        unsafe { opus::opus_encoder_ctl(self.raw, opus::OPUS_SET_COMPLEXITY_REQUEST, 0) };
        self
    }

    pub fn say(&mut self) -> Vec<u8> {
        let start = self.said;
        self.said += self.length;
        let turn = f64::from(self.hz / RATE) * std::f64::consts::TAU;
        let sample = |at: usize| self.peak * (at as f64 * turn).sin() as f32;
        let sound: Vec<f32> =
            (start..start + self.length).flat_map(|at| vec![sample(at); self.channels]).collect();
        let mut packet = vec![0; 4000];
        // SAFETY: `length` samples of each channel go in, and no more than the packet's length comes out.
        let size = unsafe {
            opus::opus_encode_float(self.raw, sound.as_ptr(), self.length as i32, packet.as_mut_ptr(), 4000)
        };
        packet.truncate(usize::try_from(size).expect("a length that Opus knows"));
        packet
    }
}

impl Drop for Mouth {
    fn drop(&mut self) {
        // SAFETY: made in `new`, not used again.
        unsafe { opus::opus_encoder_destroy(self.raw) }
    }
}

/// Somebody on stage.
pub struct Guest {
    pub who: u64,
    mouth: Mouth,
    seq: u64,
    pub time: u64,
    /// When their next packet is said, in microseconds, and how much of their own second lasts a second.
    due: f64,
    pub clock: f64,
    pub level: u8,
    pub silent: bool,
    /// What becomes of each packet: milliseconds under way, or none when it is lost.
    pub line: Box<dyn FnMut(u64) -> Option<u64>>,
}

impl Guest {
    /// Go on with another tone.
    pub fn change(&mut self, hz: f32) {
        self.mouth.hz = hz;
    }
}

/// The evening.
pub struct Evening {
    pub mixer: Mixer,
    start: Instant,
    now: u64,
    pub guests: Vec<Guest>,
    under_way: Vec<(u64, u64, u64, u64, u8, Vec<u8>)>,
    /// All that was mixed.
    pub sound: Vec<f32>,
    pub quiet: Vec<bool>,
    pub speakers: Vec<u32>,
    pub delay: Duration,
    pub longest: usize,
}

impl Evening {
    pub fn begins() -> Self {
        let mixer = Mixer::new(7).expect("memory");
        let (guests, under_way, sound, quiet, speakers) = (vec![], vec![], vec![], vec![], vec![]);
        let (start, delay) = (Instant::now(), Duration::ZERO);
        Self { mixer, start, now: 0, guests, under_way, sound, quiet, speakers, delay, longest: 0 }
    }

    /// Somebody with a tone, by frames of 20 ms.
    pub fn guest(&mut self, hz: f32, peak: f32) -> &mut Guest {
        self.with(Mouth::new(hz, peak, FRAME, 1, 32_000))
    }

    pub fn with(&mut self, mouth: Mouth) -> &mut Guest {
        let who = self.guests.len() as u64 + 1;
        let (due, line) = (self.now as f64, Box::new(|_| Some(0)));
        let (clock, level) = (1.0, 15);
        self.guests.push(Guest { who, mouth, seq: 100, time: 4_000, due, clock, level, silent: false, line });
        self.guests.last_mut().expect("just came")
    }

    pub fn at(&self) -> Instant {
        self.start + Duration::from_micros(self.now)
    }

    /// Let so many ticks pass.
    pub fn run(&mut self, ticks: usize) {
        for _ in 0..ticks {
            self.say_and_deliver();
            let now = self.at();
            let mixed = self.mixer.mix(now);
            self.sound.extend_from_slice(mixed.sound);
            self.quiet.push(mixed.quiet);
            self.speakers = mixed.speakers.to_vec();
            self.delay = mixed.delay;
            self.longest = self.longest.max(mixed.payload.len());
            self.passes_a_tick();
        }
    }

    /// What is said in a tick, and what has come by now.
    pub fn say_and_deliver(&mut self) {
        self.say();
        self.deliver();
    }

    pub fn passes_a_tick(&mut self) {
        self.now += 20_000;
    }

    /// So many seconds pass in which nobody says anything and nobody wants to hear.
    pub fn passes(&mut self, seconds: u64) {
        self.now += seconds * 1_000_000;
        for guest in &mut self.guests {
            guest.due += seconds as f64 * 1e6;
            guest.time += seconds * 48_000;
        }
    }

    /// Everybody's clock and numbers go on by so much, as after a pause or a fault of theirs.
    pub fn jump(&mut self, packets: u64, ticks: u64) {
        for guest in &mut self.guests {
            guest.seq += packets;
            guest.time = guest.time.wrapping_add(ticks);
        }
    }

    /// Any packet of anybody.
    pub fn put(&mut self, who: u64, seq: u64, time: u64, payload: &[u8]) {
        let heard = Heard { who, speaker: who as u32, seq, time, level: 15, marker: false, payload };
        let now = self.at();
        self.mixer.hear(now, heard);
    }

    /// Somebody's next packet, beside their tone, holds this.
    pub fn says(&mut self, at: usize, payload: &[u8]) {
        let guest = &mut self.guests[at];
        let (who, seq, time) = (guest.who, guest.seq, guest.time);
        guest.seq += 1;
        self.put(who, seq, time, payload);
    }

    /// What was said and has not come is lost, as at a gate that was shut.
    pub fn forget_what_is_under_way(&mut self) {
        self.under_way.clear();
    }

    /// The latest so many seconds.
    pub fn latest(&self, seconds: f32) -> &[f32] {
        &self.sound[self.sound.len().saturating_sub((seconds * RATE) as usize)..]
    }

    fn say(&mut self) {
        for guest in &mut self.guests {
            while guest.due < (self.now + 20_000) as f64 {
                let payload = guest.mouth.say();
                let length = guest.mouth.length as u64;
                if !guest.silent {
                    if let Some(late) = (guest.line)(guest.seq) {
                        let came = guest.due as u64 + late * 1000;
                        self.under_way.push((came, guest.who, guest.seq, guest.time, guest.level, payload));
                    }
                    guest.seq += 1;
                }
                guest.time += length;
                guest.due += length as f64 / 0.048 / guest.clock;
            }
        }
    }

    fn deliver(&mut self) {
        self.under_way.sort_by_key(|it| it.0);
        let due = self.under_way.partition_point(|it| it.0 <= self.now);
        for (came, who, seq, time, level, payload) in self.under_way.drain(..due) {
            let now = self.start + Duration::from_micros(came);
            let (speaker, marker, payload) = (who as u32, false, &payload[..]);
            self.mixer.hear(now, Heard { who, speaker, seq, time, level, marker, payload });
        }
    }
}

/// How much of a tone is in some sound: its peak.
pub fn strength(sound: &[f32], hz: f32) -> f32 {
    let turn = f64::from(hz / RATE) * std::f64::consts::TAU;
    let window = |at: usize| 1.0 - (at as f64 / sound.len() as f64 * std::f64::consts::TAU).cos();
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (at, sample) in sound.iter().enumerate() {
        let value = f64::from(*sample) * window(at);
        real += value * (turn * at as f64).cos();
        imaginary += value * (turn * at as f64).sin();
    }
    (2.0 * (real * real + imaginary * imaginary).sqrt() / sound.len() as f64) as f32
}

/// In how many fifths of a second a tone is heard as it should be.
pub fn share(sound: &[f32], hz: f32) -> f32 {
    let pieces: Vec<_> = sound.chunks_exact(9600).map(|piece| strength(piece, hz) > 0.12).collect();
    pieces.iter().filter(|heard| **heard).count() as f32 / pieces.len() as f32
}

/// The largest step between two samples.
pub fn step(sound: &[f32]) -> f32 {
    sound.windows(2).fold(0.0, |most, pair| (pair[1] - pair[0]).abs().max(most))
}

/// Root of the mean square, in decibels below full scale.
pub fn loudness(sound: &[f32]) -> f32 {
    let square = sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len() as f32;
    10.0 * square.max(1e-12).log10()
}

/// Chance for tests: the same each time.
pub fn chance(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}
