//! Connections that come, rest, move and end.

mod hall;

use causerie_sfu::{By, Command, Gate, PeerKey, pipe};
use hall::{Hall, ROOM, person::Person};
use std::net::SocketAddr;

#[test]
fn a_connection_that_rests_is_lost_and_back_when_something_comes() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.people[ada].cut = true;
    hall.run(7000);
    let lost = hall.links(1);
    hall.people[ada].cut = false;
    hall.run(4000);

    assert_eq!(lost, [("new", None), ("up", None), ("lost", None)]);
    assert_eq!(hall.links(1)[3..], [("up", None)]);
}

#[test]
fn who_does_not_come_back_is_gone_and_nothing_is_sent_any_more() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);
    hall.run(100);
    hall.people[ada].cut = true;
    hall.run(30_000);
    hall.sent.clear();
    hall.run(2000);

    assert_eq!(hall.links(1).last(), Some(&("gone", Some("timeout"))));
    assert_eq!(hall.sent, []);
    assert_eq!(hall.doors.peer_statistics(PeerKey(1)), None);
}

#[test]
fn who_says_goodbye_is_gone_at_once() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.people[ada].leave();
    hall.run(1000);

    assert_eq!(hall.links(1).last(), Some(&("gone", Some("closed"))));
}

#[test]
fn who_is_told_to_leave_is_gone_and_the_others_hear_on() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.player(100);
    hall.command(Command::Leave(PeerKey(1)));
    hall.run(500);
    hall.hush();
    hall.run(500);

    assert_eq!(hall.links(1).last(), Some(&("gone", Some("left"))));
    assert!(hall.people[ada].closed);
    assert_eq!([hall.people[ada].voices(), hall.people[ben].voices()], [vec![], vec![100]]);
}

#[test]
fn a_closed_room_is_empty() {
    let mut hall = Hall::open(2);
    for speaker in 1..4 {
        hall.enter(speaker, 1);
    }
    hall.player(100);
    let early = hall.knock(Person::new(hall.now, 9, 1), true);

    let waiting = hall.doors.close_room(hall::ROOM);
    hall.command(Command::CloseRoom(hall::ROOM));
    hall.run(100);

    assert_eq!(waiting.len(), 2);
    assert_eq!(hall.people[early].voices(), []);
    assert_eq!(hall.count("peers"), 0);
    assert!((1..4).all(|speaker| hall.links(speaker).last() == Some(&("gone", Some("closed")))));
}

#[test]
fn who_was_answered_and_never_came_is_forgotten() {
    let mut hall = Hall::open(1);
    let ada = hall.knock(Person::new(hall.now, 1, 1), true);
    hall.people[ada].cut = true;
    hall.run(32_000);

    assert_eq!(hall.links(1), [("gone", Some("timeout"))]);
    assert_eq!(hall.count("peers"), 0);
}

#[test]
fn who_comes_with_another_certificate_than_the_offer_named_is_sent_away() {
    let mut hall = Hall::open(1);
    let mut stranger = Person::new(hall.now, 1, 1);
    let offer = stranger.offer();
    let at = offer.find("a=fingerprint:sha-256 ").expect("a fingerprint") + 22;
    let other = if offer[at..].starts_with("00") { "11" } else { "00" };
    let forged = format!("{}{other}{}", &offer[..at], &offer[at + 2..]);
    let answer = hall.offer(1, &forged, true).expect("well formed");
    stranger.answered(&answer);
    hall.people.push(stranger);

    hall.run(2000);

    assert_eq!(hall.links(1).last(), Some(&("gone", Some("stranger"))));
}

#[test]
fn sound_follows_a_page_to_another_address() {
    for workers in [1, 3] {
        let mut hall = Hall::open(workers);
        let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
        hall.player(100);
        hall.speaks(ada, -20);
        hall.run(500);

        // Another port, as when a router forgets; with three workers the kernel gives it to another one.
        hall.people[ada].moves(SocketAddr::from(([198, 51, 100, 77], 6001)));
        hall.run(6000);
        hall.hush();
        hall.run(1000);

        assert_eq!(hall.people[ada].voices(), [100], "with {workers} workers");
        assert_eq!(hall.people[ben].voices(), [1, 100], "with {workers} workers");
    }
}

