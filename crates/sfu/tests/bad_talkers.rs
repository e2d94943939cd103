//! People on stage whose browsers send what none should: what it costs is bounded, everybody else is heard as if nothing
//! were, and once they send properly again they are heard themselves.

mod hall;

use causerie_sfu::Gate;
use hall::Hall;
use hall::mixer::MIXER;
use hall::person::{Heard, Said, payload};

const BAD: usize = 0;
const LISTENER: usize = 2;
const SECONDS: u64 = 5;

/// What they do in one millisecond, having been at it for so many: the packets they send.
type Habit = fn(u64) -> Vec<Said>;

fn said(seq: u64, time: u32, payload: Vec<u8>) -> Said {
    Said { source: None, seq: 2000 + seq, time, marker: false, payload }
}

/// Frames of so many samples, with one that says so in its first byte.
fn frames(milli: u64, samples: u64, first: u8) -> Vec<Said> {
    let (from, to) = ((milli * 48).div_ceil(samples), (milli * 48 + 48).div_ceil(samples));
    (from..to).map(|at| said(at, (at * samples) as u32, vec![first, 0, 1, 0, 0])).collect()
}

/// Every 20 ms a packet whose number, time and payload are made of how many there were.
fn each(milli: u64, make: impl Fn(u64) -> Said) -> Vec<Said> {
    milli.is_multiple_of(20).then(|| make(milli / 20)).into_iter().collect()
}

fn usual(at: u64) -> Said {
    said(at, (at * 960) as u32, payload(1, at as u16).to_vec())
}

