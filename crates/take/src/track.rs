//! A track: everything one person said, as sound on the room's clock, with silence where nothing was.

use crate::course::{Course, Leg};
use crate::decoder::{Decoder, samples};
use crate::log::{Log, Torn, Unreadable};
use crate::order::{Order, Packet};
use crate::record::{Kind, Record};
use crate::spans::{Span, Spans};
use crate::stretch::Stretch;
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Samples a second.
pub const RATE: u32 = 48_000;
/// Nanoseconds of a sample.
const SAMPLE: f64 = 1e9 / RATE as f64;
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

/// One person's log, looked through once.
pub struct Track {
    path: PathBuf,
    course: Arc<Course>,
    /// When the first and the last packet came, in nanoseconds of the Unix clock; none when nothing was ever said.
    pub came: Option<(i64, i64)>,
    /// How many packets of sound there are, doubles too.
    pub packets: u64,
    /// How many records the disk did not take.
    pub lost: u64,
    /// Where the log is cut off, when it is.
    pub torn: Option<Torn>,
}

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

impl Track {
    /// Look through the log at this path.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let mut log = Log::open(path)?;
        let mut course = Course::default();
        let (mut came, mut packets, mut lost) = (None, 0, 0_u64);
        while let Some(record) = log.next_record()? {
            match record.kind {
                Kind::Sound => {
                    course.note(&record);
                    came = Some((came.map_or(record.arrived, |(first, _)| first), record.arrived));
                    packets += 1;
                }
                Kind::Lost => lost = lost.saturating_add(number(&record)),
                Kind::Report | Kind::Opened | Kind::Shut => {}
            }
        }
        course.close();
        let path = path.to_owned();
        Ok(Self { path, course: Arc::new(course), came, packets, lost, torn: log.torn() })
    }

    /// When this person spoke.
    pub fn spans(&self) -> Result<Vec<Span>, Unreadable> {
        let mut log = Log::open(&self.path)?;
        let mut spans = Spans::default();
        while let Some(said) = log.next_record()? {
            let leg = self.course.leg(said.stint, said.seq).filter(|_| said.kind == Kind::Sound);
            if let (Some(leg), Some(count)) = (leg, samples(said.payload)) {
                spans.note(leg.at(said.time), (count as f64 * SAMPLE) as i64, said.level);
            }
        }
        Ok(spans.all())
    }

    /// The sound from this moment on, in nanoseconds of the Unix clock.
    pub fn sound(&self, from: i64) -> Result<Sound, Unreadable> {
        let no_memory = || io::Error::from(io::ErrorKind::OutOfMemory);
        Ok(Sound {
            source: Source { log: Log::open(&self.path)?, order: Order::default(), over: false },
            course: self.course.clone(),
            decoder: Decoder::new().ok_or_else(no_memory)?,
            from,
            ready: VecDeque::new(),
            tail: Vec::with_capacity(FADE),
            reach: 0,
            run: None,
            knows: None,
        })
    }
}

impl Sound {
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
            None if !self.begin(packet, leg, count) => return,
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
    fn begin(&mut self, packet: &Packet, leg: &Leg, count: usize) -> bool {
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

/// How many records are missing, as a record of kind `Lost` says.
fn number(record: &Record<'_>) -> u64 {
    record.payload.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::{RATE, Track};
    use crate::decoder::tests::tone;
    use crate::log::HEADER;
    use crate::log::tests::Scrap;
    use crate::record::{Kind, Record};

    const MS: i64 = 1_000_000;
    const PER_MS: usize = RATE as usize / 1000;

    fn said(seq: u64, arrived: i64, payload: &[u8]) -> Record<'_> {
        Record {
            kind: Kind::Sound,
            arrived,
            stint: 0,
            seq,
            time: 77 + 960 * seq,
            level: 20,
            marker: false,
            payload,
        }
    }

    fn log<'a>(records: impl IntoIterator<Item = Record<'a>>) -> Scrap {
        let mut bytes = HEADER.to_vec();
        records.into_iter().for_each(|record| record.append(&mut bytes));
        Scrap::with(&bytes)
    }

    fn heard(scrap: &Scrap, from: i64, ms: usize) -> Vec<f32> {
        let track = Track::open(&scrap.0).expect("it is a take");
        let mut out = vec![9.0; ms * PER_MS];
        track.sound(from).and_then(|mut sound| Ok(sound.fill(&mut out)?)).expect("it plays");
        out
    }

    fn loud(sound: &[f32], from: usize, to: usize) -> f32 {
        let part = &sound[from * PER_MS..to * PER_MS];
        (part.iter().map(|sample| sample * sample).sum::<f32>() / part.len() as f32).sqrt()
    }

