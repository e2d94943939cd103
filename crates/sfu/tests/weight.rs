//! What a listener weighs in memory.

mod hall;
mod scales;

use hall::Hall;
use scales::held;

#[test]
fn a_listener_with_five_lines_weighs_less_than_100_kib() {
    const LISTENERS: usize = 100;
    let mut hall = Hall::open(1);
    for speaker in 1..=LISTENERS as u32 {
        hall.knock(hall::person::Person::new(hall.now, speaker, 5), true);
    }
    hall.player(200);
    hall.player(201);
    hall.player(202);
    hall.run(3000);
    assert!(hall.people.iter().all(|person| person.connected && person.heard.len() > 200));

    let with = held();
    hall.close();
    let each = (with - held()) / LISTENERS as isize;

    println!("{} KiB a listener", each / 1024);
    assert!(each < 100 * 1024, "{} KiB", each / 1024);
}
