//! One person's connection. This is the only place that speaks to str0m, and always as [`Peer::drive`]: one change, then
//! a full drain, with a wall around it that a panic does not cross.

mod carriage;
#[cfg(feature = "fault-inject")]
mod client;
mod config;
mod dtls;
mod path;
mod raised;
mod sources;

#[cfg(feature = "fault-inject")]
pub(crate) use client::{KeySlot as Slot, client, wired};
pub(crate) use path::{Path, Way};

use crate::budget::Budget;
use crate::card::Card;
use crate::change::Refusal;
use crate::demux::{self, Class};
use crate::outbox::Outbox;
use crate::sdp::{Line, Offer};
use crate::srtp::Sealer;
use dtls::KeySlot;
use sources::Sources;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use str0m::change::SdpOffer;
use str0m::rtp::rtcp::{NackEntry, ReceptionReport, Rtcp};
use str0m::rtp::{RawPacket, RtpPacket};
use str0m::{Event, IceConnectionState, IceCreds, Input, Output, Rtc, RtcError};

/// What a drain brought to light.
pub(crate) enum News {
    /// Handshake and checks are done.
    Up,
    /// The other side closed.
    Closed,
    /// Our checks are not answered any more.
    Silent,
    /// Its certificate is not the one the offer named.
    Stranger,
    /// A report or packet that could be decrypted came.
    Authentic,
    /// Sound.
    Rtp(Box<RtpPacket>),
    /// Packets of a source of ours did not arrive.
    Missing(u32, NackEntry),
    /// How a source of ours arrives there.
    Report(ReceptionReport),
    /// The other side's own clock: source, RTP time, and its wall clock.
    Clock(u32, u32, SystemTime),
    /// Something of ours went out on this way that is no check.
    Sent(Way),
}

/// A panic inside one connection.
pub(crate) struct Panicked;

/// One connection.
pub(crate) struct Peer {
    rtc: Rtc,
    slot: Arc<KeySlot>,
    pub card: Arc<Card>,
    pub ufrag: String,
    pub lines: Vec<Line>,
    /// Which of them carries the programme.
    pub programme: Option<usize>,
    pub path: Path,
    publishes: bool,
    pub up: bool,
    pub lost: bool,
    pub entered: Instant,
    /// When str0m wants to be asked again.
    pub wants: Instant,
    /// The tick of the wheel at which this peer is woken.
    pub tick: Option<u64>,
    allowance: Allowance,
    sources: Sources,
    /// What those lose who hear this person's voice, in percent.
    heard_lost: u8,
    #[cfg(feature = "fault-inject")]
    pub fault: bool,
}

/// How much one person may send, whoever they are.
struct Allowance {
    all: Budget,
    reports: Budget,
    handshake: Budget,
    sources: Vec<u32>,
    new_sources: Budget,
}

/// What str0m needs beside the offer.
pub(crate) struct Ground<'a> {
    pub card: Arc<Card>,
    pub candidates: &'a [SocketAddr],
    /// One source of ours for each line that is kept.
    pub sources: &'a [u32],
    /// Which of them carries the programme.
    pub programme: Option<usize>,
}

impl Peer {
    /// Answer an offer.
    pub fn accept(now: Instant, offer: &Offer<'_>, ground: Ground<'_>) -> Result<(Self, String), Refusal> {
        let build = AssertUnwindSafe(|| Self::answer(now, offer, ground));
        catch_unwind(build).unwrap_or(Err(Refusal::Unreadable))
    }

