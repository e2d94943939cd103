//! Some seconds of what the fuzz targets do for hours: good input with something wrong in it.

use causerie_sfu::insider::Insider;
use causerie_sfu::sdp::Offer;
use causerie_sfu::{Doors, Join, PeerKey, RoomKey, Settings, Speaker, demux};
use std::time::{Duration, Instant, SystemTime};

const ROUNDS: usize = 200_000;
const LONGEST: Duration = Duration::from_secs(2);

/// Chance that is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    /// Flip, cut, double, insert: a few times each.
    fn spoil(&mut self, good: &[u8]) -> Vec<u8> {
        let mut bytes = good.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            match self.below(6) {
                0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xfe, 0xff][self.below(6)],
                2 => bytes.truncate(at),
                3 => bytes.extend_from_within(at..),
                4 => bytes.insert(at, self.below(256) as u8),
                5 if !bytes.is_empty() => drop(bytes.remove(at)),
                _ => {}
            }
            bytes.truncate(1500);
        }
        bytes
    }
}

fn for_a_while(seed: u64, mut work: impl FnMut(&mut Chance)) {
    let mut chance = Chance(seed);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        work(&mut chance);
        if start.elapsed() > LONGEST {
            return;
        }
    }
}

/// A check with user name, priority, role, nomination and a tag that is not ours.
const CHECK: &[u8] = b"\x00\x01\x00\x40\x21\x12\xa4\x42abcdefghijkl\x00\x06\x00\x09ours:them\0\0\0\
\x00\x24\x00\x04\x6e\0\0\xff\x80\x29\x00\x08\0\0\0\0\0\0\0\x01\x00\x25\x00\x00\
\x00\x08\x00\x14aaaaaaaaaaaaaaaaaaaa";

#[test]
fn spoiled_checks_are_read_without_harm() {
    for_a_while(1, |chance| {
        let spoiled = chance.spoil(CHECK);
        let class = demux::class(&spoiled);
        let stun = demux::stun(&spoiled);
        assert!(stun.is_none() || spoiled.len() >= 20, "{class:?} {stun:?}");
    });
}

#[test]
fn spoiled_offers_are_answered_or_refused() {
    let good = include_str!("offers/chromium.sdp");
    let now = Instant::now();
    let doors = Doors::new(Settings {
        candidates: vec!["192.0.2.1:7000".parse().unwrap()],
        workers: 1,
        max_peers: 10,
        seed: 1,
        epoch: now,
        wall: SystemTime::UNIX_EPOCH,
    });
    let (mut answered, mut refused) = (0, 0);
    for_a_while(2, |chance| {
        let spoiled = chance.spoil_text(good);
        if let Ok(offer) = Offer::read(&spoiled, true, true) {
            assert!(offer.cleaned().lines().all(|line| !line.starts_with("a=candidate:")));
        }
        let join = Join {
            peer: PeerKey(1),
            room: RoomKey(1),
            speaker: Speaker(1),
            offer: &spoiled,
            listens: true,
            publishes: true,
            programme: None,
        };
        match doors.offer(now, join) {
            Ok(_) => answered += 1,
            Err(_) => refused += 1,
        }
        doors.leave(PeerKey(1));
    });
    assert!(answered > 0 && refused > 0, "{answered} answered, {refused} refused");
}

impl Chance {
    /// Lines dropped, doubled, swapped, and some bytes spoiled.
    fn spoil_text(&mut self, good: &str) -> String {
        let mut lines: Vec<_> = good.lines().map(str::to_owned).collect();
        for _ in 0..=self.below(3) {
            let (one, other) = (self.below(lines.len()), self.below(lines.len()));
            match self.below(4) {
                0 => drop(lines.remove(one)),
                1 => lines.insert(other, lines[one].clone()),
                2 => lines.swap(one, other),
                _ => lines[one] = String::from_utf8_lossy(&self.spoil(lines[one].as_bytes())).into_owned(),
            }
        }
        lines.join("\r\n")
    }
}

