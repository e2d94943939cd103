//! One of a listener's lines: whoever speaks on it, the listener's browser sees one source with one clock that never
//! jumps back, over switches, pauses and losses alike.

use crate::clock::{FRAME, ticks};
use crate::opus;
use crate::outbox::Spoken;
use crate::room::Seat;
use crate::rtp::Header;
use crate::words::PeerKey;
use std::time::Instant;

/// How many changes of speaker a retransmission can look back over.
const STINTS: usize = 4;
/// Frames of silence that follow the last word of who is cut off; the second for when the first is lost.
pub(crate) const RESTS: usize = 2;
/// Who is more packets ahead than this begins anew: the browser would wait for what never comes.
const JUMP: u64 = 500;
/// Half a second: a clock that is off by more is set right, or the listener's delay would grow without end.
const OFF: u64 = 24_000;

/// A line as it was negotiated, and where it stands.
pub(crate) struct VoiceLine {
    pub source: u32,
    payload_type: u8,
    level_extension: Option<u8>,
    /// Whose packets go out here.
    pub talker: Option<Seat>,
    stints: [Option<Stint>; STINTS],
    /// The latest stint is over: the next packet begins another, whoever speaks.
    over: bool,
    /// The number after the highest that went out.
    next: u64,
    /// RTP time of the packet with the highest number, and when it went out.
    time: u64,
    /// How long that packet lasts.
    span: u64,
    sent: Option<Instant>,
    pub packets: u32,
    pub octets: u32,
    pub reported: u32,
    /// The span in which the listener's report on this line counted last.
    pub counted: u32,
}

/// A stretch in which one speaker's numbers map to ours by two sums.
#[derive(Debug, Clone, Copy)]
struct Stint {
    /// None for silence of our own.
    talker: Option<PeerKey>,
    first: u64,
    highest: u64,
    seq_shift: u64,
    time_shift: u64,
}

/// What goes into the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub seq: u64,
    pub time: u32,
    pub marker: bool,
}

impl VoiceLine {
    /// Numbers begin below 2^15, so that a lost first packet cannot hide a wrap (RFC 3711, section 3.3.1).
    pub fn new(source: u32, payload_type: u8, level_extension: Option<u8>, chance: u64) -> Self {
        Self {
            source,
            payload_type,
            level_extension,
            talker: None,
            stints: [None; STINTS],
            over: false,
            next: 1 + (chance & 0x3fff),
            time: chance >> 32,
            span: FRAME,
            sent: None,
            packets: 0,
            octets: 0,
            reported: 0,
            counted: 0,
        }
    }

    /// Give the line to somebody, or to nobody.
    pub fn assign(&mut self, talker: Option<Seat>) {
        self.talker = talker;
        // Who comes back after an absence begins anew, since their numbers went on without us.
        self.over = true;
    }

    /// This person speaks here.
    pub fn carries(&self, peer: PeerKey) -> bool {
        self.talker.is_some_and(|seat| seat.peer == peer)
    }

    /// Where this packet of the line's talker goes, or none when it is from before their turn.
    pub fn place(&mut self, now: Instant, spoken: &Spoken) -> Option<Place> {
        let stint = match self.stints[0] {
            Some(stint) if self.goes_on(now, &stint, spoken) => stint,
            _ => self.begin(now, spoken),
        };
        if spoken.seq < stint.first {
            return None;
        }
        let place = stint.place(spoken);
        if place.seq >= self.next {
            self.next = place.seq + 1;
            self.time = spoken.time.wrapping_add(stint.time_shift);
            self.span = span(spoken.payload());
            self.sent = Some(now);
        }
        let highest = stint.highest.max(spoken.seq);
        self.stints[0] = Some(Stint { highest, ..stint });
        self.count(1, spoken.payload().len());
        Some(place)
    }

    /// This person was the last to be heard here.
    pub fn last_carried(&self, peer: PeerKey) -> bool {
        !self.over && self.stints[0].is_some_and(|stint| stint.talker == Some(peer))
    }