    fn answer(now: Instant, offer: &Offer<'_>, ground: Ground<'_>) -> Result<(Self, String), Refusal> {
        let credentials = IceCreds::new();
        let ufrag = credentials.ufrag.clone();
        let mut rtc = config::build(now, credentials);
        let slot = dtls::slot_of_last_built().ok_or(Refusal::Unreadable)?;
        for address in ground.candidates {
            rtc.add_local_candidate(carriage::candidate(*address).map_err(|_| Refusal::Unreadable)?);
        }
        let cleaned = SdpOffer::from_sdp_string(&offer.cleaned()).map_err(|_| Refusal::Unreadable)?;
        let answer = rtc.sdp_api().accept_offer(cleaned).map_err(|_| Refusal::Unreadable)?.to_sdp_string();
        let (answer, lines) = offer.answered(&answer, ground.sources).ok_or(Refusal::Unreadable)?;
        let peer = Self {
            rtc,
            slot,
            card: ground.card,
            ufrag,
            lines,
            programme: ground.programme,
            path: Path::new(now),
            publishes: offer.publishes(),
            up: false,
            lost: false,
            entered: now,
            wants: now,
            tick: None,
            allowance: Allowance::new(now),
            sources: Sources::of(offer.microphone()),
            heard_lost: 0,
            #[cfg(feature = "fault-inject")]
            fault: false,
        };
        Ok((peer, answer))
    }

    /// A check from an address we do not know is really meant for us: its integrity is valid.
    pub fn confirms(&self, now: Instant, way: Way, datagram: &[u8]) -> bool {
        carriage::received(way, datagram)
            .is_some_and(|receive| self.rtc.accepts(&Input::Receive(now, receive)))
    }

    /// It may send this much, and from this source.
    pub fn allows(&mut self, now: Instant, class: Class, datagram: &[u8]) -> bool {
        (self.publishes || class != Class::Rtp) && self.allowance.take(now, class, datagram)
    }

    /// Give str0m a datagram.
    pub fn receive(
        &mut self,
        now: Instant,
        way: Way,
        datagram: &[u8],
        out: &mut Outbox,
        news: &mut Vec<News>,
    ) -> Result<bool, Panicked> {
        let Some(receive) = carriage::received(way, datagram) else { return Ok(false) };
        let earlier = self.sources.back(datagram).filter(|_| demux::class(datagram) == Class::Rtp);
        self.drive(now, out, news, |rtc| {
            earlier.into_iter().for_each(|source| source.expect(rtc));
            rtc.handle_input(Input::Receive(now, receive))
        })?;
        Ok(true)
    }

    /// Something of this source of theirs could be decrypted.
    pub fn speaks(&mut self, source: u32) {
        self.sources.speaks(source);
    }

    /// Whenever this speaker is told how they arrive from now on, it is of so much lost at least, in percent. Reports leave
    /// when time has passed as well as when something came in.
    pub fn tells_of_loss(&mut self, percent: u8) {
        self.heard_lost = percent;
    }

    /// Let time pass.
    pub fn tick(&mut self, now: Instant, out: &mut Outbox, news: &mut Vec<News>) -> Result<(), Panicked> {
        self.drive(now, out, news, |rtc| rtc.handle_input(Input::Timeout(now)))
    }

    /// Say goodbye.
    pub fn close(&mut self, now: Instant, out: &mut Outbox) {
        let _ = self.drive(now, out, &mut Vec::new(), Rtc::close);
    }

    /// Ask for lost packets of this source from now on.
    pub fn ask_again_for(
        &mut self,
        now: Instant,
        source: str0m::rtp::Ssrc,
        out: &mut Outbox,
        news: &mut Vec<News>,
    ) -> Result<(), Panicked> {
        self.drive(now, out, news, |rtc| {
            if let Some(stream) = rtc.direct_api().stream_rx(&source) {
                stream.suppress_nack(false);
            }
            Ok(())
        })
    }

    /// It is connected and sends no sound: nothing of it is so urgent that it may not wait for others.
    pub fn only_hears(&self) -> bool {
        self.up && !self.publishes
    }

    /// Our half of the keys, once the handshake is proven.
    pub fn sealer(&self) -> Option<Sealer> {
        self.slot.keys().and_then(Sealer::new)
    }

    /// One change, then everything that follows from it.
    fn drive(
        &mut self,
        now: Instant,
        out: &mut Outbox,
        news: &mut Vec<News>,
        change: impl FnOnce(&mut Rtc) -> Result<(), RtcError>,
    ) -> Result<(), Panicked> {
        #[cfg(feature = "fault-inject")]
        let fault = std::mem::take(&mut self.fault);
        raised::tell_at_least(self.heard_lost);
        let rtc = &mut self.rtc;
        let work = AssertUnwindSafe(|| {
            #[cfg(feature = "fault-inject")]
            assert!(!fault, "a fault was asked for");
            // A datagram of the handshake that cannot be used is no reason to close.
            let _ = change(rtc);
            drain(rtc, now, out, news)
        });
        let done = catch_unwind(work);
        raised::tell_at_least(0);
        self.wants = done.map_err(|_| Panicked)?;
        Ok(())
    }
}

