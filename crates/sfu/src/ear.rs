//! One listener on the sending side: where their sound goes, with which keys, on which lines.

use crate::batch::LONGEST_DATAGRAM;
use crate::budget::Budget;
use crate::card::{Card, Line as Hears};
use crate::floor::PLACES;
use crate::lane::Listener;
use crate::outbox::{LONGEST_PAYLOAD, Outbox, Spoken};
use crate::peer::Way;
use crate::pipe;
use crate::programme_line::ProgrammeLine;
use crate::room::Seat;
use crate::rtp::{LONGEST_HEADER, Report};
use crate::sdp::Line;
use crate::srtp::Sealer;
use crate::voice_line::{Place, VoiceLine};
use crate::words::{Gate, PeerKey};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

/// Voices a listener hears at once.
pub(crate) const VOICES: usize = 3;
/// The line on which a page hears backstage: the fifth of its offer, after the voices and the programme.
const BACKSTAGE: usize = 4;

/// IPv6 and UDP before it, a seal behind it: in Ethernet's 1,500 bytes the longest sound goes in one piece.
const _: () = assert!(40 + 8 + LONGEST_HEADER + LONGEST_PAYLOAD + 16 <= LONGEST_DATAGRAM);

/// A listener.
pub(crate) struct Ear {
    pub card: Arc<Card>,
    pub way: Way,
    sealer: Arc<Sealer>,
    lines: Vec<VoiceLine>,
    backstage: Option<VoiceLine>,
    /// The line of the programme, while nothing goes out on it.
    programme: Option<ProgrammeLine>,
    /// The state of the stage's and of the backstage's floor the lines were given out by.
    version: u32,
    backstage_version: u32,
    report_index: u32,
    pub again: Budget,
    asks: Budget,
}

impl Ear {
    /// A listener with these lines, or none when they have no line to hear on. `programme` is which of them carries it, and
    /// where its numbers begin.
    pub fn new(
        now: Instant,
        card: Arc<Card>,
        way: Way,
        sealer: Sealer,
        lines: &[Line],
        programme: Option<(usize, u64)>,
        chance: u64,
    ) -> Option<Self> {
        let (programme, first) = programme.unzip();
        let made = |(at, line): (usize, &Line)| {
            let chance = chance.rotate_left(17 * at as u32);
            Some(VoiceLine::new(line.source?, line.payload_type, line.level_extension, chance))
        };
        let backstage = lines.get(BACKSTAGE).and_then(|line| made((BACKSTAGE, line)));
        let programme_line =
            programme.zip(first).and_then(|(at, first)| ProgrammeLine::new(lines.get(at)?, first));
        let voices = lines.iter().take(BACKSTAGE).enumerate().filter(|(at, _)| Some(*at) != programme);
        let lines: Vec<_> = voices.filter_map(made).take(VOICES).collect();
        card.lend_line(programme_line.is_some().then(|| kind(programme)));
        // A listener's browser asks for 50 packets a second at most; a burst of loss for some more at once.
        let again = Budget::per_second(now, 100, 100);
        // After a rest it asks for all that it missed, most of which is too late.
        let asks = Budget::per_second(now, 1000, 500);
        (!lines.is_empty() || programme_line.is_some()).then_some(Self {
            card,
            way,
            sealer: Arc::new(sealer),
            lines,
            backstage,
            programme: programme_line,
            version: 0,
            backstage_version: 0,
            report_index: 1,
            again,
            asks,
        })
    }

    /// Their sound goes this way from now on.
    pub fn goes(&mut self, way: Way) {
        self.way = way;
        self.card.tally.by_tcp.store(pipe::behind(way.to).is_some().into(), Relaxed);
    }

    /// Who this person is on the fast lane; none when their line is there already, or they have none.
    pub fn listener(&mut self, slot: u32) -> Option<Listener> {
        let line = self.programme.take()?;
        Some(Listener { slot, way: self.way, sealer: self.sealer.clone(), line })
    }

