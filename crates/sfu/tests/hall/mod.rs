//! A hall for tests: workers, people with str0m as their browser, a network that loses and reorders, and a clock of
//! its own. Nothing here waits for real time.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod mixer;
pub mod person;

use causerie_sfu::{
    Batch, Change, Command, Doors, Frame, Gate, Happening, Join, Outbox, PeerKey, Recorded, RoomKey,
    Settings, Sfu, Speaker, Track, Wire, pipe,
};
use mixer::Mixer;
use person::Person;
use std::collections::VecDeque;
use std::net::{SocketAddr, SocketAddrV4};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

pub const ROOM: RoomKey = RoomKey(1);
const SERVER: ([u8; 4], u16) = ([192, 0, 2, 1], 7000);

pub fn server() -> SocketAddr {
    SocketAddr::from(SERVER)
}

/// A datagram under way.
pub struct Underway {
    at: Instant,
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub bytes: Vec<u8>,
}

type Sent = (SocketAddr, SocketAddr, Vec<u8>);

#[derive(Clone, Default)]
struct Cable(Arc<Mutex<Vec<Sent>>>);

impl Wire for Cable {
    fn send(&mut self, batch: &Batch) {
        let mut all = self.0.lock().unwrap();
        all.extend(batch.datagrams().map(|it| (it.from, it.to, it.bytes.to_vec())));
    }
}

struct Worker {
    sfu: Sfu,
    out: Outbox,
    cable: Cable,
}

pub struct Hall {
    pub now: Instant,
    pub doors: Arc<Doors>,
    workers: Vec<Worker>,
    pub people: Vec<Person>,
    under_way: VecDeque<Underway>,
    pub changes: Vec<Change>,
    chance: u64,
    /// One in so many datagrams is lost; 0 for none.
    pub loss: u64,
    /// Most milliseconds under way; 1 keeps the order.
    pub delay: u64,
    /// One in so many arrives twice.
    pub twice: u64,
    /// What our workers sent to whom, all of it.
    pub sent: Vec<(SocketAddr, usize)>,
    pub players: Vec<(PeerKey, u32)>,
    /// What went into logs: whose, what, and the packet.
    pub recorded: Vec<Recorded>,
    /// On which line those who come now hear the programme.
    pub programme_line: Option<usize>,
    pub mixer: Mixer,
}

