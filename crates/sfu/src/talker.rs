//! One who speaks, as their packets come in: counted on over wraps and changes of source, judged by the gate at the time
//! they were said, with a level that can be believed.

use crate::arriving::Arriving;
use crate::card::Card;
use crate::clock::{Clock, ticks};
use crate::meter::Meter;
use crate::outbox::{Happening, Spoken};
use crate::words::{Gate, Track};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SILENCE: u8 = 127;

/// One packet as it came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    pub source: u32,
    /// Counted on over the wrap.
    pub seq: u64,
    /// Counted on over the wrap.
    pub time: u64,
    pub marker: bool,
    pub claimed: Option<u8>,
    pub payload: &'a [u8],
}

/// Why a packet goes nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unheard {
    /// The gate is shut, or was when it was said.
    Gate,
    /// Longer than any sound we forward.
    TooLong,
    /// Another source of the same person is speaking.
    SecondSource,
}

/// One speaker on the worker that receives them.
pub(crate) struct Talker {
    pub card: Arc<Card>,
    /// None for a player, whose levels were measured when its file was read.
    meter: Option<Meter>,
    clock: Clock,
    arriving: Arriving,
    source: Option<Source>,
    /// Where counting begins.
    base: u64,
    opening: u32,
    /// What was said before this time is not heard.
    open_from: u64,
    take: u32,
    /// What was said before this time is not recorded.
    kept_from: u64,
}

#[derive(Clone, Copy)]
struct Source {
    number: u32,
    seq_shift: u64,
    time_shift: u64,
    seq: u64,
    time: u64,
    arrived: Instant,
}

/// A source that has rested so long may be replaced by another of the same person.
const RESTED: Duration = Duration::from_millis(200);
/// Ten seconds: nothing is under way for so long.
const JUMP: i64 = 480_000;
/// Room below, so that what comes late never counts below nothing.
const BASE: u64 = 1 << 32;
/// A jump that tells everybody downstream that something new begins.
const ANEW: u64 = 5000;

impl Talker {
    /// A person. `born` is in milliseconds: whoever speaks again after a worker broke down counts on from beyond
    /// what others have heard of them.
    pub fn new(card: Arc<Card>, born: u64) -> Self {
        Self { meter: Some(Meter::default()), ..Self::player(card, born) }
    }

    /// A player: its levels are true.
    pub fn player(card: Arc<Card>, born: u64) -> Self {
        let (opening, take) = (card.opening().number(), card.take().number());
        Self {
            card,
            meter: None,
            clock: Clock::default(),
            arriving: Arriving::default(),
            source: None,
            base: BASE + born,
            opening,
            open_from: 0,
            take,
            kept_from: 0,
        }
    }

    /// Look whether the gate was set otherwise, or the recording: an opening counts from now, and so does a yes. Says
    /// whether the gate was.
    pub fn regate(&mut self, now: Instant) -> bool {
        let (opening, take) = (self.card.opening(), self.card.take());
        if take.number() != self.take {
            self.take = take.number();
            self.kept_from = self.clock.point(now).unwrap_or(0);
        }
        let turned = opening.number() != self.opening;
        if turned {
            self.opening = opening.number();
            self.open_from = self.clock.point(now).unwrap_or(0);
        }
        turned
    }

    /// The gate was moved, for the log of who is recorded: whether it is open now, and what was said last.
    pub fn moved(&self) -> Option<(Happening, Spoken)> {
        let gate = self.card.opening().gate();
        let happening = if gate == Gate::Stage { Happening::Opened } else { Happening::Shut };
        Some((happening, self.beside(self.track()?, self.source?)))
    }

