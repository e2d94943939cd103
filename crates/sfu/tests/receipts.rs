//! What speakers are told of how they arrive: their encoders protect what is lost on the way to us, or on the way to those
//! who hear their voice.

mod hall;

use causerie_sfu::{Gate, PeerKey};
use hall::person::Person;
use hall::{Hall, ROOM};

const SPEAKER: u32 = 1;

/// A speaker, and so many who listen; each of these loses so many in a hundred packets.
fn heard_by(losses: &[usize]) -> Hall {
    let mut hall = Hall::open(2);
    let ada = hall.enter(SPEAKER, 5);
    for (loses, speaker) in losses.iter().zip(SPEAKER + 1..) {
        let mut person = Person::new(hall.now, speaker, 5);
        person.loses = *loses;
        hall.knock(person, true);
    }
    hall.run(1000);
    hall.speaks(ada, -20);
    hall
}

/// The shares lost that the speaker was told of in so many seconds, in percent.
fn told(hall: &mut Hall, seconds: u64) -> Vec<u32> {
    hall.people[0].told.clear();
    hall.run(seconds * 1000);
    hall.people[0].told.iter().map(|it| u32::from(it.fraction_lost) * 100 / 256).collect()
}

#[test]
fn a_speaker_is_told_every_two_seconds_how_they_arrive() {
    let mut hall = heard_by(&[0]);
    hall.run(20_000);
    let lossless = told(&mut hall, 20);

    let report = *hall.people[0].told.last().expect("they were told");

    assert_eq!(lossless, [0; 10]);
    assert_eq!((report.packets_lost, report.jitter), (0, 0));
    let last = 999 + u32::from(hall.people[0].said);
    assert!((last - 100..=last).contains(&report.max_seq), "{report:?}, and {last} was said last");
    assert!(report.last_sr_time != 0 && report.last_sr_delay < 6 * 65_536, "{report:?}");
}

#[test]
fn what_is_lost_on_the_way_to_us_is_told_as_it_is() {
    let mut hall = heard_by(&[0]);
    hall.loss = 3;

    let told = told(&mut hall, 60);

    let mean = told.iter().sum::<u32>() / told.len() as u32;
    assert!((28..=38).contains(&mean), "{mean}: a third was lost");
    assert!(hall.people[0].told.last().is_some_and(|it| it.packets_lost > 500));
}

#[test]
fn one_in_twenty_who_loses_everything_costs_the_speaker_nothing() {
    let mut losses = [0; 20];
    losses[7] = 98;
    let mut hall = heard_by(&losses);

    assert!(told(&mut hall, 60).iter().all(|it| *it == 0));
}

#[test]
fn half_of_them_losing_a_tenth_is_told_and_soon_over_when_they_lose_no_more() {
    let losses: Vec<_> = (0..20).map(|at| 10 * (at % 2)).collect();
    let mut hall = heard_by(&losses);
    hall.run(30_000);

    let bad = told(&mut hall, 20);
    let report = *hall.people[0].told.last().expect("they were told");
    hall.people.iter_mut().for_each(|person| person.loses = 0);
    hall.run(40_000);
    let good = told(&mut hall, 20);

    assert!(bad.iter().all(|it| (10..=17).contains(it)), "{bad:?}");
    assert_eq!(report.packets_lost, 0);
    assert_eq!(good, [0; 10]);
}

#[test]
fn a_speaker_is_never_told_of_more_than_a_fifth_lost_by_listeners() {
    let mut hall = heard_by(&[98; 4]);
    hall.run(20_000);

    assert_eq!(told(&mut hall, 20), [19; 10]);
}

#[test]
fn who_hears_the_programme_does_not_count() {
    let mut hall = Hall::open(1);
    hall.programme_line = Some(3);
    hall.doors.programme(ROOM, true);
    hall.mixer.quiet = false;
    let ada = hall.enter(SPEAKER, 5);
    for speaker in 2..6 {
        let mut person = Person::new(hall.now, speaker, 5);
        person.loses = 50;
        hall.knock(person, true);
    }
    hall.run(1000);
    hall.speaks(ada, -20);
    hall.run(20_000);
    let programme = told(&mut hall, 20);
    let expected = hall.doors.programme_loss(ROOM);

    (2..6).for_each(|peer| hall.doors.lowest_delay(PeerKey(peer), true));
    hall.run(30_000);
    let voices = told(&mut hall, 20);

    assert_eq!((programme, expected), (vec![0; 10], 30));
    assert_eq!(voices, [19; 10]);
}

#[test]
fn losses_backstage_are_told_while_somebody_speaks_there() {
    let mut hall = heard_by(&[50, 0]);
    hall.doors.hear_backstage(PeerKey(2), true);
    hall.gate(SPEAKER, Gate::Backstage);
    hall.run(20_000);
    let backstage = told(&mut hall, 20);

    hall.people[1].loses = 0;
    hall.gate(SPEAKER, Gate::Stage);
    hall.run(40_000);
    let stage = told(&mut hall, 20);

    assert_eq!(backstage, [19; 10]);
    assert_eq!(stage, [0; 10]);
}
