//! A track: everything one person said, as sound on the room's clock, with silence where nothing was.

use crate::course::Course;
use crate::log::{Log, Torn, Unreadable};
use crate::record::{Kind, Record};
use crate::sound::Sound;
use crate::spans::{Span, Spans};
use causerie_opus::samples;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Samples a second.
pub const RATE: u32 = 48_000;
/// Nanoseconds of a sample.
pub(crate) const SAMPLE: f64 = 1e9 / RATE as f64;

/// One person's log, looked through once.
pub struct Track {
    path: PathBuf,
    course: Arc<Course>,
    /// When the first and the last packet came, in nanoseconds of the Unix clock; none when nothing was ever said.
    pub came: Option<(i64, i64)>,
    /// How many packets of sound there are, doubles too.
    pub packets: u64,
    /// How many records the disk did not take.
    pub lost: u64,
    /// Where the log is cut off, when it is.
    pub torn: Option<Torn>,
}

impl Track {
    /// Look through the log at this path.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let mut log = Log::open(path)?;
        let mut course = Course::default();
        let (mut came, mut packets, mut lost) = (None, 0, 0_u64);
        while let Some(record) = log.next_record()? {
            match record.kind {
                Kind::Sound => {
                    course.note(&record);
                    came = Some((came.map_or(record.arrived, |(first, _)| first), record.arrived));
                    packets += 1;
                }
                Kind::Lost => lost = lost.saturating_add(number(&record)),
                Kind::Report | Kind::Opened | Kind::Shut => {}
            }
        }
        course.close();
        let path = path.to_owned();
        Ok(Self { path, course: Arc::new(course), came, packets, lost, torn: log.torn() })
    }

    /// When this person spoke.
    pub fn spans(&self) -> Result<Vec<Span>, Unreadable> {
        let mut log = Log::open(&self.path)?;
        let mut spans = Spans::default();
        while let Some(said) = log.next_record()? {
            let leg = self.course.leg(said.stint, said.seq).filter(|_| said.kind == Kind::Sound);
            if let (Some(leg), Some(count)) = (leg, samples(said.payload)) {
                spans.note(leg.at(said.time), (count as f64 * SAMPLE) as i64, said.level);
            }
        }
        Ok(spans.all())
    }

    /// The sound from this moment on, in nanoseconds of the Unix clock.
    pub fn sound(&self, from: i64) -> Result<Sound, Unreadable> {
        Ok(Sound::begin(Log::open(&self.path)?, self.course.clone(), from)?)
    }
}

/// How many records are missing, as a record of kind `Lost` says.
fn number(record: &Record<'_>) -> u64 {
    record.payload.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests;
