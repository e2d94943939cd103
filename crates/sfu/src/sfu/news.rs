//! What a connection brought to light, and when it is looked at again.

use super::{HANDSHAKE, REPORT, Seat, Sfu};
use crate::change::{Change, Reason};
use crate::counters::Count;
use crate::ear::Ear;
use crate::losses::span;
use crate::outbox::{Happening, Outbox, Recorded};
use crate::peer::{News, Panicked, Way};
use crate::talker::Said;
use crate::words::Link;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant, SystemTime};
use str0m::rtp::RtpPacket;
use str0m::rtp::rtcp::{NackEntry, ReceptionReport};

impl Sfu {
    /// Deal with all news of one connection; `way` is where the datagram came by that brought them.
    pub(super) fn settle(
        &mut self,
        now: Instant,
        slot: u32,
        way: Option<Way>,
        outcome: Result<(), Panicked>,
        mut news: Vec<News>,
        out: &mut Outbox,
    ) {
        if outcome.is_err() {
            self.fault(now, slot, out);
        }
        for one in news.drain(..) {
            self.note(now, slot, way, one, out);
        }
        self.news = news;
        self.set_alarm(now, slot);
    }

    fn note(&mut self, now: Instant, slot: u32, way: Option<Way>, news: News, out: &mut Outbox) {
        match news {
            News::Up => self.up(now, slot, out),
            News::Closed => self.end(now, slot, Reason::Closed, out),
            News::Silent => self.silent(now, slot, out),
            News::Stranger => self.end(now, slot, Reason::Stranger, out),
            News::Sent(way) => self.sent(slot, way),
            News::Authentic => self.authentic(now, slot, way, out),
            News::Rtp(packet) => self.said(now, slot, way, &packet, out),
            News::Missing(source, entry) => self.missing(now, slot, source, entry, out),
            News::Report(report) => self.report(now, slot, report),
            News::Clock(source, time, ntp) => self.clock(now, slot, (source, time, ntp), out),
        }
    }

    /// Handshake done: from now on there is sound.
    fn up(&mut self, now: Instant, slot: u32, out: &mut Outbox) {
        let chance = self.doors.chance();
        let Some(seat) = self.seats.get_mut(slot) else { return };
        seat.peer.up = true;
        let card = seat.peer.card.clone();
        let first = self.doors.first_number(chance.rotate_left(9));
        let (lines, programme) =
            (std::mem::take(&mut seat.peer.lines), seat.peer.programme.map(|at| (at, first)));
        let ear =
            seat.peer.path.way().zip(seat.peer.sealer()).and_then(|(way, sealer)| {
                Ear::new(now, card.clone(), way, sealer, &lines, programme, chance)
            });
        seat.peer.lines = lines;
        if let Some(mut ear) = ear {
            ear.goes(ear.way);
            card.tally.begins_to_hear(self.doors.milliseconds(now));
            seat.report_at = Some(now + REPORT / 4);
            self.room(&card).listen(slot, ear);
        }
        self.counters().one(Count::PeersUp);
        out.changes.push(Change::link(card.peer, card.room, Link::Up));
    }

    /// Checks go unanswered. Before the handshake that only means that none was answered yet.
    fn silent(&mut self, now: Instant, slot: u32, out: &mut Outbox) {
        if self.seats.get_mut(slot).is_some_and(|seat| seat.peer.up) {
            self.end(now, slot, Reason::Timeout, out);
        }
    }