    /// A packet came; it goes on if it may be heard.
    pub fn hear(&mut self, now: Instant, said: Said<'_>) -> Result<Spoken, Unheard> {
        let (seq, time) = self.follow(now, said)?;
        self.arriving.note(now, seq, time, &self.card.tally);
        self.regate(now);
        if self.clock.point(now).is_none() {
            self.open_from = self.open_from.max(time);
            self.kept_from = self.kept_from.max(time);
        }
        self.clock.note(now, time);
        let gate = self.card.lets_through(self.opening);
        if gate == Gate::Shut || time < self.open_from {
            return Err(Unheard::Gate);
        }
        let measured = self.meter.as_mut().map(|meter| meter.level(now, said.claimed, said.payload));
        let level = measured.or(said.claimed).unwrap_or(SILENCE);
        let card = &self.card;
        let mut spoken = Spoken::SILENT;
        (spoken.room, spoken.peer, spoken.speaker) = (card.room, card.peer, card.speaker);
        (spoken.opening, spoken.seq, spoken.time) = (self.opening, seq, time);
        (spoken.marker, spoken.level) = (said.marker, level);
        spoken.track = self.track().filter(|_| gate == Gate::Stage && time >= self.kept_from);
        spoken.with(said.payload).ok_or(Unheard::TooLong)
    }

    /// The speaker's own clock at this RTP time (RFC 3550, section 6.4.1), in nanoseconds of the Unix clock, for the log
    /// of who is recorded.
    pub fn reported(&mut self, now: Instant, source: u32, time: u32, wall: i64) -> Option<Spoken> {
        self.regate(now);
        let track = self.track().filter(|_| self.card.lets_through(self.opening) == Gate::Stage)?;
        let from = self.source.filter(|it| it.number == source)?;
        let own = from.time.wrapping_sub(from.time_shift);
        let ahead = i64::from(time.wrapping_sub(own as u32) as i32);
        let mut report = self.beside(track, from);
        report.time = from.time.wrapping_add_signed(ahead);
        report.with(&wall.to_le_bytes())
    }

    /// No sound, but where the sound stands.
    fn beside(&self, track: Track, source: Source) -> Spoken {
        let mut spoken = Spoken::SILENT;
        (spoken.room, spoken.peer, spoken.speaker) = (self.card.room, self.card.peer, self.card.speaker);
        (spoken.seq, spoken.time) = (source.seq, source.time);
        (spoken.opening, spoken.track) = (self.opening, Some(track));
        spoken
    }

    /// Where this person is recorded, if they are.
    pub fn track(&self) -> Option<Track> {
        let take = self.card.take();
        take.track().filter(|_| take.number() == self.take)
    }

    /// Count on, over a change of source too, and over a clock that was set otherwise.
    fn follow(&mut self, now: Instant, said: Said<'_>) -> Result<(u64, u64), Unheard> {
        let source = match self.source {
            Some(source) if source.number == said.source && !source.jumps(now, said) => source,
            Some(source) if source.number != said.source && !source.rests(now) => {
                return Err(Unheard::SecondSource);
            }
            before => {
                self.clock.restart();
                self.arriving.restart();
                Source::begin(now, said, before, self.base)
            }
        };
        let seq = said.seq.wrapping_add(source.seq_shift);
        let time = said.time.wrapping_add(source.time_shift);
        let latest = (source.seq.max(seq), source.time.max(time));
        self.source = Some(Source { seq: latest.0, time: latest.1, arrived: now, ..source });
        Ok((seq, time))
    }
}

impl Source {
    fn rests(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.arrived) >= RESTED
    }

    /// This is so far from where the clock would be by now that it can be nothing that came late or early. Counted on,
    /// the place from which a gate is open would be hours away.
    fn jumps(&self, now: Instant, said: Said<'_>) -> bool {
        let passed = ticks(now.saturating_duration_since(self.arrived)) as i64;
        let ahead = said.time.wrapping_add(self.time_shift).wrapping_sub(self.time) as i64;
        !(-JUMP..=passed + JUMP).contains(&ahead)
    }

    fn begin(now: Instant, said: Said<'_>, before: Option<Self>, base: u64) -> Self {
        let (seq, time) = before.map_or((base, base), |before| {
            let rested = now.saturating_duration_since(before.arrived);
            (before.seq + ANEW, before.time + ticks(rested))
        });
        Self {
            number: said.source,
            seq_shift: seq.wrapping_sub(said.seq),
            time_shift: time.wrapping_sub(said.time),
            seq,
            time,
            arrived: now,
        }
    }
}