    /// Back from the fast lane.
    pub fn take_back(&mut self, line: ProgrammeLine) {
        self.programme = Some(line);
    }

    /// Hand the lines out anew: who already has one keeps it.
    pub fn assign(&mut self, version: u32, places: &[Option<Seat>; PLACES]) {
        if self.version == version {
            return;
        }
        self.version = version;
        let own = self.card.speaker;
        let others = places.iter().flatten().filter(|seat| seat.speaker != own);
        let mut wanted = [None; VOICES];
        wanted.iter_mut().zip(others.take(self.lines.len())).for_each(|(place, seat)| *place = Some(*seat));
        for line in &mut self.lines {
            match wanted.iter_mut().find(|seat| seat.is_some() && **seat == line.talker) {
                Some(kept) => *kept = None,
                None if line.talker.is_some() => line.assign(None),
                None => {}
            }
        }
        let mut free = self.lines.iter_mut().filter(|line| line.talker.is_none());
        for seat in wanted.into_iter().flatten() {
            if let Some(line) = free.next() {
                line.assign(Some(seat));
            }
        }
    }

    /// Send one packet on the line of whoever said it; says whether it went out.
    pub fn send(&mut self, now: Instant, spoken: &Spoken, out: &mut Outbox) -> bool {
        let Some(line) = self.lines.iter_mut().find(|line| line.carries(spoken.peer)) else { return false };
        let Some(place) = line.place(now, spoken) else { return false };
        seal(&self.sealer, self.way, line, place, spoken, out)
    }

    /// Send one packet that was said backstage, to who listens there and to nobody else; says whether it went out.
    pub fn send_backstage(
        &mut self,
        now: Instant,
        version: u32,
        places: &[Option<Seat>; PLACES],
        spoken: &Spoken,
        out: &mut Outbox,
    ) -> bool {
        if !self.card.hears_backstage() {
            return false;
        }
        let Some(line) = &mut self.backstage else { return false };
        if self.backstage_version != version {
            self.backstage_version = version;
            let wanted = places.iter().flatten().find(|seat| seat.speaker != self.card.speaker).copied();
            if line.talker != wanted {
                line.assign(wanted);
            }
        }
        if !line.carries(spoken.peer) {
            return false;
        }
        let Some(place) = line.place(now, spoken) else { return false };
        seal(&self.sealer, self.way, line, place, spoken, out)
    }

    /// Whom a report on this source is about, where it is the listener's first of this span.
    pub fn reports_on(&mut self, source: u32, span: u32) -> Option<PeerKey> {
        let line = self.lines.iter_mut().chain(&mut self.backstage).find(|line| line.source == source)?;
        let first = std::mem::replace(&mut line.counted, span) != span;
        line.talker.filter(|_| first).map(|seat| seat.peer)
    }

    /// Where what goes out from this source is said, as far as this listener may hear it now.
    pub fn hears_on(&self, source: u32) -> Gate {
        let backstage = self.backstage.as_ref().is_some_and(|line| line.source == source);
        match (backstage, self.card.hears_backstage()) {
            (false, _) => Gate::Stage,
            (true, true) => Gate::Backstage,
            (true, false) => Gate::Shut,
        }
    }

    /// Somebody is cut off here: silence on the line they were heard on; says how many packets went out.
    pub fn rest(
        &mut self,
        now: Instant,
        gate: Gate,
        peer: PeerKey,
        silence: &Spoken,
        out: &mut Outbox,
    ) -> u64 {
        let lines = if gate == Gate::Stage { &mut self.lines[..] } else { self.backstage.as_mut_slice() };
        let Some(line) = lines.iter_mut().find(|line| line.last_carried(peer)) else { return 0 };
        let places = line.rest(now);
        let sent = places.map(|place| seal(&self.sealer, self.way, line, place, silence, out));
        sent.into_iter().map(u64::from).sum()
    }