impl Hall {
    pub fn open(workers: usize) -> Self {
        let now = Instant::now();
        let settings = Settings {
            candidates: vec![server(), pipe::by_tcp(SocketAddrV4::new(SERVER.0.into(), SERVER.1))],
            workers,
            max_peers: 1000,
            seed: 7,
            epoch: now,
            wall: SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000),
        };
        let doors = Doors::new(settings);
        let make = |worker| {
            let cable = Cable::default();
            Worker {
                sfu: Sfu::new(doors.clone(), worker, now),
                out: Outbox::new(Box::new(cable.clone())),
                cable,
            }
        };
        let workers = (0..workers).map(make).collect();
        Self {
            now,
            doors,
            workers,
            people: Vec::new(),
            under_way: VecDeque::new(),
            changes: Vec::new(),
            chance: 42,
            loss: 0,
            delay: 1,
            twice: 0,
            sent: Vec::new(),
            players: Vec::new(),
            recorded: Vec::new(),
            programme_line: None,
            mixer: Mixer::new(now),
        }
    }

    /// Somebody comes in, with so many lines of which the first also sends, and is connected after a moment.
    pub fn enter(&mut self, speaker: u32, lines: usize) -> usize {
        let at = self.knock(Person::new(self.now, speaker, lines), true);
        self.run(600);
        assert!(self.people[at].connected, "{speaker} is connected");
        at
    }

    /// Somebody speaks from now on, so loud (−dBov), with their gate open.
    pub fn speaks(&mut self, at: usize, level: i8) {
        self.gate(self.people[at].speaker, Gate::Stage);
        self.people[at].speaks = Some(level);
    }

    /// Forget what everybody has heard so far.
    pub fn hush(&mut self) {
        for person in &mut self.people {
            person.heard.clear();
            person.silences.clear();
        }
    }

    /// How somebody's connection changed, and why.
    pub fn links(&self, speaker: u32) -> Vec<(&'static str, Option<&'static str>)> {
        let theirs = self.changes.iter().filter(|change| change.peer == PeerKey(speaker.into()));
        theirs.map(|change| (change.link.word(), change.reason.map(|reason| reason.word()))).collect()
    }

    /// Somebody offers; the answer is theirs.
    pub fn knock(&mut self, mut person: Person, publishes: bool) -> usize {
        let offer = person.offer();
        let answer = self.offer(person.speaker, &offer, publishes).expect("a good offer");
        person.answered(&answer);
        self.people.push(person);
        self.people.len() - 1
    }

    pub fn offer(&self, speaker: u32, offer: &str, publishes: bool) -> Result<String, causerie_sfu::Refusal> {
        let peer = PeerKey(speaker.into());
        self.doors.offer(
            self.now,
            Join {
                peer,
                room: ROOM,
                speaker: Speaker(speaker),
                offer,
                listens: true,
                publishes,
                programme: self.programme_line,
            },
        )
    }

    pub fn gate(&mut self, speaker: u32, gate: Gate) {
        self.doors.gate(PeerKey(speaker.into()), gate);
        self.command(Command::Regate(PeerKey(speaker.into())));
    }

    /// Record somebody on this track, or no longer.
    pub fn record(&mut self, speaker: u32, track: Option<u32>) {
        let peer = PeerKey(speaker.into());
        self.doors.record(peer, track.map(Track));
        self.command(Command::Retake(peer));
    }

    /// What was said into this log since the last time: who, and how many they had said before.
    pub fn taken(&mut self, track: u32) -> Vec<(u32, u16)> {
        let said = |it: &Recorded| it.track == Track(track) && it.kind == Happening::Said;
        let packets = self.recorded.extract_if(.., |it| said(it));
        packets
            .map(|it| (it.payload()[2].into(), u16::from_be_bytes([it.payload()[3], it.payload()[4]])))
            .collect()
    }

    /// Everybody's connection is dropped without a word.
    pub fn close(&mut self) {
        self.workers.clear();
    }

    pub fn command(&mut self, command: Command) {
        for at in 0..self.workers.len() {
            let worker = &mut self.workers[at];
            worker.sfu.command(self.now, command, &mut worker.out);
            self.collect(at);
        }
    }

    /// Let time pass, millisecond by millisecond.
    pub fn run(&mut self, millis: u64) {
        for _ in 0..millis {
            self.now += Duration::from_millis(1);
            self.deliver();
            self.play();
            self.mix();
            for at in 0..self.workers.len() {
                let worker = &mut self.workers[at];
                if worker.sfu.deadline().is_some_and(|deadline| deadline <= self.now) {
                    worker.sfu.timeout(self.now, &mut worker.out);
                }
                self.collect(at);
            }
            for at in 0..self.people.len() {
                let sent = self.people[at].live(self.now);
                sent.into_iter().for_each(|(from, bytes)| self.post(from, server(), bytes));
            }
        }
    }

    /// A player comes in with its gate open.
    pub fn player(&mut self, speaker: u32) {
        let peer = PeerKey(speaker.into());
        self.doors.player(peer, ROOM, Speaker(speaker)).expect("room for a player");
        self.gate(speaker, Gate::Stage);
        self.players.push((peer, 0));
    }

    /// A player says this at once.
    pub fn play_now(&mut self, peer: PeerKey, frame: Frame<'_>) {
        let worker = &mut self.workers[0];
        worker.sfu.play(self.now, peer, frame, &mut worker.out);
        self.collect(0);
        self.deliver_all();
    }

    fn deliver_all(&mut self) {
        for one in std::mem::take(&mut self.under_way) {
            if let Some(person) = self.people.iter_mut().find(|person| person.is_at(one.to)) {
                person.receive(self.now, one.from, &one.bytes);
            }
        }
    }

    /// Any datagram from anywhere.
    pub fn inject(&mut self, from: SocketAddr, bytes: &[u8]) {
        let at = self.worker_of(from);
        let mut bytes = bytes.to_vec();
        let worker = &mut self.workers[at];
        worker.sfu.datagram(self.now, from, server(), &mut bytes, &mut worker.out);
        self.collect(at);
    }

    /// A worker still needs this pipe.
    pub fn needs(&self, pipe: SocketAddr) -> bool {
        self.workers.iter().any(|worker| worker.sfu.needs(pipe))
    }

    pub fn count(&self, name: &str) -> u64 {
        self.doors.statistics().iter().find(|(it, _)| *it == name).map_or(0, |(_, count)| *count)
    }

    pub fn chance(&mut self, below: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % below.max(1)
    }

    fn worker_of(&self, address: SocketAddr) -> usize {
        usize::from(address.port()) % self.workers.len()
    }

    /// What the mixer has for everybody at this moment.
    fn mix(&mut self) {
        let Some(mixed) = self.mixer.mix(self.now, &self.doors) else { return };
        for at in 0..self.workers.len() {
            let worker = &mut self.workers[at];
            worker.sfu.programme(self.now, &mixed, &mut worker.out);
            self.collect(at);
        }
    }

    fn play(&mut self) {
        let since = self.now.saturating_duration_since(self.people.first().map_or(self.now, |it| it.born));
        if !since.as_millis().is_multiple_of(20) {
            return;
        }
        for at in 0..self.players.len() {
            let (peer, count) = self.players[at];
            self.players[at].1 += 1;
            let payload = person::payload(peer.0 as u32, count as u16);
            let frame =
                Frame { time: count.wrapping_mul(960), marker: count == 0, level: 20, payload: &payload };
            let worker = &mut self.workers[0];
            worker.sfu.play(self.now, peer, frame, &mut worker.out);
            self.collect(0);
        }
    }

    /// What a worker left to do.
    fn collect(&mut self, at: usize) {
        let worker = &mut self.workers[at];
        worker.out.flush();
        let datagrams = std::mem::take(&mut *worker.cable.0.lock().unwrap());
        self.mixer.heard.extend(worker.out.mixing.drain(..).map(|spoken| spoken.speaker.0));
        let spoken: Vec<_> = worker.out.spoken.drain(..).collect();
        let strays: Vec<_> = worker.out.strays.drain(..).collect();
        self.changes.append(&mut worker.out.changes);
        self.recorded.append(&mut worker.out.recorded);
        for (from, to, bytes) in datagrams {
            self.sent.push((to, bytes.len()));
            self.post(from, to, bytes);
        }
        for packet in spoken {
            for other in (0..self.workers.len()).filter(|other| *other != at) {
                let worker = &mut self.workers[other];
                worker.sfu.spoken(self.now, &packet, &mut worker.out);
            }
        }
        for mut stray in strays {
            let worker = &mut self.workers[stray.worker];
            worker.sfu.stray(self.now, &mut stray, &mut worker.out);
        }
    }

    fn post(&mut self, from: SocketAddr, to: SocketAddr, bytes: Vec<u8>) {
        if self.loss > 0 && self.chance(self.loss) == 0 {
            return;
        }
        let copies = if self.twice > 0 && self.chance(self.twice) == 0 { 2 } else { 1 };
        for _ in 0..copies {
            let delay = 1 + self.chance(self.delay);
            let at = self.now + Duration::from_millis(delay);
            self.under_way.push_back(Underway { at, from, to, bytes: bytes.clone() });
        }
    }

    fn deliver(&mut self) {
        let (due, later) =
            std::mem::take(&mut self.under_way).into_iter().partition(|it: &Underway| it.at <= self.now);
        self.under_way = later;
        let due: VecDeque<Underway> = due;
        for one in due {
            if one.to == server() {
                self.inject(one.from, &one.bytes);
            } else if let Some(person) = self.people.iter_mut().find(|person| person.is_at(one.to)) {
                person.receive(self.now, one.from, &one.bytes);
            }
        }
    }
}
