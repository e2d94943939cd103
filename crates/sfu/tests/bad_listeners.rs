//! Listeners who claim, ask or vanish as none should: what they cost is bounded, and nobody else hears it.

mod hall;

use causerie_sfu::{Command, PeerKey};
use hall::person::{Heard, Person};
use hall::{Hall, ROOM};

const OTHERS: u32 = 12;
/// Reports that one connection may send in a second.
const REPORTS: u64 = 50;
/// A header, a sender, a source.
const NACK: [u8; 2] = [129, 205];
const REPORT: [u8; 2] = [129, 201];

/// A room in which a player speaks, heard by so many on their only line: as a voice, or by the programme.
fn room(programme: bool) -> Hall {
    let mut hall = Hall::open(1);
    hall.programme_line = programme.then_some(0);
    hall.mixer.quiet = false;
    hall.player(100);
    for speaker in 1..=1 + OTHERS {
        hall.knock(Person::with_copies(hall.now, speaker, 1), false);
    }
    hall.run(1500);
    hall.hush();
    hall.sent.clear();
    hall
}

/// What all but the first heard: when, which packet, and how long it was.
fn others(hall: &Hall) -> Vec<Vec<(u128, u16, usize)>> {
    let begun = hall.people[0].born;
    let each = |it: &Heard| (it.at.duration_since(begun).as_millis(), it.count(), it.payload.len());
    hall.people[1..].iter().map(|one| one.heard.iter().map(each).collect()).collect()
}

/// The same five seconds with nobody who does anything bad.
fn undisturbed(programme: bool) -> Vec<Vec<(u128, u16, usize)>> {
    let mut hall = room(programme);
    hall.run(5000);
    let heard = others(&hall);
    assert!(heard.iter().all(|one| one.len() >= 249 && one.windows(2).all(|two| two[1].1 == two[0].1 + 1)));
    heard
}

/// The first listener sends this so often in each of five seconds.
fn sends(hall: &mut Hall, each_second: u64, make: impl Fn(&Hall) -> Vec<u8>) {
    for milli in 0..5000 {
        if milli % (1000 / each_second) == 0 {
            let (plain, from) = (make(hall), hall.people[0].address);
            let sealed = hall.people[0].sealed(&plain);
            hall.inject(from, &sealed);
        }
        hall.run(1);
    }
}

/// How many packets went to the first listener, and how many bytes.
fn cost(hall: &Hall) -> (usize, usize) {
    let theirs = hall.sent.iter().filter(|(to, _)| *to == hall.people[0].address);
    theirs.fold((0, 0), |(count, bytes), (_, length)| (count + 1, bytes + length))
}

/// The first listener's latest packet: its source and number.
fn latest(hall: &Hall) -> (u32, u16) {
    hall.people[0].heard.last().map_or((0, 0), |it| (it.source, it.seq as u16))
}

