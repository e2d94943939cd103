//! The sound of a track from one moment on: packets in their order, decoded, drawn to the room's clock, without clicks.

use crate::course::{Course, Leg};
use crate::log::Log;
use crate::order::{Order, Packet};
use crate::record::Kind;
use crate::stretch::Stretch;
use crate::track::SAMPLE;
use causerie_opus::{Decoder, samples};
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

/// RTP ticks are samples: 48 kHz both.
const FRAME: u64 = 960;
/// Longer gaps are silence; shorter ones are guessed.
const GUESSED: u64 = 4 * FRAME;
/// Five milliseconds: what begins or ends at once clicks.
const FADE: usize = 240;
/// A frame that overlaps what was there by more was said on the connection before, too.
const OVERLAP: f64 = 480.0;
/// A packet that says only that there is silence (RFC 6716, section 3.1).
const SILENT: usize = 2;

/// A track that plays from one moment on, for as long as one listens.
pub struct Sound {
    source: Source,
    course: Arc<Course>,
    decoder: Decoder,
    /// Where sample 0 is, in nanoseconds of the Unix clock.
    from: i64,
    ready: VecDeque<Piece>,
    /// What may yet be the end.
    tail: Vec<f32>,
    /// How far all of these reach.
    reach: u64,
    run: Option<Run>,
    /// Whose packets the decoder knows: connection and leg.
    knows: Option<(u16, u64)>,
}

/// Something to give.
enum Piece {
    Silence(u64),
    Sound(std::vec::IntoIter<f32>),
}

struct Source {
    log: Log,
    order: Order,
    over: bool,
}

/// Sound that goes on from packet to packet.
struct Run {
    stint: u16,
    leg: u64,
    seq: u64,
    ends: u64,
    stretch: Stretch,
    /// Samples that are still to be faded in.
    rising: usize,
}

impl Sound {
    /// What this log says from a moment on, in nanoseconds of the Unix clock; `course` says when each packet was said.
    pub(crate) fn begin(log: Log, course: Arc<Course>, from: i64) -> io::Result<Self> {
        let decoder = Decoder::new().ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))?;
        Ok(Self {
            source: Source { log, order: Order::default(), over: false },
            course,
            decoder,
            from,
            ready: VecDeque::new(),
            tail: Vec::with_capacity(FADE),
            reach: 0,
            run: None,
            knows: None,
        })
    }

    /// The next samples; silence where nothing was said, and after the end.
    pub fn fill(&mut self, out: &mut [f32]) -> io::Result<()> {
        let mut filled = 0;
        while filled < out.len() {
            let rest = &mut out[filled..];
            match self.ready.front_mut() {
                Some(piece) => match piece.give(rest) {
                    0 => _ = self.ready.pop_front(),
                    given => filled += given,
                },
                None => match self.source.next()? {
                    Some(packet) => self.say(&packet),
                    None if !self.tail.is_empty() => self.end(),
                    None => {
                        rest.fill(0.0);
                        filled = out.len();
                    }
                },
            }
        }
        Ok(())
    }

    fn say(&mut self, packet: &Packet) {
        let count = samples(&packet.payload).filter(|_| packet.payload.len() > SILENT);
        let course = self.course.clone();
        let (Some(count), Some(leg)) = (count, course.leg(packet.stint, packet.seq)) else {
            return self.end();
        };
        match self.run.as_ref().and_then(|run| run.gap(packet, leg)) {
            Some(gap) => self.bridge(packet, gap),
            None if !self.rise(packet, leg, count) => return,
            None => {}
        }
        let mut sound = self.decoder.decode(&packet.payload).to_vec();
        sound.resize(count, 0.0);
        self.add(&sound);
        if let Some(run) = &mut self.run {
            (run.seq, run.ends) = (packet.seq, packet.time.wrapping_add(count as u64));
        }
    }

    /// Packets are missing: what this one carries of the last of them, and a guess before.
    fn bridge(&mut self, packet: &Packet, gap: u64) {
        if gap == 0 {
            return;
        }
        let carried = gap.min(FRAME) as usize;
        let guessed = gap as usize - carried;
        let mut sound = if guessed > 0 { self.decoder.guess(guessed).to_vec() } else { Vec::new() };
        sound.resize(guessed, 0.0);
        sound.extend_from_slice(self.decoder.before(&packet.payload, carried));
        sound.resize(gap as usize, 0.0);
        self.add(&sound);
    }

    /// Something new begins, after a silence; false when it is over already.
    fn rise(&mut self, packet: &Packet, leg: &Leg, count: usize) -> bool {
        self.end();
        let at = (leg.at(packet.time) - self.from) as f64 / SAMPLE;
        if self.knows.replace((packet.stint, leg.from)) != Some((packet.stint, leg.from)) {
            self.decoder.restart();
        }
        if at + count as f64 <= 0.0 || at < self.reach as f64 - OVERLAP {
            // Not heard, but the decoder has to know what went before.
            self.decoder.decode(&packet.payload);
            return false;
        }
        let begins = (at.round().max(0.0) as u64).max(self.reach);
        self.ready.push_back(Piece::Silence(begins - self.reach));
        self.reach = begins;
        self.run = Some(Run {
            stint: packet.stint,
            leg: leg.from,
            seq: packet.seq,
            ends: packet.time,
            stretch: Stretch::by(1.0 + leg.drift),
            rising: FADE,
        });
        true
    }

    /// Whatever went on is over.
    fn end(&mut self) {
        self.run = None;
        let count = self.tail.len() as f32;
        let fades = |(at, sample)| sample * (1.0 - (at as f32 + 1.0) / count);
        let last: Vec<f32> = self.tail.drain(..).enumerate().map(fades).collect();
        self.ready.push_back(Piece::Sound(last.into_iter()));
    }

    fn add(&mut self, sound: &[f32]) {
        let Some(run) = &mut self.run else { return };
        let begin = self.tail.len();
        run.stretch.pass(sound, &mut self.tail);
        let added = &mut self.tail[begin..];
        self.reach += added.len() as u64;
        for sample in added.iter_mut().take(run.rising) {
            *sample *= 1.0 - run.rising as f32 / FADE as f32;
            run.rising -= 1;
        }
        let certain = self.tail.len().saturating_sub(FADE);
        let certain: Vec<f32> = self.tail.drain(..certain).collect();
        self.ready.push_back(Piece::Sound(certain.into_iter()));
    }
}

impl Piece {
    /// Fill what it can; says how much.
    fn give(&mut self, out: &mut [f32]) -> usize {
        match self {
            Self::Silence(left) => {
                let count = out.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                out[..count].fill(0.0);
                *left -= count as u64;
                count
            }
            Self::Sound(samples) => {
                out.iter_mut().zip(samples).map(|(place, sample)| *place = sample).count()
            }
        }
    }
}

impl Source {
    fn next(&mut self) -> io::Result<Option<Packet>> {
        while !self.over {
            if let Some(packet) = self.order.next() {
                return Ok(Some(packet));
            }
            match self.log.next_record()? {
                Some(record) if record.kind == Kind::Sound => self.order.put(Packet::of(&record)),
                Some(_) => {}
                None => self.over = true,
            }
        }
        Ok(self.order.rest())
    }
}

impl Run {
    /// How much is missing between what was said last and this packet; none when it does not go on.
    fn gap(&self, packet: &Packet, leg: &Leg) -> Option<u64> {
        let follows = self.stint == packet.stint && self.leg == leg.from && packet.seq > self.seq;
        Some(packet.time.wrapping_sub(self.ends)).filter(|gap| follows && *gap <= GUESSED)
    }
}