#[test]
fn sound_goes_by_tcp_where_nothing_else_gets_through_and_by_udp_from_when_that_does() {
    for workers in [1, 3] {
        let mut hall = Hall::open(workers);
        let pipe = pipe::by_tcp("198.51.100.77:6001".parse().expect("an address"));
        let mut ada = Person::new(hall.now, 1, 3);
        let by_udp = ada.address;
        ada.moves(pipe);
        let ada = hall.knock(ada, true);
        hall.run(600);
        let ben = hall.enter(2, 3);
        hall.player(100);
        hall.speaks(ada, -20);
        hall.run(1000);

        let audience = |hall: &Hall| hall.doors.audience(hall.now, ROOM, By::Lost, 0, 0);
        let by_tcp = (hall.people[ada].voices(), hall.people[ben].voices(), hall.needs(pipe));
        let counted = audience(&hall).by_tcp;
        hall.people[ada].moves(by_udp);
        hall.run(6000);
        hall.hush();
        hall.run(1000);
        let after = (hall.people[ada].voices(), hall.people[ben].voices(), hall.needs(pipe));

        assert_eq!(by_tcp, (vec![100], vec![1, 100], true), "with {workers} workers");
        assert_eq!(after, (vec![100], vec![1, 100], false), "with {workers} workers");
        assert_eq!((counted, audience(&hall).by_tcp), (1, 0));
    }
}

#[test]
fn a_page_that_comes_again_from_the_same_address_takes_it_over() {
    let mut hall = Hall::open(1);
    hall.enter(1, 1);
    hall.player(100);
    hall.people[0].cut = true;
    let address = hall.people[0].address;
    let mut again = Person::new(hall.now, 2, 1);
    again.moves(address);
    hall.people.swap_remove(0);
    let again = hall.knock(again, true);
    hall.run(2000);

    assert_eq!(hall.people[again].voices(), [100]);
}

#[test]
fn reports_say_how_somebody_hears() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);
    hall.run(200);
    hall.loss = 4;
    hall.run(15_000);

    let statistics = hall.doors.peer_statistics(PeerKey(1)).expect("there");
    let count = |name| statistics.iter().find(|(it, _)| *it == name).map_or(0, |(_, count)| *count);
    assert!(count("packets_out") > 500, "{statistics:?}");
    assert!(count("fraction_lost_256") > 20, "{statistics:?}");
    assert!(hall.people[ada].reports_got > 0);
    hall.gate(100, Gate::Shut);
}

#[test]
fn how_well_somebody_is_heard_is_counted() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);
    hall.speaks(ada, -20);
    hall.run(5000);
    let quiet = counted(&hall);
    hall.loss = 10;
    hall.delay = 120;
    hall.run(10_000);

    let rough = counted(&hall);

    assert!(quiet[0] == quiet[1] && quiet[2] == 0 && quiet[3] < 10, "{quiet:?}");
    let (expected, arrived) = (rough[0] - quiet[0], rough[1] - quiet[1]);
    assert!((490..=510).contains(&expected), "{expected} were said");
    assert!((420..=480).contains(&arrived), "{arrived} of {expected} came");
    assert!(rough[2] > 20 && (20..=240).contains(&rough[3]), "{rough:?}");
}

/// What was said, what of it came, how unevenly, and how long an answer takes.
fn counted(hall: &Hall) -> [u64; 4] {
    let statistics = hall.doors.peer_statistics(PeerKey(1)).expect("there");
    let names = ["said_expected", "said_arrived", "said_jitter_ms", "round_trip_ms"];
    names.map(|name| statistics.iter().find(|(it, _)| *it == name).map_or(0, |(_, count)| *count))
}
