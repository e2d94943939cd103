//! One person with str0m as their browser.

use causerie_sfu::insider::Hand;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::{Codec, CodecConfig};
use str0m::media::{Direction, MediaKind, Mid, Rid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::rtcp::{ReceptionReport, Rtcp};
use str0m::rtp::{ExtensionValues, RawPacket, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

/// A packet as it was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub at: Instant,
    pub source: u32,
    pub seq: u64,
    pub time: u32,
    pub marker: bool,
    pub level: Option<i8>,
    pub payload: Vec<u8>,
}

impl Heard {
    /// Who said it.
    pub fn who(&self) -> u32 {
        self.payload[2].into()
    }

    /// How many they had said before.
    pub fn count(&self) -> u16 {
        u16::from_be_bytes([self.payload[3], self.payload[4]])
    }
}

/// A packet as somebody sends it.
pub struct Said {
    /// Another than their offer named.
    pub source: Option<u32>,
    pub seq: u64,
    pub time: u32,
    pub marker: bool,
    pub payload: Vec<u8>,
}

/// No Opus (no frames in it), so that nobody's claim about it can be checked; tells who says it, and how many before.
pub fn payload(speaker: u32, count: u16) -> [u8; 5] {
    let [high, low] = count.to_be_bytes();
    [0xFF, 0, speaker as u8, high, low]
}

/// What a page does about consent (RFC 7675).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checks {
    /// As it should be.
    Both,
    /// It checks us, and does not answer our checks.
    Unanswered,
    /// Nothing of the kind.
    None,
}

impl Checks {
    fn pass(self, bytes: &[u8]) -> bool {
        let (check, answer) = (bytes.starts_with(&[0, 1]), bytes.starts_with(&[1, 1]));
        match self {
            Self::Both => true,
            Self::Unanswered => !answer,
            Self::None => !answer && !check,
        }
    }
}

/// What is sent when somebody is cut off: 20 ms of digital silence.
pub const SILENCE: [u8; 3] = [0xF8, 0xFF, 0xFE];

pub struct Person {
    pub speaker: u32,
    pub address: SocketAddr,
    outside: SocketAddr,
    pub born: Instant,
    rtc: Rtc,
    hand: Hand,
    lines: usize,
    mids: Vec<Mid>,
    pending: Option<SdpPendingOffer>,
    wants: Instant,
    pub connected: bool,
    pub closed: bool,
    pub heard: Vec<Heard>,
    /// The silence they were sent after somebody's last word.
    pub silences: Vec<Heard>,
    /// How loud they speak (−dBov), if they do.
    pub speaks: Option<i8>,
    /// Their page tells levels.
    pub tells: bool,
    /// How many packets they have said.
    pub said: u16,
    /// The source their offer named.
    source: Option<u32>,
    /// The sequence number their first packet has.
    pub first: u64,
    /// They are cut off: nothing goes out or comes in.
    pub cut: bool,
    pub checks: Checks,
    pub nacks_sent: usize,
    pub nacks_got: usize,
    pub reports_got: usize,
    /// What they were told of how they arrive.
    pub told: Vec<ReceptionReport>,
    /// So many in a hundred packets of sound do not reach them.
    pub loses: usize,
    came: usize,
    outbox: Vec<(SocketAddr, Vec<u8>)>,
}

impl Person {
    pub fn new(now: Instant, speaker: u32, lines: usize) -> Self {
        Self::made(now, speaker, lines, false)
    }

    /// Somebody whose browser understands packets with copies of earlier sound (RFC 2198).
    pub fn with_copies(now: Instant, speaker: u32, lines: usize) -> Self {
        Self::made(now, speaker, lines, true)
    }

