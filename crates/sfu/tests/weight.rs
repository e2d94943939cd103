//! What a listener weighs in memory.

mod hall;

use hall::Hall;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

struct Scales;

static HELD: AtomicIsize = AtomicIsize::new(0);

// SAFETY: everything is handed to the system's allocator as it is; only sizes are counted.
unsafe impl GlobalAlloc for Scales {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size() as isize, Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size() as isize, Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static SCALES: Scales = Scales;

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

    let with = HELD.load(Relaxed);
    hall.close();
    let each = (with - HELD.load(Relaxed)) / LISTENERS as isize;

    println!("{} KiB a listener", each / 1024);
    assert!(each < 100 * 1024, "{} KiB", each / 1024);
}