    fn sent(&mut self, slot: u32, way: Way) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        if seat.peer.path.begin(way) {
            self.redirect(slot, way);
        }
    }

    /// Something came that could be decrypted: the person is there, and hears on this way.
    fn authentic(&mut self, now: Instant, slot: u32, way: Option<Way>, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        seat.peer.path.authentic(now);
        seat.back(now, out);
        if way.is_some_and(|way| seat.peer.path.follow(way)) {
            way.into_iter().for_each(|way| self.redirect(slot, way));
        }
    }

    fn said(&mut self, now: Instant, slot: u32, way: Option<Way>, packet: &RtpPacket, out: &mut Outbox) {
        self.counters().one(Count::PacketsIn);
        self.authentic(now, slot, way, out);
        self.ask_again(now, slot, packet, out);
        let Some(seat) = self.seats.get_mut(slot) else { return };
        seat.peer.speaks(*packet.header.ssrc);
        let card = seat.peer.card.clone();
        card.tally.packets_in.fetch_add(1, Relaxed);
        let level = packet.header.ext_vals.audio_level;
        let said = Said {
            source: *packet.header.ssrc,
            seq: *packet.seq_no,
            time: packet.time.numer(),
            marker: packet.header.marker,
            claimed: level.map(i8::unsigned_abs),
            payload: &packet.payload,
        };
        let heard = seat.talker.hear(now, said);
        self.spread(now, &card, heard, out);
    }

    /// From the first packet of a source on, lost ones are asked for again, if the page agreed to that.
    fn ask_again(&mut self, now: Instant, slot: u32, packet: &RtpPacket, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let source = packet.header.ssrc;
        let agreed = seat.peer.lines.iter().any(|line| line.nack);
        if !agreed || seat.asked_again.replace(*source) == Some(*source) {
            return;
        }
        let mut news = Vec::new();
        let asked = seat.peer.ask_again_for(now, source, out, &mut news);
        if asked.is_err() {
            return self.fault(now, slot, out);
        }
        for one in news {
            self.note(now, slot, None, one, out);
        }
    }

    fn missing(&mut self, now: Instant, slot: u32, source: u32, entry: NackEntry, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let card = seat.peer.card.clone();
        let Some(room) = self.rooms.get_mut(&card.room) else { return };
        // RFC 4585, section 6.2.1: the first missing one, and a bit for each of the 16 after it.
        let all = (0..=16_u16).filter(|at| *at == 0 || entry.blp >> (at - 1) & 1 == 1);
        let (mut asked, mut answered, mut refused) = (0, 0, 0);
        for at in all {
            if !room.ear(slot).is_some_and(|ear| ear.may_ask(now)) {
                refused += 1;
                continue;
            }
            asked += 1;
            answered += u64::from(room.missing(now, slot, source, entry.pid.wrapping_add(at), out));
        }
        card.tally.nacks.fetch_add(asked, Relaxed);
        self.counters().add(Count::NacksIn, asked);
        self.counters().add(Count::NacksAnswered, answered);
        self.counters().add(Count::DropRate, refused);
    }

    fn report(&mut self, now: Instant, slot: u32, report: ReceptionReport) {
        let (wall, span) = (self.doors.ntp(now), span(self.doors.milliseconds(now)));
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let tally = &seat.peer.card.tally;
        tally.lost.store(report.packets_lost.into(), Relaxed);
        tally.fraction_lost.store(report.fraction_lost.into(), Relaxed);
        tally.jitter_ms.store(u64::from(report.jitter) / 48, Relaxed);
        if let Some(round_trip) = round_trip(wall, &report) {
            tally.round_trip_ms.store(round_trip.as_millis() as u64, Relaxed);
        }
        let room = seat.peer.card.room;
        if let Some(room) = self.rooms.get_mut(&room) {
            room.lost(slot, *report.ssrc, report.fraction_lost, span);
        }
    }

    /// A speaker's own clock, for the log.
    fn clock(
        &mut self,
        now: Instant,
        slot: u32,
        (source, time, wall): (u32, u32, SystemTime),
        out: &mut Outbox,
    ) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let wall = wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as i64;
        let report = seat.talker.reported(now, source, time, wall);
        out.recorded.extend(report.and_then(|report| Recorded::new(now, Happening::Report, &report)));
    }

    /// A connection's time has come.
    pub(super) fn wake(&mut self, now: Instant, slot: u32, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        seat.peer.tick = None;
        let overdue = if seat.peer.up { seat.peer.path.gone_at() } else { seat.peer.entered + HANDSHAKE };
        if now >= overdue {
            return self.end(now, slot, Reason::Timeout, out);
        }
        if seat.peer.up && !seat.peer.lost && now >= seat.peer.path.lost_at() {
            seat.peer.lost = true;
            out.changes.push(Change::link(seat.peer.card.peer, seat.peer.card.room, Link::Lost));
        }
        self.report_to(now, slot, out);
        let span = span(self.doors.milliseconds(now));
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let mut news = std::mem::take(&mut self.news);
        seat.peer.tells_of_loss(seat.peer.card.reception.told(span));
        let outcome = if now >= seat.peer.wants { seat.peer.tick(now, out, &mut news) } else { Ok(()) };
        self.settle(now, slot, None, outcome, news, out);
    }

    /// Tell a listener how far our sources are.
    fn report_to(&mut self, now: Instant, slot: u32, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        if seat.report_at.is_none_or(|at| now < at) {
            return;
        }
        seat.report_at = Some(now + REPORT);
        let ntp = self.doors.ntp(now);
        let Some(room) = self.rooms.get_mut(&seat.peer.card.room) else { return };
        let reports = room.report_to(now, slot, ntp, out);
        self.counters().add(Count::ReportsOut, reports);
    }

    fn set_alarm(&mut self, now: Instant, slot: u32) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let when = seat.deadline().max(now + Duration::from_millis(1));
        let when = if seat.peer.only_hears() { self.wheel.together(when) } else { when };
        let tick = self.wheel.tick(when);
        if seat.peer.tick.is_none_or(|set| tick < set) {
            seat.peer.tick = Some(self.wheel.set(slot, when));
        }
    }
}

impl Seat {
    /// When this connection is to be looked at again.
    fn deadline(&self) -> Instant {
        let peer = &self.peer;
        let limit = match (peer.up, peer.lost) {
            (false, _) => peer.entered + HANDSHAKE,
            (true, false) => peer.path.lost_at(),
            (true, true) => peer.path.gone_at(),
        };
        let report = self.report_at.unwrap_or(limit);
        peer.wants.min(limit).min(report)
    }

    /// Who was lost is there again.
    pub(super) fn back(&mut self, now: Instant, out: &mut Outbox) {
        if self.peer.lost && now < self.peer.path.lost_at() {
            self.peer.lost = false;
            let card = &self.peer.card;
            out.changes.push(Change::link(card.peer, card.room, Link::Up));
        }
    }
}

/// How long a report of ours and its answer were under way (RFC 3550, section 6.4.1); none where it answers none.
fn round_trip(wall: u64, report: &ReceptionReport) -> Option<Duration> {
    let now = (wall >> 16) as u32;
    let under_way = now.wrapping_sub(report.last_sr_time).wrapping_sub(report.last_sr_delay);
    // Both clocks count in 65,536ths of a second, and theirs may run a little faster.
    let believable = report.last_sr_time != 0 && under_way < LONGEST_ROUND_TRIP << 16;
    believable.then(|| Duration::from_micros((u64::from(under_way) * 1_000_000) >> 16))
}

/// In seconds; who is under way for longer is gone.
const LONGEST_ROUND_TRIP: u32 = 30;