/// Header with levels and the line's name, and a little Opus.
const SOUND: &[u8] =
    b"\x90\x6f\x00\x01\x00\x00\x03\xc0\x00\x00\x00\x07\xbe\xde\x00\x01\x10\x14\x40\x30\xfc\xff\xfe\x01\x02";

#[test]
fn an_insiders_spoiled_sound_ends_nobody() {
    let mut insider = Insider::connected().expect("a handshake");
    let mut seq = 0_u16;
    for_a_while(3, |chance| {
        let mut spoiled = chance.spoil(SOUND);
        seq = seq.wrapping_add(1 + chance.below(3) as u16);
        if spoiled.len() >= 4 {
            spoiled[2..4].copy_from_slice(&seq.to_be_bytes());
        }
        if spoiled.len() >= 12 && chance.below(10) > 0 {
            spoiled[8..12].copy_from_slice(&insider.source.to_be_bytes());
        }
        insider.rtp(&spoiled, [12, 16, 20][chance.below(3)]);
    });
    assert!(insider.count("packets_in") > 100, "{} came through", insider.count("packets_in"));
    assert_eq!((insider.count("panics"), insider.count("peers")), (0, 1));
}

const REPORTS: [&[u8]; 7] = [
    // Receiver report with one block.
    b"\x81\xc9\x00\x07\x00\x00\x00\x01\x00\x00\x00\x02\x10\x00\x00\x05\x00\x00\x01\x00\x00\x00\x00\x09\0\0\0\0\0\0\0\0",
    // Sender report.
    b"\x80\xc8\x00\x06\x00\x00\x00\x01\x12\x34\x56\x78\x12\x34\x56\x78\x00\x00\x03\xc0\x00\x00\x00\x05\x00\x00\x01\x00",
    // Receiver report and NACK.
    b"\x80\xc9\x00\x01\x00\x00\x00\x01\x81\xcd\x00\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x05\xff\xff",
    // Goodbye for somebody else's source.
    b"\x80\xc9\x00\x01\x00\x00\x00\x01\x81\xcb\x00\x01\x00\x00\x00\x02",
    // REMB.
    b"\x80\xc9\x00\x01\x00\x00\x00\x01\x8f\xce\x00\x05\x00\x00\x00\x01\x00\x00\x00\x00REMB\x01\x0b\xff\xff\x00\x00\x00\x02",
    // Transport-wide feedback.
    b"\x80\xc9\x00\x01\x00\x00\x00\x01\x8f\xcd\x00\x05\x00\x00\x00\x01\x00\x00\x00\x02\x00\x01\x00\x07\x00\x00\x01\x00\xd7\xff\x00\x01",
    // Description and extended report.
    b"\x80\xc9\x00\x01\x00\x00\x00\x01\x81\xca\x00\x03\x00\x00\x00\x01\x01\x04abcd\0\0\x80\xcf\x00\x04\x00\x00\x00\x01\x04\0\0\x02\0\0\0\0\0\0\0\0",
];

#[test]
fn an_insiders_spoiled_reports_end_nobody() {
    let mut insider = Insider::connected().expect("a handshake");
    for_a_while(4, |chance| {
        let good = REPORTS[chance.below(REPORTS.len())];
        let spoiled = chance.spoil(good);
        insider.rtcp(&spoiled);
    });
    assert!(insider.count("nacks_in") > 100, "{} came through", insider.count("nacks_in"));
    assert_eq!((insider.count("panics"), insider.count("peers")), (0, 1));
}

#[test]
fn an_insiders_spoiled_datagrams_end_nobody() {
    let mut insider = Insider::connected().expect("a handshake");
    for_a_while(5, |chance| {
        let good = [CHECK, SOUND, REPORTS[0], b"\x16\xfe\xfd\0\0\0\0\0\0\0\x01\0\x03abc"][chance.below(4)];
        insider.raw(&chance.spoil(good));
    });
    assert_eq!((insider.count("panics"), insider.count("peers")), (0, 1));
}
