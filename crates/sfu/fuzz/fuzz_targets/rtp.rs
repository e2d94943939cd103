//! What a connected person may send: any packet under good keys.
#![no_main]

use causerie_sfu::insider::Insider;
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

thread_local!(static INSIDER: RefCell<(Option<Insider>, u16)> = RefCell::new((Insider::connected(), 0)));

fuzz_target!(|bytes: &[u8]| {
    let Some((header, rest)) = bytes.split_first() else { return };
    INSIDER.with_borrow_mut(|(insider, seq)| {
        let insider = insider.as_mut().expect("a handshake");
        let mut packet = rest.to_vec();
        *seq = seq.wrapping_add(1);
        if packet.len() >= 12 {
            packet[2..4].copy_from_slice(&seq.to_be_bytes());
            packet[8..12].copy_from_slice(&insider.source.to_be_bytes());
        }
        insider.rtp(&packet, 12 + 4 * usize::from(header % 8));
        assert_eq!(insider.count("panics"), 0);
    });
});
