//! Once everybody has spoken, a tick asks for no memory.

mod evening;

use evening::{Evening, chance};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

/// Counts how often this thread asks for memory.
struct Counter;

// SAFETY: everything is handed to the system's allocator as it is; only calls are counted.
unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.set(ASKED.get() + 1);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static COUNTER: Counter = Counter;

#[test]
fn a_tick_asks_for_no_memory_once_everybody_has_spoken() {
    let mut evening = Evening::begins();
    let mut random = chance(3);
    for at in 0..8_u8 {
        let guest = evening.guest(300.0 + 100.0 * f32::from(at), 0.2);
        guest.level = 20 + at % 3 * 5;
        guest.line = Box::new(move |seq| (seq % 11 > 1).then_some(seq * 7 % 40));
    }
    evening.run(600);
    let mut asked = 0;
    for tick in 0..500 {
        evening.say_and_deliver();
        if tick % 50 == 20 {
            evening.mixer.silence(1 + random(8));
        }
        let (now, before) = (evening.at(), ASKED.get());
        evening.mixer.mix(now);
        asked += ASKED.get() - before;
        evening.passes_a_tick();
    }

    assert_eq!(asked, 0);
}
