//! Who shows ever more sources or addresses takes no more memory for it.

mod hall;
mod scales;

use causerie_sfu::insider::Insider;
use hall::{Hall, person::Person};
use scales::held;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

/// One at a time is weighed.
static ALONE: Mutex<()> = Mutex::new(());

const MIB: isize = 1 << 20;

#[test]
fn a_hundred_thousand_sources_under_good_keys_weigh_little() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut insider = Insider::connected().expect("a handshake");
    let before = held();

    for source in 0..100_000_u32 {
        // Each names the line by its MID (extension 4), as the first packet of a new source does.
        let mut packet = vec![0x90, 111, (source >> 8) as u8, source as u8, 0, 0, 0, 0];
        packet.extend_from_slice(&(0x5000_0000 + source).to_be_bytes());
        packet.extend_from_slice(&[0xBE, 0xDE, 0, 1, 0x40, b'0', 0, 0, 0xFC, 0xFF, 0xFE]);
        insider.rtp(&packet, 20);
    }

    let grown = held() - before;
    assert!(grown < 10 * MIB, "{} KiB", grown / 1024);
    assert_eq!((insider.count("panics"), insider.count("peers")), (0, 1));
    assert!(insider.count("drop_rate") > 90_000, "{} were refused", insider.count("drop_rate"));
}

#[test]
fn fifty_thousand_ports_and_a_thousand_candidates_weigh_little() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut hall = Hall::open(1);
    let mut ada = Person::new(hall.now, 1, 1);
    let named = ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::ffff:10.0.0.1", "a-name.local"];
    let candidates = (0..1000).map(|at| format!("a=candidate:{at} 1 udp 1 {} 9 typ host\r\n", named[at % 5]));
    let offer = ada.offer() + &candidates.collect::<String>();
    let answer = hall.offer(1, &offer, true).expect("a good offer");
    ada.answered(&answer);
    hall.people.push(ada);
    let check = hall.people[0].first_check();
    hall.run(1000);
    hall.sent = Vec::with_capacity(100_000);
    let before = held();

    for port in 10_000..60_000 {
        hall.inject(SocketAddr::from(([203, 0, 113, 9], port)), &check);
    }
    hall.run(2000);

    let grown = held() - before;
    assert!(grown < 5 * MIB, "{} KiB", grown / 1024);
    let home = hall.people[0].address;
    let elsewhere: Vec<_> = hall.sent.iter().filter(|(to, _)| to.ip() != home.ip()).collect();
    assert!(elsewhere.iter().all(|(to, _)| to.ip() == SocketAddr::from(([203, 0, 113, 9], 0)).ip()));
    assert!(hall.people[0].connected);
}