    /// The largest step from one sample to the next.
    fn click(sound: &[f32]) -> f32 {
        sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn silence_where_nothing_was_and_sound_where_it_was_said() {
        let frames = tone(100);
        let packets = frames.iter().enumerate().filter(|(at, _)| !(30..60).contains(at));
        let scrap = log(packets.map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)));

        let sound = heard(&scrap, -500 * MS, 3000);

        assert!(
            loud(&sound, 0, 500) == 0.0 && loud(&sound, 1106, 1700) == 0.0 && loud(&sound, 2506, 3000) == 0.0
        );
        assert!(loud(&sound, 520, 1090) > 0.3 && loud(&sound, 1720, 2490) > 0.3);
        assert!(click(&sound) < 0.1, "{}", click(&sound));
    }

    #[test]
    fn a_lost_packet_is_not_heard() {
        let frames = tone(100);
        let packets = frames.iter().enumerate().filter(|(at, _)| at % 10 != 5);
        let scrap = log(packets.map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)));

        let sound = heard(&scrap, 0, 2000);

        (2..198).for_each(|at| assert!(loud(&sound, at * 10, at * 10 + 10) > 0.15, "at {} ms", at * 10));
        assert!(click(&sound) < 0.1, "{}", click(&sound));
    }

    #[test]
    fn what_came_late_or_twice_is_where_it_was_said() {
        let frames = tone(100);
        let all: Vec<_> = frames
            .iter()
            .enumerate()
            .map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame))
            .collect();
        let mut mixed = all.clone();
        let late = Record { arrived: 900 * MS, ..mixed.remove(20) };
        mixed.insert(44, late);
        mixed.insert(50, all[49]);

        assert_eq!(heard(&log(mixed), 0, 2000), heard(&log(all), 0, 2000));
    }

    #[test]
    fn a_clock_that_drifts_stays_with_the_room() {
        // 200 ppm slow: 24 ms in two minutes. Ticks of 100 ms, so that the distance shows.
        let frames = tone(6000);
        let arrived = |at: usize| (at as f64 * 20e6 * 1.0002) as i64;
        let scrap = log(frames
            .iter()
            .enumerate()
            .filter(|(at, _)| *at < 5900)
            .map(|(at, frame)| said(at as u64, arrived(at), frame)));

        let sound = heard(&scrap, 0, 120_000);

        let last = sound.iter().rposition(|sample| sample.abs() > 0.1).expect("it was said") / PER_MS;
        assert!((118_018..=118_026).contains(&last), "{last}");
        assert!(click(&sound) < 0.1);
    }

    #[test]
    fn a_second_connection_goes_on_where_the_room_is() {
        let frames = tone(100);
        let one = |at: usize, stint| Record { stint, ..said(at as u64, at as i64 * 20 * MS, &frames[at]) };
        let again = |at: usize| Record { time: 5 + 960 * at as u64, seq: 1 << 33 | at as u64, ..one(at, 1) };
        // For a fifth of a second both are there.
        let both = (0..50).map(|at| one(at, 0)).chain((40..100).map(again));

        let sound = heard(&log(both), 0, 2000);

        let faint = (1..99).filter(|at| loud(&sound, at * 20, at * 20 + 20) < 0.2).collect::<Vec<_>>();
        assert_eq!(faint, [], "the new connection was listened to before it was needed");
    }

    #[test]
    fn nothing_said_is_silence_and_torn_is_what_was_whole() {
        let frames = tone(50);
        let whole =
            log(frames.iter().enumerate().map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)));
        let bytes = std::fs::read(&whole.0).expect("it is there");
        let torn = Scrap::with(&bytes[..bytes.len() / 2]);

        let nothing = log([]);
        assert_eq!(heard(&nothing, 0, 100), vec![0.0; 4800]);
        assert_eq!(Track::open(&nothing.0).expect("it is a take").came, None);
        let track = Track::open(&torn.0).expect("it is a take");
        assert!(track.torn.is_some() && (24..=25).contains(&track.packets), "{}", track.packets);
        assert!(loud(&heard(&torn, 0, 1000), 20, 470) > 0.3);
    }

    #[test]
    fn when_somebody_spoke_is_told() {
        let frames = tone(100);
        let level = |at: usize| if (20..70).contains(&at) { 20 } else { 100 };
        let record =
            |at: usize| Record { level: level(at), ..said(at as u64, at as i64 * 20 * MS, &frames[at]) };
        let scrap = log((0..100).map(record));

        let spans = Track::open(&scrap.0).and_then(|track| track.spans()).expect("it is a take");

        assert_eq!(
            spans.iter().map(|span| (span.begins / MS, span.ends / MS)).collect::<Vec<_>>(),
            [(400, 1400)]
        );
    }
}
