//! The recorder: a thread of its own that puts what workers bring into one log for each speaker. A disk that is slow,
//! full or broken costs counted records, and the room nothing.

mod disk;
mod file;

use crate::ring::Reader;
use causerie_sfu::{Recorded, Track};
use file::LogFile;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

pub use disk::Trouble;

/// Sixteen seconds of five speakers, should the disk be busy so long; memory is taken as it is used.
pub const RECORDED: usize = 4096;
/// How often what was said goes to the disk: so much a killed server may lose.
const WRITES: Duration = Duration::from_millis(150);
/// How often the disk is told to keep it: so much a loss of power may cost.
const SYNCS: Duration = Duration::from_millis(750);
/// So long it may be busy with that in one go.
const AT_ONCE: Duration = Duration::from_millis(100);
/// A disk that takes longer is slow.
const SLOW: Duration = Duration::from_secs(2);

/// How one log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Whose it is.
    pub track: Track,
    /// Its length in bytes, as far as it is written.
    pub bytes: u64,
    /// How many records are missing.
    pub lost: u64,
    /// What keeps it from being written.
    pub trouble: Option<Trouble>,
}

/// What the recorder is told to do.
enum Order {
    Open(Track, PathBuf),
    Close(Track),
}

/// The desk before the recorder's thread.
pub struct Recorder {
    table: Mutex<Table>,
    came: Condvar,
    reserve: u64,
    clock: Clock,
}

#[derive(Default)]
struct Table {
    orders: Vec<Order>,
    states: Vec<State>,
    /// Since when the disk has been at work.
    busy: Option<Instant>,
    over: bool,
}

/// The wall clock as it was at the beginning, so that nobody who sets it moves anything.
struct Clock {
    start: Instant,
    wall: i64,
}

impl Recorder {
    /// A recorder that leaves so many bytes of every disk free.
    pub fn new(reserve: u64) -> Self {
        let clock = Clock { start: Instant::now(), wall: nanoseconds(SystemTime::now()) };
        Self { table: Mutex::default(), came: Condvar::new(), reserve, clock }
    }

    /// Keep a log here.
    pub fn open(&self, track: Track, path: PathBuf) {
        let mut table = self.table();
        table.states.push(State { track, bytes: 0, lost: 0, trouble: None });
        table.orders.push(Order::Open(track, path));
        self.came.notify_one();
    }

    /// Bring a log to its end.
    pub fn close(&self, track: Track) {
        self.table().orders.push(Order::Close(track));
        self.came.notify_one();
    }

    /// How all open logs stand.
    pub fn states(&self) -> Vec<State> {
        let table = self.table();
        let slow = table.busy.is_some_and(|since| since.elapsed() > SLOW).then_some(Trouble::Slow);
        let mut states = table.states.clone();
        states.iter_mut().for_each(|state| state.trouble = state.trouble.or(slow));
        states
    }

    /// Everything ends, and what was said is written.
    pub fn end(&self) {
        self.table().over = true;
        self.came.notify_one();
    }

    /// Write until the end.
    pub fn run(&self, mut readers: Vec<Reader<Recorded>>) {
        let mut logs = HashMap::new();
        while !self.round(&mut readers, &mut logs) {}
    }

    /// Some moments of work; says whether it was the last.
    fn round(&self, readers: &mut [Reader<Recorded>], logs: &mut HashMap<Track, LogFile>) -> bool {
        let (orders, over) = self.wait(logs.is_empty());
        let mut closing = follow(orders, logs);
        for recorded in readers.iter_mut().flat_map(|reader| std::iter::from_fn(|| reader.pop())) {
            if !logs.contains_key(&recorded.track) {
                // Its log was asked for after we looked, and before it was said.
                closing.extend(follow(std::mem::take(&mut self.table().orders), logs));
            }
            if let Some(log) = logs.get_mut(&recorded.track) {
                log.add(&recorded, self.clock.at(recorded.at));
            }
        }
        self.work(logs, Instant::now());
        for track in closing {
            let closed = logs.get_mut(&track).is_none_or(|log| log.finish(self.reserve));
            if closed || over {
                logs.remove(&track);
            } else {
                self.table().orders.push(Order::Close(track));
            }
        }
        if over {
            logs.values_mut().for_each(|log| _ = log.finish(self.reserve));
        }
        self.tell(logs);
        over
    }

    /// Write all logs; then have the disk keep them, the one that has waited longest first, and not so many at once that
    /// what is said meanwhile waits long to be written.
    fn work(&self, logs: &mut HashMap<Track, LogFile>, now: Instant) {
        logs.values_mut().for_each(|log| alone(log, now, |log| log.work(now, self.reserve)));
        let mut due: Vec<_> = logs.values_mut().filter(|log| log.is_due(now)).collect();
        due.sort_unstable_by_key(|log| log.synced());
        for log in due.into_iter().take_while(|_| now.elapsed() < AT_ONCE) {
            alone(log, now, |log| log.keep(now));
        }
    }

    /// Sleep a moment; without a log to write, until there is one.
    fn wait(&self, idle: bool) -> (Vec<Order>, bool) {
        let nothing = |table: &mut Table| table.orders.is_empty() && !table.over;
        let table = self.table();
        let mut table = if idle {
            self.came.wait_while(table, nothing).unwrap_or_else(PoisonError::into_inner)
        } else {
            self.came.wait_timeout(table, WRITES).unwrap_or_else(PoisonError::into_inner).0
        };
        table.busy = Some(Instant::now());
        (std::mem::take(&mut table.orders), table.over)
    }

    fn tell(&self, logs: &HashMap<Track, LogFile>) {
        let mut table = self.table();
        table.busy = None;
        let waiting = |track: Track| {
            table.orders.iter().any(|order| matches!(order, Order::Open(it, _) if *it == track))
        };
        let unopened: Vec<_> = table.states.iter().filter(|state| waiting(state.track)).copied().collect();
        let open = logs.iter().map(|(track, log)| log.state(*track));
        table.states = open.chain(unopened).collect();
        table.states.sort_unstable_by_key(|state| state.track);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A log that breaks something costs itself.
fn alone(log: &mut LogFile, now: Instant, work: impl Fn(&mut LogFile)) {
    let worked = catch_unwind(AssertUnwindSafe(|| work(log)));
    worked.unwrap_or_else(|_| log.broken(now));
}

/// Open the logs that are wanted; gives those that are to be closed.
fn follow(orders: Vec<Order>, logs: &mut HashMap<Track, LogFile>) -> Vec<Track> {
    let mut closing = Vec::new();
    for order in orders {
        match order {
            Order::Open(track, path) => _ = logs.entry(track).or_insert_with(|| LogFile::new(path)),
            Order::Close(track) => closing.push(track),
        }
    }
    closing
}

impl Clock {
    /// A moment, in nanoseconds of the Unix clock.
    fn at(&self, moment: Instant) -> i64 {
        self.wall + moment.saturating_duration_since(self.start).as_nanos() as i64
    }
}

fn nanoseconds(wall: SystemTime) -> i64 {
    wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as i64
}
