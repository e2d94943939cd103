//! Sorting datagrams and reading connectivity checks.
#![no_main]

use causerie_sfu::demux;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = (demux::class(bytes), demux::stun(bytes), demux::rtp_source(bytes));
});
