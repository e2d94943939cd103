//! What a room's sound costs: CPU a tick of 20 ms, and the share of a core, by how many talk without a pause.
//!
//!     cargo run --release -p causerie-mix --example cost

use causerie_mix::{FRAME, Heard, Mixer};
use std::path::Path;
use std::time::{Duration, Instant};

const TICKS: u32 = 3000;
const TICK: Duration = Duration::from_millis(20);
/// Shorter packets of the demo's voices are silence.
const SPEECH: usize = 40;

fn main() {
    let speech = speech();
    println!("| talkers | µs a tick | of a core |\n|---|---|---|");
    for talkers in [0, 1, 3, 5, 50] {
        let each = a_tick(&speech, talkers);
        let share = 100.0 * each.as_secs_f64() / TICK.as_secs_f64();
        println!("| {talkers} | {} | {share:.2} % |", each.as_micros());
    }
}

/// What a tick costs in the mean of a minute in which so many talk.
fn a_tick(speech: &[Vec<u8>], talkers: u64) -> Duration {
    let mut mixer = Mixer::new(1).expect("memory");
    mixer.expect_loss(5);
    let (start, before) = (Instant::now(), cpu());
    for at in 0..TICKS {
        let now = start + TICK * at;
        for who in 0..talkers {
            // Each at another place of the talk.
            let payload = &speech[(at as usize + 397 * who as usize) % speech.len()];
            let (seq, time) = (u64::from(at), u64::from(at) * FRAME as u64);
            mixer.hear(now, Heard { who, speaker: who as u32, seq, time, level: 20, marker: false, payload });
        }
        mixer.mix(now);
    }
    (cpu() - before) / TICKS
}

/// How long this thread has had a core.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts it");
    let nanos = text.split_whitespace().next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanos.expect("a number"))
}

/// What the demo room's voices say, in packets of 20 ms.
fn speech() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/causerie/demo/voices");
    let read = |name| std::fs::read(folder.join(name)).expect("a voice of the demo room");
    let files = ["aurelie.opus", "karim.opus", "tomasz.opus"].map(read);
    files.iter().flat_map(|file| packets(file)).filter(|packet| packet.len() > SPEECH).collect()
}

/// The packets of an Ogg file after its head and tags (RFC 3533): a lacing value below 255 ends one.
fn packets(mut file: &[u8]) -> Vec<Vec<u8>> {
    let (mut all, mut packet) = (Vec::new(), Vec::new());
    while file.len() > 27 {
        let lacing = &file[27..27 + usize::from(file[26])];
        file = &file[27 + lacing.len()..];
        for length in lacing {
            let (piece, rest) = file.split_at(usize::from(*length));
            packet.extend_from_slice(piece);
            file = rest;
            if *length < 255 {
                all.push(std::mem::take(&mut packet));
            }
        }
    }
    all.split_off(2)
}
