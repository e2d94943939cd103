//! What is counted, by name; each worker writes its own, readers add them up.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

macro_rules! counters {
    ($($variant:ident = $name:literal,)*) => {
        /// A thing that is counted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Count { $(#[doc = $name] $variant,)* }

        const NAMES: &[&str] = &[$($name,)*];
    };
}

counters! {
    DatagramsIn = "datagrams_in",
    PacketsIn = "packets_in",
    PacketsOut = "packets_out",
    PacketsPlayed = "packets_played",
    PacketsFromWorkers = "packets_from_workers",
    PacketsProgramme = "packets_programme",
    ReportsOut = "reports_out",
    NacksIn = "nacks_in",
    NacksAnswered = "nacks_answered",
    PeersUp = "peers_up",
    PeersGone = "peers_gone",
    Panics = "panics",
    SourceChanges = "source_changes",
    Strays = "strays",
    DropUnvalidatedSource = "drop_unvalidated_source",
    DropUnreadable = "drop_unreadable",
    DropRate = "drop_rate",
    DropGate = "drop_gate",
    DropTooLong = "drop_too_long",
    DropTooOld = "drop_too_old",
    DropSecondSource = "drop_second_source",
}

/// One worker's counts.
#[repr(align(64))]
pub(crate) struct Counters([AtomicU64; NAMES.len()]);

impl Default for Counters {
    fn default() -> Self {
        Self(std::array::from_fn(|_| AtomicU64::new(0)))
    }
}

impl Counters {
    pub(crate) fn add(&self, count: Count, more: u64) {
        self.0[count as usize].fetch_add(more, Relaxed);
    }

    pub(crate) fn one(&self, count: Count) {
        self.add(count, 1);
    }
}

/// All workers' counts together, by name.
pub(crate) fn sum(all: &[Counters]) -> Vec<(&'static str, u64)> {
    let total = |at: usize| all.iter().map(|one| one.0[at].load(Relaxed)).sum();
    NAMES.iter().enumerate().map(|(at, name)| (*name, total(at))).collect()
}