/// The same each time.
fn any(at: u64) -> u64 {
    (at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

const HABITS: [(&str, Habit); 15] = [
    ("frames of 2.5 ms", |milli| frames(milli, 120, 16 << 3)),
    ("frames of 5 ms", |milli| frames(milli, 240, 17 << 3)),
    ("frames of 10 ms, two channels", |milli| frames(milli, 480, 18 << 3 | 4)),
    ("frames of 40 ms", |milli| frames(milli, 1920, 2 << 3)),
    ("frames of 60 ms", |milli| frames(milli, 2880, 3 << 3)),
    ("frames of 120 ms", |milli| frames(milli, 5760, 3 << 3 | 1)),
    ("two channels at 510 kb/s", |milli| {
        each(milli, |at| Said { payload: vec![31 << 3 | 4; 1275], ..usual(at) })
    }),
    ("any bytes, of any length", |milli| {
        each(milli, |at| {
            let bytes = (0..any(at) % 1300).map(|place| any(at * 7919 + place) as u8);
            Said { payload: bytes.collect(), ..usual(at) }
        })
    }),
    ("times that jump ahead by half of all there are", |milli| {
        each(milli, |at| Said { time: (at * 960 + at / 50 * (1 << 31)) as u32, ..usual(at) })
    }),
    ("times that go back", |milli| {
        each(milli, |at| Said { time: (3_000_000_000 - at * 96_000) as u32, ..usual(at) })
    }),
    ("any times", |milli| each(milli, |at| Said { time: any(at) as u32, ..usual(at) })),
    ("times that stand still", |milli| each(milli, |at| Said { time: 7, ..usual(at) })),
    ("numbers that jump ahead", |milli| each(milli, |at| Said { seq: 2000 + at * 9_999, ..usual(at) })),
    ("any numbers", |milli| each(milli, |at| Said { seq: 2000 + at * 50 + any(at) % 2000, ..usual(at) })),
    ("each second's all at once, and again", |milli| {
        let whole = milli % 1000 == 0;
        (0..if whole { 400 } else { 0 }).map(|at| usual(milli / 20 + at % 50)).collect()
    }),
];

/// Their first source is gone back to afterwards.
const OTHER_SOURCES: [(&str, Habit); 2] = [
    ("another source each second", |milli| {
        each(milli, |at| Said { source: Some(9000 + (at / 50) as u32), ..usual(at) })
    }),
    ("another source with each packet", |milli| {
        each(milli, |at| Said { source: Some(9000 + at as u32), ..usual(at) })
    }),
];

/// A room with one who may do bad things, one who speaks, and one who listens, to voices or to the programme.
fn room(programme: bool) -> Hall {
    let mut hall = Hall::open(1);
    hall.mixer.quiet = false;
    hall.enter(1, 3);
    hall.gate(1, Gate::Stage);
    let ben = hall.enter(2, 3);
    hall.speaks(ben, -20);
    hall.programme_line = programme.then_some(0);
    hall.enter(3, 3);
    behave(&mut hall, 1900, 0, 1000);
    hall.hush();
    hall.sent.clear();
    hall.mixer.heard.clear();
    hall
}

/// What the listener heard of somebody: when, and which packet.
fn heard_of(hall: &Hall, who: u32) -> Vec<(u128, u16)> {
    let begun = hall.people[LISTENER].born;
    let each = |it: &Heard| (it.at.duration_since(begun).as_millis(), it.count());
    // What somebody bad sends can begin with any bytes: theirs are five.
    let theirs = |it: &&Heard| it.payload.len() == 5 && it.payload[..2] == [0xFF, 0] && it.who() == who;
    hall.people[LISTENER].heard.iter().filter(theirs).map(each).collect()
}

/// Somebody sends this, loudly, and says nothing by themselves.
fn put(hall: &mut Hall, packets: impl IntoIterator<Item = Said>) {
    let now = hall.now;
    hall.people[BAD].speaks = Some(-10);
    packets.into_iter().for_each(|one| hall.people[BAD].put(now, one));
    hall.people[BAD].speaks = None;
}

/// What the bad one sent: packets, bytes, and the number after the highest of their source.
struct Sent {
    packets: u64,
    bytes: usize,
    next: u64,
}

/// The bad one goes about it.
fn go_on(hall: &mut Hall, habit: Habit) -> Sent {
    let mut sent = Sent { packets: 0, bytes: 0, next: 2000 };
    for milli in 0..SECONDS * 1000 {
        let all = habit(milli);
        sent.packets += all.len() as u64;
        sent.bytes += all.iter().map(|one| one.payload.len()).sum::<usize>();
        let numbers = all.iter().filter(|one| one.source.is_none()).map(|one| one.seq + 1);
        sent.next = numbers.fold(sent.next, u64::max);
        put(hall, all);
        hall.run(1);
    }
    sent
}

/// From this moment on, by so many milliseconds, they send as they should; says which number is next.
fn behave(hall: &mut Hall, next: u64, from: u64, millis: u64) -> u64 {
    for milli in from..from + millis {
        let seq = next + (milli - from) / 20;
        put(hall, each(milli, |at| Said { seq, ..usual(at) }));
        hall.run(1);
    }
    next + millis / 20
}

#[test]
fn who_sends_what_none_should_takes_nothing_from_who_speaks_beside_them() {
    let undisturbed = |programme| {
        let mut hall = room(programme);
        hall.run(SECONDS * 1000);
        heard_of(&hall, if programme { MIXER } else { 2 })
    };
    for programme in [false, true] {
        let usual = undisturbed(programme);
        assert!(usual.len() >= 249, "{}", usual.len());
        for (name, habit) in HABITS.into_iter().chain(OTHER_SOURCES) {
            let mut hall = room(programme);
            let before = hall.count("packets_in");

            let sent = go_on(&mut hall, habit);

            let heard = heard_of(&hall, if programme { MIXER } else { 2 });
            assert!(heard == usual, "{name}: {} of {} are heard", heard.len(), usual.len());
            // Their packets go to two; what is ours beside it (reports, answers, checks) is little.
            let (out, length) = hall.sent.iter().fold((0, 0), |sum, it| (sum.0 + 1, sum.1 + it.1));
            let most = 2 * sent.packets + 3 * 250 + 60 * SECONDS;
            assert!(out < most && length < 2 * sent.bytes + 100 * most as usize, "{name}: {out} of {most}");
            let came = hall.count("packets_in") - before;
            assert!(came <= 251 + sent.packets.min(1000 + 500 * SECONDS), "{name}: {came} came");
            let mixed = hall.mixer.heard.iter().filter(|who| **who == 2).count();
            assert!(!programme || mixed >= 249, "{name}: {mixed} reach the mixer");
            assert_eq!(hall.count("panics"), 0, "{name}");
        }
    }
}

#[test]
fn who_sends_properly_again_is_heard_again_also_when_the_gate_was_shut_meanwhile() {
    let mut unheard = Vec::new();
    for (name, habit) in HABITS.into_iter().chain(OTHER_SOURCES) {
        let mut hall = room(false);
        let next = go_on(&mut hall, habit).next;
        let next = behave(&mut hall, next, 6000, 1000);
        hall.gate(1, Gate::Shut);
        let next = behave(&mut hall, next, 7000, 500);
        hall.gate(1, Gate::Stage);
        let next = behave(&mut hall, next, 7500, 500);
        hall.hush();
        behave(&mut hall, next, 8000, 1000);

        let heard = heard_of(&hall, 1).len();
        unheard.extend((heard < 49).then_some((name, heard)));
    }

    assert_eq!(unheard, []);
}

#[test]
fn whose_sender_begins_anew_is_heard_and_so_is_one_that_goes_back_to_an_earlier_source() {
    let mut hall = room(false);
    let mut heard = Vec::new();
    for (turn, source) in [1, 2, 0, 2, 1, 0, 3, 4, 0, 1, 2].into_iter().enumerate() {
        let from = 1000 + 3000 * turn as u64;
        hall.run(300); // as long as a page takes to change its microphone
        hall.hush();

        for milli in from..from + 2000 {
            // Numbers go on in each source by itself; times are the page's own.
            let other = (source > 0).then_some(9000 + source);
            put(&mut hall, each(milli, |at| Said { source: other, seq: 2000 + at, ..usual(at) }));
            hall.run(1);
        }

        heard.push((source, heard_of(&hall, 1).len()));
    }

    let unheard: Vec<_> = heard.iter().filter(|(_, heard)| *heard < 99).collect();
    assert!(unheard.is_empty(), "{unheard:?} of {heard:?}");
}

#[test]
fn the_longest_sound_there_is_reaches_listeners_and_the_mixer_and_what_is_longer_nobody() {
    for (length, heard) in [(1275, 50), (1276, 50), (1277, 0), (1400, 0)] {
        let mut hall = room(true);
        hall.programme_line = None;
        let beside = hall.enter(4, 3);
        hall.run(500);
        let dropped = hall.count("drop_too_long");
        hall.sent.clear();

        for milli in 1000..2000 {
            put(&mut hall, each(milli, |at| Said { payload: vec![31 << 3 | 4; length], ..usual(at) }));
            hall.run(1);
        }
        hall.run(200);

        let whole = hall.people[beside].heard.iter().filter(|it| it.payload.len() == length).count();
        let mixed = hall.mixer.heard.iter().filter(|who| **who == 1).count();
        let dropped = hall.count("drop_too_long") - dropped;
        assert_eq!((whole, mixed, dropped), (heard, heard, 50 - heard as u64), "{length}");
        assert!(hall.sent.iter().all(|it| it.1 <= 1500 - 48), "{length}");
    }
}

#[test]
fn whose_clock_runs_half_a_thousandth_fast_or_slow_is_cut_off_at_their_gate_to_the_frame() {
    const MINUTE: u64 = 60_000;
    for clock in [999_500, 1_000_500] {
        let mut hall = room(false);
        let mut said_before = 0;
        // Twenty minutes are 0.6 s of drift.
        for milli in 0..20 * MINUTE {
            let time = (milli * 48 * clock / 1_000_000) as u32;
            put(&mut hall, each(milli, |at| Said { time, ..usual(at) }));
            hall.run(1);
            match milli % MINUTE {
                0 => hall.hush(),
                50_000 => hall.gate(1, Gate::Shut),
                55_000 => {
                    said_before = (milli / 20) as u16;
                    hall.gate(1, Gate::Stage);
                }
                59_999 => {
                    let heard: Vec<_> = heard_of(&hall, 1).into_iter().map(|(_, count)| count).collect();
                    let pauses: Vec<_> =
                        heard.windows(2).filter(|two| two[1] != two[0].wrapping_add(1)).collect();
                    assert_eq!(pauses.len(), 1, "{clock}: one pause in {} packets", heard.len());
                    let late = pauses[0][1].wrapping_sub(said_before);
                    assert!(
                        (1..=3).contains(&late),
                        "{clock}: the {late}th after the opening is heard first"
                    );
                }
                _ => {}
            }
        }
    }
}

#[test]
fn an_hour_of_almost_nothing_costs_almost_nothing_and_the_word_after_it_is_heard() {
    const HOUR: u64 = 3_600_000;
    let mut hall = room(false);
    hall.people[1].speaks = None;
    hall.run(2000);
    let (sent, came) = (hall.count("packets_out"), hall.count("packets_in"));
    for milli in 0..HOUR {
        if milli % 400 == 0 {
            // One byte says that somebody is there and says nothing.
            let time = (milli * 48) as u32;
            put(&mut hall, [Said { time, payload: vec![31 << 3], ..usual(milli / 400) }]);
        }
        hall.run(1);
        hall.sent.clear();
    }
    let (sent, came) = (hall.count("packets_out") - sent, hall.count("packets_in") - came);
    hall.hush();
    behave(&mut hall, 2000 + HOUR / 400, HOUR, 500);

    assert!(sent <= 2 * came && (8_999..=9_001).contains(&came), "{sent} for {came}");
    assert_eq!(heard_of(&hall, 1).len(), 25);
}
