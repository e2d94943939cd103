//! A connected person who sends whatever they like under good keys: the worst that can reach the packet path. For tests
//! and fuzzing only.

use crate::batch::Batch;
use crate::doors::{Doors, Join, Settings};
use crate::outbox::{Outbox, Wire};
use crate::peer::{Slot, client, wired};
use crate::sfu::{Command, Sfu};
use crate::srtp::Sealer;
use crate::words::{Gate, PeerKey, RoomKey, Speaker};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use str0m::net::{Protocol, Receive};
use str0m::{Event, Input, Output, Rtc, RtcConfig};

/// What a page's keys are known for, so that things can be sent under them that it would never send by itself.
pub struct Hand {
    slot: Arc<Slot>,
    sealer: Option<Sealer>,
    index: u32,
}

impl Hand {
    /// A page set up like this, and the hand on its keys; none if it makes no handshake, which is a fault.
    pub fn on(now: Instant, config: RtcConfig) -> Option<(Rtc, Self)> {
        let (page, slot) = wired(now, config)?;
        // The page's own reports count from the beginning.
        Some((page, Self { slot, sealer: None, index: 1 << 20 }))
    }

    /// These RTCP packets as they go over the wire; none before the handshake is done.
    pub fn rtcp(&mut self, plain: &[u8]) -> Option<Vec<u8>> {
        if self.sealer.is_none() {
            self.sealer = self.slot.keys().and_then(Sealer::new);
        }
        self.index += 1;
        let mut datagram = [plain, &[0; 32]].concat();
        let len = self.sealer.as_ref()?.rtcp(&mut datagram, plain.len(), self.index)?;
        datagram.truncate(len);
        Some(datagram)
    }
}

/// The person, and the worker they are connected to.
pub struct Insider {
    now: Instant,
    doors: Arc<Doors>,
    sfu: Sfu,
    out: Outbox,
    wire: Pile,
    page: Rtc,
    sealer: Option<Sealer>,
    /// The source their offer names.
    pub source: u32,
    seq: u16,
    roll_over: u32,
    index: u32,
}

#[derive(Clone, Default)]
struct Pile(Arc<Mutex<Vec<Vec<u8>>>>);

impl Wire for Pile {
    fn send(&mut self, batch: &Batch) {
        if let Ok(mut all) = self.0.lock() {
            all.extend(batch.datagrams().map(|one| one.bytes.to_vec()));
        }
    }
}

const THEIRS: ([u8; 4], u16) = ([198, 51, 100, 1], 5000);
const OURS: ([u8; 4], u16) = ([192, 0, 2, 1], 7000);
const PEER: PeerKey = PeerKey(1);

impl Insider {
    /// Connected, with an open gate; none if the handshake failed, which is a fault.
    pub fn connected() -> Option<Self> {
        let now = Instant::now();
        let doors = Doors::new(Settings {
            candidates: vec![OURS.into()],
            workers: 1,
            max_peers: 10,
            seed: 1,
            epoch: now,
            wall: SystemTime::UNIX_EPOCH,
        });
        let (page, slot, offer) = client(now, THEIRS.into())?;
        let join = Join {
            peer: PEER,
            room: RoomKey(1),
            speaker: Speaker(1),
            offer: &offer.text,
            listens: true,
            publishes: true,
            programme: None,
        };
        let answer = doors.offer(now, join).ok()?;
        let wire = Pile::default();
        let out = Outbox::new(Box::new(wire.clone()));
        let sfu = Sfu::new(doors.clone(), 0, now);
        let named = offer.text.lines().find_map(|line| line.strip_prefix("a=ssrc:")?.split(' ').next());
        let source = named?.parse().ok()?;
        let (seq, roll_over, index) = (0, 0, 1);
        let mut insider =
            Self { now, doors, sfu, out, wire, page, sealer: None, source, seq, roll_over, index };
        offer.answered(&mut insider.page, &answer)?;
        insider.shake_hands();
        insider.sealer = slot.keys().and_then(Sealer::new);
        insider.doors.gate(PEER, Gate::Stage);
        insider.sfu.command(insider.now, Command::Regate(PEER), &mut insider.out);
        insider.sealer.is_some().then_some(insider)
    }

    /// Send these bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.pass(Duration::from_millis(20));
        let mut datagram = bytes.to_vec();
        self.sfu.datagram(self.now, THEIRS.into(), OURS.into(), &mut datagram, &mut self.out);
        self.clear();
    }

    /// Send these bytes as an RTP packet whose header is so long, under good keys; sequence numbers go up.
    pub fn rtp(&mut self, plain: &[u8], header: usize) {
        if header < 12 || header > plain.len() {
            return;
        }
        let seq = u16::from_be_bytes([plain[2], plain[3]]);
        self.roll_over += u32::from(seq < self.seq);
        self.seq = seq;
        let mut datagram = [plain, &[0; 32]].concat();
        let Some(sealer) = &self.sealer else { return };
        let sealed = sealer.rtp(&mut datagram, header, plain.len(), self.roll_over);
        sealed.into_iter().for_each(|len| self.raw(&datagram[..len]));
    }

    /// Send these bytes as RTCP packets, under good keys.
    pub fn rtcp(&mut self, plain: &[u8]) {
        if plain.len() < 8 {
            return;
        }
        let mut datagram = [plain, &[0; 32]].concat();
        self.index += 1;
        let Some(sealer) = &self.sealer else { return };
        let sealed = sealer.rtcp(&mut datagram, plain.len(), self.index);
        sealed.into_iter().for_each(|len| self.raw(&datagram[..len]));
    }

    /// How often something counted by this name happened.
    pub fn count(&self, name: &str) -> u64 {
        self.doors.statistics().iter().find(|(it, _)| *it == name).map_or(0, |(_, count)| *count)
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        if self.sfu.deadline().is_some_and(|deadline| deadline <= self.now) {
            self.sfu.timeout(self.now, &mut self.out);
        }
        // They go on answering checks, or they would be gone after half a minute.
        let _ = self.page.handle_input(Input::Timeout(self.now));
        self.exchange();
    }

    fn shake_hands(&mut self) {
        let mut connected = false;
        for _ in 0..2000 {
            self.now += Duration::from_millis(1);
            let _ = self.page.handle_input(Input::Timeout(self.now));
            connected |= self.exchange();
            self.sfu.timeout(self.now, &mut self.out);
            if connected && self.count("peers_up") > 0 {
                return;
            }
        }
    }

    /// Both sides' datagrams, once each way; says whether the page came to be connected.
    fn exchange(&mut self) -> bool {
        let mut connected = false;
        for _ in 0..100 {
            match self.page.poll_output() {
                Ok(Output::Transmit(one)) => {
                    let mut datagram = one.contents.to_vec();
                    self.sfu.datagram(self.now, THEIRS.into(), OURS.into(), &mut datagram, &mut self.out);
                }
                Ok(Output::Event(Event::Connected)) => connected = true,
                Ok(Output::Event(_)) => {}
                Ok(Output::Timeout(_)) | Err(_) => break,
            }
        }
        for datagram in self.clear() {
            let theirs: SocketAddr = THEIRS.into();
            if let Ok(receive) = Receive::new(Protocol::Udp, OURS.into(), theirs, &datagram) {
                let _ = self.page.handle_input(Input::Receive(self.now, receive));
            }
        }
        connected
    }

    fn clear(&mut self) -> Vec<Vec<u8>> {
        self.out.flush();
        self.out.spoken.clear();
        self.out.strays.clear();
        self.out.recorded.clear();
        self.out.changes.clear();
        self.wire.0.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default()
    }
}
