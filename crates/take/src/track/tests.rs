use super::{RATE, Track};
use crate::log::HEADER;
use crate::log::tests::Scrap;
use crate::made::tone;
use crate::record::{Kind, Record};

const MS: i64 = 1_000_000;
const PER_MS: usize = RATE as usize / 1000;

fn said(seq: u64, arrived: i64, payload: &[u8]) -> Record<'_> {
    Record {
        kind: Kind::Sound,
        arrived,
        stint: 0,
        seq,
        time: 77 + 960 * seq,
        level: 20,
        marker: false,
        payload,
    }
}

fn log<'a>(records: impl IntoIterator<Item = Record<'a>>) -> Scrap {
    let mut bytes = HEADER.to_vec();
    records.into_iter().for_each(|record| record.append(&mut bytes));
    Scrap::with(&bytes)
}

fn heard(scrap: &Scrap, from: i64, ms: usize) -> Vec<f32> {
    let track = Track::open(&scrap.0).expect("it is a take");
    let mut out = vec![9.0; ms * PER_MS];
    track.sound(from).and_then(|mut sound| Ok(sound.fill(&mut out)?)).expect("it plays");
    out
}

fn loud(sound: &[f32], from: usize, to: usize) -> f32 {
    let part = &sound[from * PER_MS..to * PER_MS];
    (part.iter().map(|sample| sample * sample).sum::<f32>() / part.len() as f32).sqrt()
}

/// The largest step from one sample to the next.
fn click(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn silence_where_nothing_was_and_sound_where_it_was_said() {
    let frames = tone(100);
    let packets = frames.iter().enumerate().filter(|(at, _)| !(30..60).contains(at));
    let scrap = log(packets.map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)));

    let sound = heard(&scrap, -500 * MS, 3000);

    assert!(
        loud(&sound, 0, 500) == 0.0 && loud(&sound, 1106, 1700) == 0.0 && loud(&sound, 2506, 3000) == 0.0
    );
    assert!(loud(&sound, 520, 1090) > 0.3 && loud(&sound, 1720, 2490) > 0.3);
    assert!(click(&sound) < 0.1, "{}", click(&sound));
}

#[test]
fn a_lost_packet_is_not_heard() {
    let frames = tone(100);
    let packets = frames.iter().enumerate().filter(|(at, _)| at % 10 != 5);
    let scrap = log(packets.map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)));

    let sound = heard(&scrap, 0, 2000);

    (2..198).for_each(|at| assert!(loud(&sound, at * 10, at * 10 + 10) > 0.15, "at {} ms", at * 10));
    assert!(click(&sound) < 0.1, "{}", click(&sound));
}

#[test]
fn what_came_late_or_twice_is_where_it_was_said() {
    let frames = tone(100);
    let all: Vec<_> =
        frames.iter().enumerate().map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)).collect();
    let mut mixed = all.clone();
    let late = Record { arrived: 900 * MS, ..mixed.remove(20) };
    mixed.insert(44, late);
    mixed.insert(50, all[49]);

    assert_eq!(heard(&log(mixed), 0, 2000), heard(&log(all), 0, 2000));
}

#[test]
fn a_clock_that_drifts_stays_with_the_room() {
    // 200 ppm slow: 24 ms in two minutes. Ticks of 100 ms, so that the distance shows.
    let frames = tone(6000);
    let arrived = |at: usize| (at as f64 * 20e6 * 1.0002) as i64;
    let scrap = log(frames
        .iter()
        .enumerate()
        .filter(|(at, _)| *at < 5900)
        .map(|(at, frame)| said(at as u64, arrived(at), frame)));

    let sound = heard(&scrap, 0, 120_000);

    let last = sound.iter().rposition(|sample| sample.abs() > 0.1).expect("it was said") / PER_MS;
    assert!((118_018..=118_026).contains(&last), "{last}");
    assert!(click(&sound) < 0.1);
}

#[test]
fn a_second_connection_goes_on_where_the_room_is() {
    let frames = tone(100);
    let one = |at: usize, stint| Record { stint, ..said(at as u64, at as i64 * 20 * MS, &frames[at]) };
    let again = |at: usize| Record { time: 5 + 960 * at as u64, seq: 1 << 33 | at as u64, ..one(at, 1) };
    // For a fifth of a second both are there.
    let both = (0..50).map(|at| one(at, 0)).chain((40..100).map(again));

    let sound = heard(&log(both), 0, 2000);

    let faint = (1..99).filter(|at| loud(&sound, at * 20, at * 20 + 20) < 0.2).collect::<Vec<_>>();
    assert_eq!(faint, [], "the new connection was listened to before it was needed");
}

#[test]
fn nothing_said_is_silence_and_torn_is_what_was_whole() {
    let frames = tone(50);
    let whole = log(frames.iter().enumerate().map(|(at, frame)| said(at as u64, at as i64 * 20 * MS, frame)));
    let bytes = std::fs::read(&whole.0).expect("it is there");
    let torn = Scrap::with(&bytes[..bytes.len() / 2]);

    let nothing = log([]);
    assert_eq!(heard(&nothing, 0, 100), vec![0.0; 4800]);
    assert_eq!(Track::open(&nothing.0).expect("it is a take").came, None);
    let track = Track::open(&torn.0).expect("it is a take");
    assert!(track.torn.is_some() && (24..=25).contains(&track.packets), "{}", track.packets);
    assert!(loud(&heard(&torn, 0, 1000), 20, 470) > 0.3);
}

#[test]
fn when_somebody_spoke_is_told() {
    let frames = tone(100);
    let level = |at: usize| if (20..70).contains(&at) { 20 } else { 100 };
    let record = |at: usize| Record { level: level(at), ..said(at as u64, at as i64 * 20 * MS, &frames[at]) };
    let scrap = log((0..100).map(record));

    let spans = Track::open(&scrap.0).and_then(|track| track.spans()).expect("it is a take");

    assert_eq!(
        spans.iter().map(|span| (span.begins / MS, span.ends / MS)).collect::<Vec<_>>(),
        [(400, 1400)]
    );
}