/// A report of this share lost of what they hear, in 1/256.
fn lost(hall: &Hall, fraction: u8) -> Vec<u8> {
    let (source, seq) = latest(hall);
    let lost = [fraction, 0x7F, 0xFF, 0xFF];
    let rest = [0, 0, (seq >> 8) as u8, seq as u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [&REPORT[..], &[0, 7, 0, 0, 0, 7], &source.to_be_bytes(), &lost, &rest].concat()
}

/// They ask for the latest packets, and for those before them, and before those, in so many entries of 17.
fn missing(hall: &Hall, entries: u16) -> Vec<u8> {
    let (source, seq) = latest(hall);
    let length = 2 + entries;
    let asked = (0..entries).flat_map(|at| {
        let [high, low] = seq.wrapping_sub(17 * at + 16).to_be_bytes();
        [high, low, 0xFF, 0xFF]
    });
    let head = [&NACK[..], &length.to_be_bytes(), &[0, 0, 0, 7], &source.to_be_bytes()].concat();
    head.into_iter().chain(asked).collect()
}

#[test]
fn who_claims_to_lose_everything_gets_copies_and_nobody_else_does() {
    let usual = undisturbed(true);
    let mut hall = room(true);

    sends(&mut hall, REPORTS, |hall| lost(hall, 255));

    let longest = hall.people[0].heard.iter().map(|it| it.payload.len()).max();
    assert!(longest > Some(3 * 5), "two copies beside the 20 ms: {longest:?}");
    assert!(others(&hall) == usual, "the others hear what they always hear");
    let (packets, bytes) = cost(&hall);
    assert!(packets < 300 && bytes < 300 * 80, "{packets} packets, {bytes} bytes");
    assert_eq!((hall.doors.programme_loss(ROOM), hall.count("panics")), (0, 0));
}

#[test]
fn who_claims_without_end_counts_as_one_listener_and_as_none_when_gone() {
    let mut hall = room(true);
    let mut told = Vec::new();
    for _ in 0..5 {
        sends(&mut hall, REPORTS, |hall| lost(hall, 255));
        told.push(hall.doors.programme_loss(ROOM));
    }
    for at in 1..=3 {
        let (plain, from) = (lost(&hall, 128), hall.people[at].address);
        let source = hall.people[at].heard.last().map_or(0, |it| it.source);
        let plain = [&plain[..8], &source.to_be_bytes(), &plain[12..]].concat();
        let sealed = hall.people[at].sealed(&plain);
        hall.inject(from, &sealed);
    }
    let with_three_more = hall.doors.programme_loss(ROOM);
    for peer in 1..=4 {
        hall.command(Command::Leave(PeerKey(peer)));
    }

    assert_eq!((told, with_three_more, hall.doors.programme_loss(ROOM)), (vec![0; 5], 30, 0));
}

#[test]
fn who_asks_for_everything_again_and_again_gets_so_much_and_nobody_else_waits() {
    for programme in [true, false] {
        let usual = undisturbed(programme);
        let mut hall = room(programme);

        sends(&mut hall, REPORTS, |hall| missing(hall, 280));

        assert!(others(&hall) == usual, "the others hear each packet once and in time");
        // Twice as many again as there are, and a second's worth at once.
        let (packets, _) = cost(&hall);
        assert!((300..=250 + 100 + 500 + 50).contains(&packets), "{packets} packets");
        assert!(hall.count("nacks_answered") <= 600, "{} were answered", hall.count("nacks_answered"));
        assert!(hall.count("nacks_in") <= 1000 + 5 * 500, "{} were looked for", hall.count("nacks_in"));
        assert!(hall.count("drop_rate") > 100_000, "{} were not", hall.count("drop_rate"));
        assert_eq!(hall.count("panics"), 0);
    }
}

#[test]
fn who_asks_for_what_is_not_theirs_gets_nothing() {
    let usual = undisturbed(true);
    let mut hall = room(true);
    hall.run(100);
    let before = hall.count("nacks_answered");
    let stranger = hall.people[5].heard.last().map_or(0, |it| it.source);

    sends(&mut hall, 10, |hall| {
        let asked = missing(hall, 4);
        [&asked[..8], &stranger.to_be_bytes(), &asked[12..]].concat()
    });

    let same = others(&hall).iter().zip(&usual).all(|(heard, usual)| heard[..usual.len()] == usual[..]);
    assert!(same && hall.count("nacks_answered") == before);
}

#[test]
fn those_who_vanish_in_the_middle_of_a_burst_leave_no_gap_for_anybody() {
    for programme in [true, false] {
        let usual = undisturbed(programme);
        let mut hall = room(programme);
        let staying = |heard: Vec<Vec<(u128, u16, usize)>>| heard.into_iter().step_by(2).collect::<Vec<_>>();

        // Between two packets of the same round: some without a word, some told to go, some with a goodbye.
        for (moment, speaker) in [(700, 3), (1213, 5), (1219, 7), (1220, 9), (1240, 11), (2000, 13)] {
            let passed = hall.now.duration_since(hall.people[0].born).as_millis() as u64;
            hall.run(moment + 1500 - passed);
            let at = speaker as usize - 1;
            match speaker % 3 {
                0 => hall.people[at].cut = true,
                1 => hall.command(Command::Leave(PeerKey(speaker))),
                _ => hall.people[at].leave(),
            }
        }
        hall.run(3000);

        assert!(staying(others(&hall)) == staying(usual), "who stays hears everything, once and in time");
        hall.run(31_000);
        hall.sent.clear();
        hall.run(1000);
        let gone: Vec<_> = (2..13).step_by(2).map(|at| hall.people[at].address).collect();
        assert!(hall.sent.iter().all(|(to, _)| !gone.contains(to)), "nothing is sent to who is gone");
        assert_eq!(hall.count("panics"), 0);
    }
}
