use super::{Config, Engine, Join, Told};
use crate::opus::made::{frames, opus_file};
use causerie_sfu::{Change, Gate, Link, PeerKey, Reason, Refusal, RoomKey, Speaker};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const ROOM: RoomKey = RoomKey(1);
const ADA: PeerKey = PeerKey(7);

fn engine(workers: usize) -> Engine {
    let config =
        Config { bind: Ipv4Addr::LOCALHOST, port: 0, advertise: vec![], workers, max_peers: 100, reserve: 0 };
    Engine::start(&config).expect("a free port")
}

/// A file that is there as long as the test.
struct File(PathBuf);

impl File {
    fn of(name: &str, seconds: usize) -> Self {
        let path = std::env::temp_dir().join(format!("causerie-{}-{name}.opus", std::process::id()));
        std::fs::write(&path, opus_file(&frames(&vec![0.3; 50 * seconds]))).expect("room on the disk");
        Self(path)
    }

    fn plays(&self, engine: &Engine, peer: PeerKey, looped: bool) {
        engine.play(peer, ROOM, Speaker(1), &self.0, looped).expect("a good file");
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// All changes until one of them is as wanted; ten seconds at most.
fn until(engine: &Engine, wanted: impl Fn(&Change) -> bool) -> Vec<Change> {
    let mut seen = Vec::new();
    let end = Instant::now() + Duration::from_secs(10);
    while Instant::now() < end && !seen.iter().any(&wanted) {
        seen.extend(engine.changes());
        std::thread::sleep(Duration::from_millis(2));
    }
    seen
}

fn played(engine: &Engine) -> u64 {
    engine.statistics()["packets_played"]
}

fn plays_on(engine: &Engine) -> bool {
    let before = played(engine);
    (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        played(engine) > before + 3
    })
}

fn is_silent(engine: &Engine) -> bool {
    let before = played(engine);
    std::thread::sleep(Duration::from_millis(200));
    played(engine) == before
}

#[test]
fn a_file_is_up_and_then_ended() {
    let engine = engine(2);
    let file = File::of("once", 1);

    file.plays(&engine, ADA, false);
    let changes = until(&engine, |change| change.link == Link::Gone);

    let links: Vec<_> = changes.iter().map(|change| (change.peer, change.link, change.reason)).collect();
    assert_eq!(links, [(ADA, Link::Up, None), (ADA, Link::Gone, Some(Reason::Ended))]);
    assert!((1..=50).contains(&played(&engine)), "one second, less what a busy machine left out");
    assert_eq!(engine.statistics()["peers"], 0);
}

#[test]
fn each_worker_tells_how_far_it_is_behind() {
    let engine = engine(2);
    let file = File::of("lagging", 5);
    file.plays(&engine, ADA, true);
    assert!(plays_on(&engine));

    let counts = engine.statistics();

    let lags: Vec<_> = (0..2).map(|worker| counts[&format!("loop_lag_us_{worker}")]).collect();
    assert!(lags.iter().any(|&lag| lag > 0), "a round that plays takes its time: {lags:?}");
}

#[test]
fn an_address_is_told_alone_or_with_the_one_behind_it() {
    let (public, local) = (Ipv4Addr::new(203, 0, 113, 7), Ipv4Addr::new(10, 0, 0, 5));

    assert_eq!("203.0.113.7".parse(), Ok(Told { public, local: None }));
    assert_eq!("203.0.113.7=10.0.0.5".parse(), Ok(Told { public, local: Some(local) }));
    for wrong in ["", "=", "203.0.113.7=", "=10.0.0.5", "talk.example.org", "203.0.113.7=10.0.0.5=1", "::1"] {
        assert!(wrong.parse::<Told>().is_err(), "{wrong}");
    }
}

#[test]
fn who_leaves_before_they_came_is_gone_all_the_same() {
    let engine = engine(1);
    let file = File::of("leaving", 20);

    file.plays(&engine, ADA, true);
    engine.gate(ADA, Gate::Stage);
    engine.leave(ADA);
    let changes = until(&engine, |change| change.link == Link::Gone);

    assert_eq!(changes.last(), Some(&Change::gone(ADA, ROOM, Reason::Left)));
    assert_eq!(engine.statistics()["peers"], 0);
    assert!(is_silent(&engine));
}

#[test]
fn a_closed_room_falls_silent() {
    let engine = engine(2);
    let file = File::of("closing", 5);
    for peer in 1..=3 {
        file.plays(&engine, PeerKey(peer), true);
    }
    let up = |change: &Change| (change.peer, change.link) == (PeerKey(3), Link::Up);
    until(&engine, up);
    assert!(plays_on(&engine));

    engine.close_room(ROOM);
    let mut gone = until(&engine, |change| change.peer == PeerKey(3));
    gone.sort_by_key(|change| change.peer);

    assert_eq!(gone, [1, 2, 3].map(|peer| Change::gone(PeerKey(peer), ROOM, Reason::Closed)));
    std::thread::sleep(Duration::from_millis(50));
    assert!(is_silent(&engine));
}

#[test]
fn a_worker_that_breaks_down_gets_up_and_goes_on() {
    let engine = engine(1);
    let file = File::of("breaking", 5);
    file.plays(&engine, ADA, true);
    until(&engine, |change| change.link == Link::Up);

    for _ in 0..3 {
        engine.shared.posts[0].put(|letters| letters.breaks = true);
        assert!(plays_on(&engine));
    }

    assert_eq!(engine.statistics()["worker_panics"], 3);
}

#[test]
fn an_offer_that_is_none_is_refused() {
    let engine = engine(1);

    let offer = "not an offer".to_owned();
    engine.join(Join {
        peer: ADA,
        room: ROOM,
        speaker: Speaker(1),
        offer,
        listens: true,
        publishes: true,
        programme: None,
    });
    let changes = until(&engine, |change| change.refusal.is_some());

    assert_eq!(changes.last().and_then(|change| change.refusal), Some(Refusal::Unreadable));
}

#[test]
fn all_threads_end_and_the_port_is_free_again() {
    let engine = engine(3);
    let port = engine.port();

    engine.stop();
    engine.stop();

    let config =
        Config { bind: Ipv4Addr::LOCALHOST, port, advertise: vec![], workers: 1, max_peers: 1, reserve: 0 };
    drop(engine);
    assert_eq!(Engine::start(&config).map(|again| again.port()).ok(), Some(port));
}
