//! What a connected person may send: any datagram.
#![no_main]

use causerie_sfu::insider::Insider;
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

thread_local!(static INSIDER: RefCell<Option<Insider>> = RefCell::new(Insider::connected()));

fuzz_target!(|bytes: &[u8]| {
    INSIDER.with_borrow_mut(|insider| {
        let insider = insider.as_mut().expect("a handshake");
        insider.raw(bytes);
        assert_eq!(insider.count("panics"), 0);
    });
});
