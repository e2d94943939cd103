//! Offers, through our own reading and str0m's.
#![no_main]

use causerie_sfu::{Doors, Join, PeerKey, RoomKey, Settings, Speaker};
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};
use std::time::{Instant, SystemTime};

static DOORS: LazyLock<Arc<Doors>> = LazyLock::new(|| {
    Doors::new(Settings {
        candidates: vec!["192.0.2.1:7000".parse().unwrap()],
        workers: 1,
        max_peers: 10,
        seed: 1,
        epoch: Instant::now(),
        wall: SystemTime::UNIX_EPOCH,
    })
});

fuzz_target!(|offer: &str| {
    let join =
        Join { peer: PeerKey(1), room: RoomKey(1), speaker: Speaker(1), offer, listens: true, publishes: true, programme: None };
    let _ = DOORS.offer(Instant::now(), join);
    DOORS.leave(PeerKey(1));
});
