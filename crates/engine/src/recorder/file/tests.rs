use super::super::SYNCS;
use super::super::disk::Trouble;
use super::super::disk::ill::{self, Illness};
use super::{AGAIN, LogFile, MOST_WAITING};
use causerie_sfu::{PeerKey, Track};
use causerie_take::{HEADER, Kind, Log, Record, SHORTEST};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const ADA: PeerKey = PeerKey(1);
const FRAME: Duration = Duration::from_millis(20);

/// A log that is written without a thread, on a clock of its own; its file is gone with it.
struct Scrap {
    log: LogFile,
    path: PathBuf,
    now: Instant,
    said: u64,
}

impl Scrap {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("causerie-log-{}-{name}", std::process::id()));
        _ = fs::remove_file(&path);
        Self { log: LogFile::new(path.clone()), path, now: Instant::now(), said: 0 }
    }

    /// So many packets are said, one each so often, and the recorder comes by.
    fn says(&mut self, count: u64, each: Duration) {
        let payload = [7; 60];
        for _ in 0..count {
            self.said += 1;
            let said = Record {
                kind: Kind::Sound,
                arrived: 0,
                stint: 0,
                seq: self.said,
                time: 960 * self.said,
                level: 20,
                marker: false,
                payload: &payload,
            };
            self.log.put(ADA, said);
            self.now += each;
        }
        self.passes();
    }

    /// The recorder comes by.
    fn passes(&mut self) {
        self.log.work(self.now, 0);
        if self.log.is_due(self.now) {
            self.log.keep(self.now);
        }
    }

    fn trouble(&self) -> Option<Trouble> {
        self.log.state(Track(1)).trouble
    }

    /// The numbers of what is on the disk, and whether anything behind them is not whole.
    fn written(&self) -> (Vec<u64>, bool) {
        let mut log = Log::open(&self.path).expect("it is a take");
        let mut numbers = Vec::new();
        while let Some(record) = log.next_record().expect("it is read") {
            numbers.extend((record.kind == Kind::Sound).then_some(record.seq));
        }
        (numbers, log.torn().is_some())
    }
}

impl Drop for Scrap {
    fn drop(&mut self) {
        ill::falls(None);
        _ = fs::remove_file(&self.path);
    }
}

#[test]
fn a_write_that_fails_in_the_middle_leaves_whole_records_and_is_made_again() {
    let mut ada = Scrap::new("write");
    ada.says(10, FRAME);

    ill::falls(Some(Illness::Write));
    ada.says(10, FRAME);
    let meanwhile = (ada.trouble(), ada.written());
    ada.says(10, AGAIN);
    let still = (ada.trouble(), ada.written());
    ill::falls(None);
    ada.says(1, AGAIN);

    let ten = ((1..=10).collect(), false);
    assert_eq!(meanwhile, (Some(Trouble::Broken), ten));
    assert_eq!(still, meanwhile);
    assert_eq!((ada.trouble(), ada.written()), (None, ((1..=31).collect(), false)));
}

#[test]
fn what_the_disk_did_not_keep_is_no_end_until_it_does() {
    let mut ada = Scrap::new("sync");
    ill::falls(Some(Illness::Sync));
    ada.says(10, SYNCS);
    let unkept = (ada.trouble(), ada.log.finish(0));
    ada.now += 9 * AGAIN;
    ada.passes();
    let nothing_more_said = ada.trouble();
    ill::falls(None);

    assert_eq!((unkept, nothing_more_said), ((Some(Trouble::Broken), false), Some(Trouble::Broken)));
    assert!(ada.log.finish(0));
    assert_eq!(ada.written(), ((1..=10).collect(), false));
}

#[test]
fn what_found_no_place_to_wait_is_counted_and_the_log_says_so() {
    let mut ada = Scrap::new("lost");
    ada.says(1, FRAME);
    ill::falls(Some(Illness::Write));
    let most = (MOST_WAITING / (SHORTEST + 60)) as u64;
    ada.says(most + 101, FRAME);
    ill::falls(None);
    ada.says(0, FRAME);
    ada.now += AGAIN;
    ada.says(0, FRAME);
    assert!(ada.log.finish(0));

    let lost = ada.log.state(Track(1)).lost;
    assert!((99..=101).contains(&lost), "{lost}");
    assert_eq!(ada.written().0.len() as u64, most + 102 - lost);
    let track = causerie_take::Track::open(&ada.path).expect("it is a take");
    assert_eq!(track.lost, lost);
}

#[test]
fn twelve_hours_take_one_file_and_no_more_memory_than_a_minute() {
    let mut ada = Scrap::new("hours");
    // A packet each 400 ms, as from somebody who listens with an open microphone.
    let mut a_minute = || {
        ada.says(150, Duration::from_millis(400));
        (open_files(&ada.path), ada.log.waiting.capacity())
    };
    let first = a_minute();
    let last = (1..12 * 60).map(|_| a_minute()).last();

    assert_eq!((first.0, last), (1, Some(first)));
    let bytes = HEADER.len() as u64 + ada.said * (SHORTEST as u64 + 60);
    assert_eq!((ada.log.state(Track(1)).bytes, ada.trouble()), (bytes, None));
}

/// How often this process has this file open.
fn open_files(path: &PathBuf) -> usize {
    let open = fs::read_dir("/proc/self/fd").expect("Linux tells");
    open.flatten().filter(|one| fs::read_link(one.path()).is_ok_and(|it| it == *path)).count()
}