    /// Nobody is heard here any more: silence on every line that somebody was heard on, which the next who is heard there
    /// begins anew; says how many packets went out.
    pub fn hush(&mut self, now: Instant, silence: &Spoken, out: &mut Outbox) -> u64 {
        self.version = 0;
        let mut sent = 0;
        for line in &mut self.lines {
            if line.talker.is_some() {
                let places = line.rest(now);
                let each = places.map(|place| seal(&self.sealer, self.way, line, place, silence, out));
                sent += each.into_iter().map(u64::from).sum::<u64>();
                line.assign(None);
            }
        }
        sent
    }

    /// They may ask for one more packet.
    pub fn may_ask(&mut self, now: Instant) -> bool {
        self.asks.take(now)
    }

    /// Which packet this listener missed.
    pub fn missed(&mut self, now: Instant, source: u32, seq: u16) -> Option<(PeerKey, u64)> {
        let line = self.lines.iter().chain(&self.backstage).find(|line| line.source == source)?;
        let found = line.find(seq)?;
        self.again.take(now).then_some(found)
    }

    /// Send a packet again, the same to the last bit.
    pub fn again(&self, source: u32, seq: u16, spoken: &Spoken, out: &mut Outbox) -> bool {
        let line = self.lines.iter().chain(&self.backstage).find(|line| line.source == source);
        let place = line.and_then(|line| line.replace(spoken, seq).map(|place| (line, place)));
        place.is_some_and(|(line, place)| seal(&self.sealer, self.way, line, place, spoken, out))
    }

    /// Say of each line that carried sound since the last time how far it is; says how many reports went out.
    /// `programme` is the line of the programme where it is on the fast lane, and its RTP time now.
    pub fn report(
        &mut self,
        now: Instant,
        ntp: u64,
        programme: Option<(&mut ProgrammeLine, u64)>,
        out: &mut Outbox,
    ) -> u64 {
        let voices = self.lines.iter_mut().chain(&mut self.backstage).map(|line| {
            let time = line.time_at(now) as u32;
            (line.source, time, line.packets, line.octets, &mut line.reported)
        });
        let resting = self.programme.as_mut().map(|line| (line, 0));
        let mixed = programme
            .or(resting)
            .map(|(line, time)| (line.source, time as u32, line.packets, line.octets, &mut line.reported));
        let (mut reports, mut sent, mut bytes) = (0, 0, 0);
        for (source, time, packets, octets, reported) in voices.chain(mixed) {
            sent += u64::from(packets);
            bytes += u64::from(octets);
            if packets == std::mem::replace(reported, packets) {
                continue;
            }
            let report = Report { source, ntp, time, packets, octets };
            let (sealer, index) = (&self.sealer, self.report_index);
            self.report_index += 1;
            reports += u64::from(out.datagram(self.way.from, self.way.to, |bytes| {
                let len = report.write(bytes)?;
                sealer.rtcp(bytes, len, index)
            }));
        }
        self.card.tally.packets_out.store(sent, Relaxed);
        self.card.tally.bytes_out.store(bytes, Relaxed);
        reports
    }
}

/// Whether the programme comes beside the voices: the first line of an offer is the only one that is used then.
fn kind(programme: Option<usize>) -> Hears {
    if programme == Some(0) { Hears::Alone } else { Hears::Beside }
}

fn seal(
    sealer: &Sealer,
    way: Way,
    line: &VoiceLine,
    place: Place,
    spoken: &Spoken,
    out: &mut Outbox,
) -> bool {
    let payload = spoken.payload();
    let header = line.header(place, spoken);
    out.datagram(way.from, way.to, |bytes| {
        let head = header.write(bytes.first_chunk_mut::<LONGEST_HEADER>()?);
        let len = head + payload.len();
        bytes.get_mut(head..len)?.copy_from_slice(payload);
        sealer.rtp(bytes, head, len, (place.seq >> 16) as u32)
    })
}