    fn made(now: Instant, speaker: u32, lines: usize, copies: bool) -> Self {
        let address = SocketAddr::from(([198, 51, 100, speaker as u8], 5000 + speaker as u16));
        let mut config = RtcConfig::new()
            .clear_codecs()
            .enable_opus(true, copies)
            .set_rtp_mode(true)
            .enable_raw_packets(true)
            .set_dtls_version(str0m::config::DtlsVersion::Dtls12);
        let mut params = config.codec_config().params().to_vec();
        params.iter_mut().for_each(|param| param.set_fb_nack(true));
        *config.codec_config() = CodecConfig::new_from_payload_params(params);
        let (mut rtc, hand) = Hand::on(now, config).expect("a handshake");
        rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
        Self {
            speaker,
            lines,
            address,
            outside: address,
            born: now,
            rtc,
            hand,
            mids: Vec::new(),
            pending: None,
            wants: now,
            connected: false,
            closed: false,
            heard: Vec::new(),
            silences: Vec::new(),
            speaks: None,
            tells: true,
            said: 0,
            source: None,
            first: 1000,
            cut: false,
            checks: Checks::Both,
            nacks_sent: 0,
            nacks_got: 0,
            reports_got: 0,
            told: Vec::new(),
            loses: 0,
            came: 0,
            outbox: Vec::new(),
        }
    }

    /// Their offer as text.
    pub fn offer(&mut self) -> String {
        let mut api = self.rtc.sdp_api();
        for at in 0..self.lines {
            let direction = if at == 0 { Direction::SendRecv } else { Direction::RecvOnly };
            self.mids.push(api.add_media(MediaKind::Audio, direction, None, None, None));
        }
        let (offer, pending): (SdpOffer, _) = api.apply().unwrap();
        self.pending = Some(pending);
        offer.to_sdp_string()
    }

    pub fn answered(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        let pending = self.pending.take().unwrap();
        self.rtc.sdp_api().accept_answer(pending, answer).unwrap();
        self.drain();
    }

    /// A millisecond of their life; says what they send.
    pub fn live(&mut self, now: Instant) -> Vec<(SocketAddr, Vec<u8>)> {
        let age = now.saturating_duration_since(self.born).as_millis();
        if self.connected && self.speaks.is_some() && age.is_multiple_of(20) {
            self.say(now);
        }
        if self.wants <= now {
            let _ = self.rtc.handle_input(Input::Timeout(now));
            self.drain();
        }
        let mut sent = std::mem::take(&mut self.outbox);
        sent.retain(|(_, bytes)| self.checks.pass(bytes));
        if self.cut { Vec::new() } else { sent }
    }

    /// One packet: who they are, and how many they said before.
    pub fn say(&mut self, now: Instant) {
        let said = self.said;
        let payload = payload(self.speaker, said).to_vec();
        self.say_this(now, u64::from(said), payload);
        self.said += 1;
    }

    /// Any packet, by its place.
    pub fn say_this(&mut self, now: Instant, at: u64, payload: Vec<u8>) {
        let (seq, time) = (self.first + at, (self.first + at).wrapping_mul(960) as u32);
        self.put(now, Said { source: None, seq, time, marker: at == 0, payload });
    }

    /// Any packet.
    pub fn put(&mut self, now: Instant, said: Said) {
        let level = self.speaks.filter(|_| self.tells);
        let pt = self.rtc.codec_config().find(|it| it.spec().codec == Codec::Opus).unwrap().pt();
        let mut api = self.rtc.direct_api();
        if self.source.is_none() {
            self.source = api.stream_tx_by_mid(self.mids[0], None).map(|stream| *stream.ssrc());
            // Where there are several of a line, any is asked for what is to be sent: each goes by a name of its own, of
            // which nothing is told.
            let _ = self.source.map(|source| api.remove_stream_tx(source.into()));
        }
        let Some(source) = said.source.or(self.source) else { return };
        let name = Rid::from(format!("{:08x}", source).as_str());
        let stream = api.declare_stream_tx(source.into(), None, self.mids[0], Some(name));
        let values = ExtensionValues {
            audio_level: level,
            voice_activity: level.map(|_| true),
            ..ExtensionValues::default()
        };
        let write = RtpWrite::new(pt, said.seq.into(), said.time, now, said.payload);
        stream.write_rtp(write.ext_vals(values).marker(said.marker));
        self.drain();
        let _ = self.rtc.handle_input(Input::Timeout(now));
        self.drain();
    }

