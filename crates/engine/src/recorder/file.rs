//! One log on the disk: appended to, cut back to its last whole record when a write fails, and tried again.

use super::disk::{self, Trouble};
use super::{SYNCS, State};
use causerie_sfu::{Happening, PeerKey, Recorded, Track};
use causerie_take::{HEADER, Kind, Record, Whole, whole};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// All that is forwarded can be read from a log.
const _: () = assert!(causerie_take::LONGEST == causerie_sfu::LONGEST_PAYLOAD);

/// Some seconds of one speaker, while the disk takes nothing.
const MOST_WAITING: usize = 256 * 1024;
/// A disk in trouble is tried again after so long.
const AGAIN: Duration = Duration::from_secs(1);

/// A log that is being written.
pub struct LogFile {
    path: PathBuf,
    /// None until something was said, and after trouble.
    file: Option<File>,
    /// So much of it is known to be good.
    good: u64,
    waiting: Vec<u8>,
    /// Records that did not fit, all of them and those the log has not been told of.
    lost: u64,
    untold: u64,
    trouble: Option<Trouble>,
    try_at: Option<Instant>,
    synced: Option<Instant>,
    dirty: bool,
    /// The disk did not keep what it was told to.
    unkept: bool,
    stints: HashMap<PeerKey, u16>,
    next_stint: u16,
}

impl LogFile {
    /// A log at this path, not yet looked at.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            file: None,
            good: 0,
            waiting: Vec::new(),
            lost: 0,
            untold: 0,
            trouble: None,
            try_at: None,
            synced: None,
            dirty: false,
            unkept: false,
            stints: HashMap::new(),
            next_stint: 0,
        }
    }

    /// How it stands.
    pub fn state(&self, track: Track) -> State {
        State { track, bytes: self.good, lost: self.lost, trouble: self.trouble }
    }

    /// Something was said at this time of the Unix clock, in nanoseconds.
    pub fn add(&mut self, recorded: &Recorded, arrived: i64) {
        let kind = match recorded.kind {
            Happening::Said => Kind::Sound,
            Happening::Report => Kind::Report,
            Happening::Opened => Kind::Opened,
            Happening::Shut => Kind::Shut,
        };
        let record = Record {
            kind,
            arrived,
            stint: 0,
            seq: recorded.seq(),
            time: recorded.time(),
            level: recorded.level(),
            marker: recorded.marker(),
            payload: recorded.payload(),
        };
        self.put(recorded.peer(), record);
    }

    /// A record of this connection waits to be written, if there is room for it to wait.
    fn put(&mut self, peer: PeerKey, record: Record<'_>) {
        if self.waiting.len() >= MOST_WAITING {
            self.lost += 1;
            self.untold += 1;
            return;
        }
        if self.file.is_none() && self.trouble.is_none() {
            // The log that is there is looked at first: connections are numbered on.
            self.reopen().unwrap_or_else(|error| self.fail(Instant::now(), &error));
        }
        let next = self.next_stint;
        let stint = *self.stints.entry(peer).or_insert(next);
        self.next_stint = next.max(stint.saturating_add(1));
        Record { stint, ..record }.append(&mut self.waiting);
    }

    /// Write what waits.
    pub fn work(&mut self, now: Instant, reserve: u64) {
        if self.rests(now) {
            return;
        }
        match self.write(reserve) {
            Ok(()) => {
                self.try_at = None;
                self.trouble = self.trouble.filter(|_| self.unkept);
            }
            Err(error) => self.fail(now, &error),
        }
    }

    /// Whether it is time that the disk keeps what was written.
    pub fn is_due(&self, now: Instant) -> bool {
        let late = self.synced.is_none_or(|synced| now.saturating_duration_since(synced) >= SYNCS);
        self.dirty && late && !self.rests(now)
    }

    /// When the disk was last told to keep it.
    pub fn synced(&self) -> Option<Instant> {
        self.synced
    }

    /// Have the disk keep what was written.
    pub fn keep(&mut self, now: Instant) {
        match self.sync(now) {
            Ok(()) => (self.trouble, self.unkept) = (None, false),
            Err(error) => {
                self.unkept = true;
                self.fail(now, &error);
            }
        }
    }

    fn rests(&self, now: Instant) -> bool {
        self.try_at.is_some_and(|at| now < at)
    }

    /// Write and keep everything; says whether nothing is left to do.
    pub fn finish(&mut self, reserve: u64) -> bool {
        let now = Instant::now();
        let done = self.write(reserve).and_then(|()| self.sync(now));
        done.inspect_err(|error| self.fail(now, error)).is_ok()
    }

    /// Something broke while it was worked on.
    pub fn broken(&mut self, now: Instant) {
        self.fail(now, &io::Error::from(io::ErrorKind::Other));
    }

    fn write(&mut self, reserve: u64) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if !disk::fits(self.folder(), self.waiting.len(), reserve)? {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        if self.file.is_none() {
            self.reopen()?;
        }
        let Some(file) = &self.file else { return Ok(()) };
        disk::write(file, &self.waiting, self.good)?;
        self.good += self.waiting.len() as u64;
        self.dirty = true;
        self.waiting.clear();
        self.tell_lost();
        Ok(())
    }

    fn sync(&mut self, now: Instant) -> io::Result<()> {
        self.synced = Some(now);
        if !self.dirty {
            return Ok(());
        }
        if self.file.is_none() {
            self.reopen()?;
        }
        if let Some(file) = &self.file {
            disk::sync(file)?;
            self.dirty = false;
        }
        Ok(())
    }

    /// Open the file, or make it, and cut off what is torn.
    fn reopen(&mut self) -> io::Result<()> {
        let fresh = !self.path.exists();
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
        let known = self.good > 0 && file.metadata()?.len() >= self.good;
        let found = if known { self.known() } else { look_through(&mut file)? };
        file.set_len(found.len)?;
        if found.len < HEADER.len() as u64 {
            disk::write(&file, &HEADER, 0)?;
        }
        if fresh {
            File::open(self.folder())?.sync_all()?;
        }
        self.good = found.len.max(HEADER.len() as u64);
        self.next_stint = self.next_stint.max(found.stint);
        self.file = Some(file);
        Ok(())
    }

    /// A log that was open before: it is not read again, however long it is.
    fn known(&self) -> Whole {
        Whole { len: self.good, stint: self.next_stint }
    }

    /// What failed is cut off, so that every record in the file is whole; it is tried again later.
    fn fail(&mut self, now: Instant, error: &io::Error) {
        if let Some(file) = self.file.take() {
            _ = file.set_len(self.good);
        }
        self.trouble = Some(Trouble::of(error));
        self.try_at = Some(now + AGAIN);
    }

    fn tell_lost(&mut self) {
        let count = std::mem::take(&mut self.untold);
        if count > 0 {
            let payload = count.to_le_bytes();
            let record = Record {
                kind: Kind::Lost,
                arrived: 0,
                stint: self.next_stint.saturating_sub(1),
                seq: 0,
                time: 0,
                level: 127,
                marker: false,
                payload: &payload,
            };
            record.append(&mut self.waiting);
        }
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }
}

fn look_through(file: &mut File) -> io::Result<Whole> {
    whole(file).map_err(|why| io::Error::other(why.to_string()))
}

#[cfg(test)]
mod tests;
