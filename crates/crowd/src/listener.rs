//! One listener: a browser without a screen.

use crate::crowd::Refused;
use crate::figures::Tally;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::media::{Direction, MediaKind};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

/// Everything one packet on the way may be.
const LONGEST: usize = 2048;
/// Longer than this nothing comes of a connection by itself.
const IDLE: Duration = Duration::from_secs(1);

pub struct Listener {
    rtc: Rtc,
    pub socket: UdpSocket,
    /// When they are looked at next; none before that is settled.
    pub due: Option<Instant>,
    address: SocketAddr,
    pending: Option<SdpPendingOffer>,
    up: bool,
    over: bool,
    latest: Option<(u64, Instant)>,
}

impl Listener {
    /// Somebody who has offered to listen; gives their offer.
    pub fn new(now: Instant) -> Result<(Self, String), Refused> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(Arc::new(str0m::crypto::from_feature_flags()))
            .set_dtls_version(str0m::config::DtlsVersion::Dtls12)
            .clear_codecs()
            .enable_opus(true, false)
            .set_rtp_mode(true)
            .set_stats_interval(None)
            .build(now);
        rtc.add_local_candidate(Candidate::host(address, "udp").map_err(|_| Refused::Unfit)?);
        let mut api = rtc.sdp_api();
        api.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None);
        let (offer, pending) = api.apply().ok_or(Refused::Unfit)?;
        let (up, over) = (false, false);
        let listener =
            Self { rtc, socket, due: None, address, pending: Some(pending), up, over, latest: None };
        Ok((listener, offer.to_sdp_string()))
    }

    /// What they were answered.
    pub fn answered(&mut self, answer: &str) -> Result<(), Refused> {
        let answer = SdpAnswer::from_sdp_string(answer).map_err(|_| Refused::Unfit)?;
        let pending = self.pending.take().ok_or(Refused::Unfit)?;
        self.rtc.sdp_api().accept_answer(pending, answer).map_err(|_| Refused::Unfit)
    }

    /// Take in what came.
    pub fn receive(&mut self, tally: &Tally) -> Option<Instant> {
        let mut bytes = [0; LONGEST];
        let mut wants = None;
        while let Ok((length, from)) = self.socket.recv_from(&mut bytes) {
            let now = Instant::now();
            if let Ok(receive) = Receive::new(Protocol::Udp, from, self.address, &bytes[..length]) {
                let _ = self.rtc.handle_input(Input::Receive(now, receive));
            }
            wants = self.drain(now, tally);
        }
        wants
    }

    /// Time has passed; says when this is wanted next, none when they are gone.
    pub fn tick(&mut self, now: Instant, tally: &Tally) -> Option<Instant> {
        let _ = self.rtc.handle_input(Input::Timeout(now));
        self.drain(now, tally)
    }

    /// Go, and say so.
    pub fn leave(&mut self, tally: &Tally) {
        let _ = self.rtc.close();
        self.over = true;
        self.drain(Instant::now(), tally);
    }

    fn drain(&mut self, now: Instant, tally: &Tally) -> Option<Instant> {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(when)) if self.rtc.is_alive() => return Some(when.min(now + IDLE)),
                // What has no way there is as good as lost.
                Ok(Output::Transmit(it)) => _ = self.socket.send_to(&it.contents, it.destination),
                Ok(Output::Event(event)) => self.note(now, event, tally),
                Ok(Output::Timeout(_)) | Err(_) => {
                    self.gone(tally);
                    return None;
                }
            }
        }
    }

    fn note(&mut self, now: Instant, event: Event, tally: &Tally) {
        match event {
            Event::Connected if !self.up => {
                self.up = true;
                tally.up.fetch_add(1, Relaxed);
            }
            Event::RtpPacket(packet) => self.heard(now, *packet.seq_no, tally),
            _ => {}
        }
    }

    fn heard(&mut self, now: Instant, seq: u64, tally: &Tally) {
        tally.packets.fetch_add(1, Relaxed);
        if let Some((before, at)) = self.latest {
            tally.missing.fetch_add(seq.saturating_sub(before + 1), Relaxed);
            tally.gap(now.saturating_duration_since(at));
        }
        self.latest = Some((seq, now));
    }

    fn gone(&mut self, tally: &Tally) {
        if std::mem::take(&mut self.up) {
            tally.up.fetch_sub(1, Relaxed);
            tally.gone.fetch_add(u64::from(!self.over), Relaxed);
        }
    }
}
