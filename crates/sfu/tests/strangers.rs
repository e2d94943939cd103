//! Bad input from anybody: it is counted, nobody is answered, and the others hear on.

mod hall;

use hall::{Hall, person::Person};
use std::net::SocketAddr;

fn stranger(port: u16) -> SocketAddr {
    SocketAddr::from(([203, 0, 113, 9], port))
}

/// Bytes of a class (by their first), of any length, with anything in them.
fn garbage(hall: &mut Hall, first: u8, length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length).map(|_| hall.chance(256) as u8).collect();
    if let Some(byte) = bytes.first_mut() {
        *byte = first;
    }
    if first < 2 && length >= 20 && hall.chance(2) == 0 {
        bytes[4..8].copy_from_slice(&0x2112_A442_u32.to_be_bytes());
        bytes[2..4].copy_from_slice(&(length as u16 - 20).to_be_bytes());
    }
    bytes
}

const FIRST_BYTES: [u8; 12] = [0, 1, 3, 16, 20, 22, 23, 63, 64, 128, 144, 255];

#[test]
fn garbage_of_every_length_and_class_hurts_nobody() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.speaks(ada, -20);
    hall.player(100);
    hall.run(500);
    hall.hush();
    let known = hall.people[ben].address;

    for length in 0..=1500 {
        let first = FIRST_BYTES[length % FIRST_BYTES.len()];
        let bytes = garbage(&mut hall, first, length);
        for from in [stranger(4000 + (length % 50) as u16), known] {
            hall.inject(from, &bytes);
            if length % 3 == 0 {
                hall.inject(from, &vec![0; length]);
            }
        }
        let reports = garbage(&mut hall, 128, length.max(2));
        hall.inject(known, &[&[128, 200 + (length % 8) as u8], &reports[2..]].concat());
        hall.run(2);
    }

    assert!(hall.sent.iter().all(|(to, _)| *to != stranger(4000) && to.ip() != stranger(0).ip()));
    let heard = [ada, ben].map(|at| hall.people[at].heard_now());
    assert_eq!(
        heard.clone().map(|it| it.into_iter().map(|(who, _)| who).collect::<Vec<_>>()),
        [vec![100], vec![1, 100]]
    );
    assert!(heard.iter().flatten().all(|(_, packets)| *packets >= 149), "{heard:?}");
    assert_eq!(hall.count("panics"), 0);
}

#[test]
fn a_handshake_from_elsewhere_does_not_disturb_one_that_is_going_on() {
    let mut hall = Hall::open(1);
    let ada = hall.knock(Person::new(hall.now, 1, 1), true);
    let hello = [&[22, 254, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 1][..], &[0; 29]].concat();
    let alert = [21, 254, 253, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 255];

    for _ in 0..200 {
        for datagram in [&hello[..], &alert, &hello[..13]] {
            hall.inject(stranger(4001), datagram);
        }
        hall.run(5);
    }

    assert!(hall.people[ada].connected);
    assert!(hall.count("drop_unvalidated_source") >= 400);
    assert!(hall.sent.iter().all(|(to, _)| *to == hall.people[ada].address), "nobody else is answered");
}

#[test]
fn alerts_and_hellos_from_a_known_address_do_not_end_a_connection() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);
    let from = hall.people[ada].address;
    hall.hush();

    for _ in 0..100 {
        hall.inject(from, &[21, 254, 253, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 255]);
        hall.inject(from, &[&[22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 9, 0, 40, 1][..], &[7; 39]].concat());
        hall.run(10);
    }

    assert_eq!(hall.links(1), [("new", None), ("up", None)]);
    assert!(hall.people[ada].heard_now()[0].1 >= 48);
}

#[test]
fn sound_with_a_false_tag_or_from_elsewhere_is_not_heard() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.speaks(ada, -20);
    hall.run(500);
    hall.people[ada].speaks = None;
    hall.run(100);
    hall.hush();
    let known = hall.people[ada].address;

    for count in 0..2000_u32 {
        let mut packet = vec![0x80, 111];
        packet.extend_from_slice(&(count as u16).to_be_bytes());
        packet.extend_from_slice(&count.to_be_bytes());
        packet.extend_from_slice(&(count / 2).to_be_bytes());
        packet.extend_from_slice(&[5; 60]);
        hall.inject(stranger(4002), &packet);
        hall.inject(known, &packet);
        hall.run(1);
    }

    assert_eq!((hall.people[ben].voices(), hall.links(1).len()), (vec![], 2));
    assert!(hall.count("drop_unvalidated_source") >= 2000);
}

#[test]
fn a_check_with_the_wrong_password_changes_nothing() {
    let mut hall = Hall::open(1);
    let ada = hall.knock(Person::new(hall.now, 1, 1), true);
    let check = hall.people[ada].first_check();
    let mut forged = check.clone();
    let last = forged.len() - 12;
    forged[last] ^= 1;

    hall.inject(stranger(4003), &forged);
    hall.run(1000);

    assert!(hall.people[ada].connected);
    assert!(hall.sent.iter().all(|(to, _)| *to != stranger(4003)));
    assert_eq!(hall.count("drop_unvalidated_source"), 1);
}

#[test]
fn a_person_with_fifty_thousand_ports_is_known_by_a_few() {
    let mut hall = Hall::open(1);
    let ada = hall.knock(Person::new(hall.now, 1, 1), true);
    let check = hall.people[ada].first_check();
    hall.run(500);
    hall.sent.clear();

    for port in 10_000..60_000 {
        hall.inject(stranger(port), &check);
    }
    hall.run(2000);

    let answered: std::collections::HashSet<_> =
        hall.sent.iter().filter(|(to, _)| to.ip() == stranger(0).ip()).map(|(to, _)| *to).collect();
    assert!(answered.len() <= 20, "{} addresses were written to", answered.len());
    assert!(hall.people[ada].connected);
}