    /// These reports under their keys, though their page would never send them.
    pub fn sealed(&mut self, reports: &[u8]) -> Vec<u8> {
        self.hand.rtcp(reports).expect("a handshake")
    }

    /// What is sent here reaches them.
    pub fn is_at(&self, address: SocketAddr) -> bool {
        self.outside == address
    }

    pub fn receive(&mut self, now: Instant, from: SocketAddr, bytes: &[u8]) {
        if self.cut || self.misses(bytes) {
            return;
        }
        let Ok(receive) = Receive::new(Protocol::Udp, from, self.address, bytes) else { return };
        let _ = self.rtc.handle_input(Input::Receive(now, receive));
        self.drain_at(now);
    }

    fn misses(&mut self, bytes: &[u8]) -> bool {
        let sound = bytes[0] >> 6 == 2 && !(200..208).contains(&bytes[1]);
        self.came += usize::from(sound);
        sound && self.came * 37 % 100 < self.loses
    }

    /// Their datagrams come from here from now on, as behind a router that forgot them.
    pub fn moves(&mut self, address: SocketAddr) {
        self.outside = address;
    }

    /// Their first connectivity check.
    pub fn first_check(&mut self) -> Vec<u8> {
        let _ = self.rtc.handle_input(Input::Timeout(self.born));
        self.drain();
        self.outbox.iter().map(|(_, bytes)| bytes.clone()).find(|bytes| bytes[0] < 2).expect("a check")
    }

    /// Say goodbye.
    pub fn leave(&mut self) {
        let _ = self.rtc.close();
        self.drain();
    }

    /// Ask for lost packets of every source heard so far.
    pub fn ask_again(&mut self) {
        let mut sources: Vec<_> = self.heard.iter().map(|it| it.source).collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            if let Some(stream) = self.rtc.direct_api().stream_rx(&source.into()) {
                stream.suppress_nack(false);
            }
            self.drain();
        }
    }

    /// Who was heard since the last time, each with how many packets.
    pub fn heard_now(&mut self) -> Vec<(u32, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for heard in self.heard.drain(..) {
            *counts.entry(heard.who()).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// Who was heard since the last time.
    pub fn voices(&mut self) -> Vec<u32> {
        self.heard_now().into_iter().map(|(who, _)| who).collect()
    }

    fn drain(&mut self) {
        self.drain_at(self.born);
    }

    fn drain_at(&mut self, now: Instant) {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(when)) => {
                    self.wants = when.max(now + Duration::from_millis(1));
                    return;
                }
                Ok(Output::Transmit(it)) => self.outbox.push((self.outside, it.contents.to_vec())),
                Ok(Output::Event(event)) => self.note(event),
                Err(_) => return,
            }
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::Connected => self.connected = true,
            Event::Closed => self.closed = true,
            Event::RtpPacket(it) => self.hear(Heard {
                at: it.timestamp,
                source: *it.header.ssrc,
                seq: *it.seq_no,
                time: it.header.timestamp,
                marker: it.header.marker,
                level: it.header.ext_vals.audio_level,
                payload: it.payload.to_vec(),
            }),
            Event::RawPacket(raw) => match *raw {
                RawPacket::RtcpTx(Rtcp::Nack(_)) => self.nacks_sent += 1,
                RawPacket::RtcpRx(Rtcp::SenderReport(_)) => self.reports_got += 1,
                RawPacket::RtcpRx(Rtcp::ReceiverReport(report)) => self.told.extend(report.reports.iter()),
                RawPacket::RtcpRx(Rtcp::Nack(_)) => self.nacks_got += 1,
                _ => {}
            },
            _ => {}
        }
    }

    fn hear(&mut self, heard: Heard) {
        let list = if heard.payload == SILENCE { &mut self.silences } else { &mut self.heard };
        list.push(heard);
    }
}