/// str0m gives at most some hundred things for one change; a bound keeps a fault of its own from holding the worker.
const MOST_OUTPUTS: usize = 2000;

fn drain(rtc: &mut Rtc, now: Instant, out: &mut Outbox, news: &mut Vec<News>) -> Instant {
    let retry = now + Duration::from_millis(50);
    for _ in 0..MOST_OUTPUTS {
        match rtc.poll_output() {
            Ok(Output::Timeout(when)) => {
                if !rtc.is_alive() {
                    news.push(News::Closed);
                }
                return when;
            }
            Ok(Output::Transmit(transmit)) => {
                let way = carriage::way(&transmit);
                let contents: &[u8] = &transmit.contents;
                out.datagram(way.from, way.to, |bytes| {
                    bytes.get_mut(..contents.len())?.copy_from_slice(contents);
                    Some(contents.len())
                });
                if demux::class(contents) != Class::Stun {
                    news.push(News::Sent(way));
                }
            }
            Ok(Output::Event(event)) => note(event, news),
            Err(RtcError::RemoteSdp(_)) => {
                news.push(News::Stranger);
                return retry;
            }
            Err(_) if !rtc.is_alive() => {
                news.push(News::Closed);
                return retry;
            }
            Err(_) => return retry,
        }
    }
    retry
}

fn note(event: Event, news: &mut Vec<News>) {
    match event {
        Event::Connected => news.push(News::Up),
        Event::Closed => news.push(News::Closed),
        Event::IceConnectionStateChange(IceConnectionState::Disconnected) => news.push(News::Silent),
        Event::RtpPacket(packet) => news.push(News::Rtp(Box::new(packet))),
        Event::RawPacket(raw) => match *raw {
            RawPacket::RtcpRx(Rtcp::Nack(nack)) => {
                news.extend(nack.reports.iter().map(|entry| News::Missing(*nack.ssrc, *entry)));
            }
            RawPacket::RtcpRx(Rtcp::ReceiverReport(report)) => {
                news.push(News::Authentic);
                news.extend(report.reports.iter().map(|report| News::Report(*report)));
            }
            RawPacket::RtcpRx(Rtcp::SenderReport(report)) => {
                news.push(News::Authentic);
                let info = &report.sender_info;
                news.push(News::Clock(*info.ssrc, info.rtp_time.numer() as u32, info.ntp_time));
                news.extend(report.reports.iter().map(|report| News::Report(*report)));
            }
            RawPacket::RtcpRx(_) => news.push(News::Authentic),
            _ => {}
        },
        _ => {}
    }
}

impl Allowance {
    fn new(now: Instant) -> Self {
        Self {
            // Sound is 50 packets a second, 400 at 2.5 ms frames; a network that held its breath delivers a burst.
            all: Budget::per_second(now, 1000, 500),
            reports: Budget::per_second(now, 100, 50),
            handshake: Budget::per_second(now, 200, 100),
            sources: Vec::new(),
            // str0m keeps every source it was ever shown, even before the packet could be decrypted.
            new_sources: Budget::new(now, 8, Duration::from_secs(10)),
        }
    }

    fn take(&mut self, now: Instant, class: Class, datagram: &[u8]) -> bool {
        self.all.take(now)
            && match class {
                Class::Rtcp => self.reports.take(now),
                Class::Dtls => self.handshake.take(now),
                Class::Rtp => demux::rtp_source(datagram).is_some_and(|source| self.source(now, source)),
                _ => true,
            }
    }

    fn source(&mut self, now: Instant, source: u32) -> bool {
        if self.sources.contains(&source) {
            return true;
        }
        let room = self.sources.len() < 64 && self.new_sources.take(now);
        if room {
            self.sources.push(source);
        }
        room
    }
}