    /// Where frames of silence go, right after the last word: whoever is cut off goes quiet at once, since a browser that
    /// hears nothing more goes on guessing for a while.
    pub fn rest(&mut self, now: Instant) -> [Place; RESTS] {
        let (end, wall) = (self.time.wrapping_add(self.span), self.time_at(now));
        let begin = if wall.abs_diff(end) < OFF { end } else { wall };
        let silence = Stint { talker: None, first: 0, highest: 0, seq_shift: self.next, time_shift: begin };
        self.enter(silence);
        // Whoever speaks next begins anew: these numbers are taken.
        self.over = true;
        let places = std::array::from_fn(|at| silence.numbered(at as u64, at as u64 * FRAME, false));
        self.next += RESTS as u64;
        self.time = begin.wrapping_add((RESTS as u64 - 1) * FRAME);
        (self.span, self.sent) = (FRAME, Some(now));
        self.count(RESTS as u32, RESTS * opus::SILENCE.len());
        places
    }

    fn count(&mut self, packets: u32, octets: usize) {
        self.packets = self.packets.wrapping_add(packets);
        self.octets = self.octets.wrapping_add(octets as u32);
    }

    /// Which packet of whom went out under this number.
    pub fn find(&self, seq: u16) -> Option<(PeerKey, u64)> {
        let back = (self.next.wrapping_sub(1) as u16).wrapping_sub(seq);
        let seq = self.next.checked_sub(1 + u64::from(back))?;
        let within = |stint: &&Stint| {
            let first = stint.first.wrapping_add(stint.seq_shift);
            first <= seq
        };
        let stint = self.stints.iter().flatten().find(within)?;
        Some((stint.talker?, seq.wrapping_sub(stint.seq_shift)))
    }

    /// Where a packet that went out before goes again: exactly where it was.
    pub fn replace(&self, spoken: &Spoken, seq: u16) -> Option<Place> {
        let stints = self.stints.iter().flatten().filter(|stint| stint.talker == Some(spoken.peer));
        stints.map(|stint| stint.place(spoken)).find(|place| place.seq as u16 == seq)
    }

    pub fn header(&self, place: Place, spoken: &Spoken) -> Header {
        Header {
            payload_type: self.payload_type,
            marker: place.marker,
            seq: place.seq as u16,
            time: place.time,
            source: self.source,
            speaker: spoken.speaker.0,
            level: self.level_extension.map(|extension| (extension, spoken.level.min(127))),
        }
    }

    /// The line's RTP time at this moment, going on with the wall clock.
    pub fn time_at(&self, now: Instant) -> u64 {
        self.time.wrapping_add(self.sent.map_or(0, |sent| ticks(now.saturating_duration_since(sent))))
    }

    fn goes_on(&self, now: Instant, stint: &Stint, spoken: &Spoken) -> bool {
        if self.over || stint.talker != Some(spoken.peer) || spoken.seq > stint.highest + JUMP {
            return false;
        }
        let time = spoken.time.wrapping_add(stint.time_shift);
        spoken.seq <= stint.highest || time.abs_diff(self.time_at(now)) < OFF
    }

    fn begin(&mut self, now: Instant, spoken: &Spoken) -> Stint {
        let time = self.time_at(now).max(self.time.wrapping_add(self.span));
        let stint = Stint {
            talker: Some(spoken.peer),
            first: spoken.seq,
            highest: spoken.seq,
            seq_shift: self.next.wrapping_sub(spoken.seq),
            time_shift: time.wrapping_sub(spoken.time),
        };
        self.over = false;
        self.enter(stint);
        stint
    }

    fn enter(&mut self, stint: Stint) {
        self.stints.rotate_right(1);
        self.stints[0] = Some(stint);
    }
}

impl Stint {
    fn place(&self, spoken: &Spoken) -> Place {
        self.numbered(spoken.seq, spoken.time, spoken.marker || spoken.seq == self.first)
    }

    fn numbered(&self, seq: u64, time: u64, marker: bool) -> Place {
        let (seq, time) = (seq.wrapping_add(self.seq_shift), time.wrapping_add(self.time_shift));
        Place { seq, time: time as u32, marker }
    }
}

/// How long a packet lasts; 20 ms when it does not say.
fn span(payload: &[u8]) -> u64 {
    opus::samples(payload).filter(|samples| *samples > 0).map_or(FRAME, |samples| samples as u64)
}
