//! A log file: a head of sixteen bytes, then records. Whatever stopped the writing, all records before are good.

use crate::record::{LONGEST, Record, SHORTEST, head};
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

const NAME: &[u8; 12] = b"causerietake";
const VERSION: u16 = 1;
/// What every log begins with.
pub const HEADER: [u8; 16] = {
    let mut header = [0; 16];
    let mut at = 0;
    while at < NAME.len() {
        header[at] = NAME[at];
        at += 1;
    }
    header[NAME.len()] = VERSION as u8;
    header
};
/// A read at a time.
const CHUNK: usize = 256 * 1024;

/// Why a log cannot be read.
#[derive(Debug)]
pub enum Unreadable {
    /// The file cannot be read.
    Io(io::Error),
    /// It is no log of a take.
    NotATake,
    /// It was written by a causerie that knows another format.
    Version(u16),
}

/// Where a log ends before its file does: the writing was cut off, or the disk gave back something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// The length of what is whole.
    pub at: u64,
}

/// A log that is being read, record by record.
pub struct Log {
    file: BufReader<File>,
    bytes: Vec<u8>,
    at: u64,
    torn: Option<Torn>,
}

impl Log {
    /// Open the log at this path.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        Self::of(File::open(path)?)
    }

    fn of(file: File) -> Result<Self, Unreadable> {
        let mut file = BufReader::with_capacity(CHUNK, file);
        let mut header = [0; HEADER.len()];
        let len = fill(&mut file, &mut header)?;
        if header[..len] != HEADER[..len] {
            return Err(if header.starts_with(NAME) {
                Unreadable::Version(u16::from_le_bytes([header[12], header[13]]))
            } else {
                Unreadable::NotATake
            });
        }
        let torn = (len < HEADER.len()).then_some(Torn { at: 0 });
        Ok(Self { file, bytes: vec![0; SHORTEST + LONGEST], at: len as u64, torn })
    }

    /// The next record; none at the end, and where the log is torn.
    pub fn next_record(&mut self) -> io::Result<Option<Record<'_>>> {
        if self.torn.is_some() {
            return Ok(None);
        }
        let got = fill(&mut self.file, &mut self.bytes[..SHORTEST])?;
        if got == 0 {
            return Ok(None);
        }
        let payload = head(&self.bytes[..got]).unwrap_or(0);
        let len = SHORTEST + payload;
        let got =
            if got < SHORTEST { got } else { got + fill(&mut self.file, &mut self.bytes[SHORTEST..len])? };
        match Record::read(&self.bytes[..got]) {
            Some((record, len)) => {
                self.at += len as u64;
                Ok(Some(record))
            }
            None => {
                self.torn = Some(Torn { at: self.at });
                Ok(None)
            }
        }
    }

    /// Where the log is torn, once [`next_record`](Self::next_record) has come there.
    pub fn torn(&self) -> Option<Torn> {
        self.torn
    }
}

/// Where a log goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// The length of what is whole: 0 for a new file and for one whose head is torn.
    pub len: u64,
    /// The first connection that is not in it.
    pub stint: u16,
}

/// How much of a file is a whole log, to go on from there.
pub fn whole(file: &mut File) -> Result<Whole, Unreadable> {
    file.seek(SeekFrom::Start(0))?;
    let mut log = Log::of(file.try_clone()?)?;
    let mut stint = 0;
    while let Some(record) = log.next_record()? {
        stint = stint.max(record.stint.saturating_add(1));
    }
    Ok(Whole { len: log.torn.map_or(log.at, |torn| torn.at), stint })
}

/// Read until the buffer is full or the file ends; says how much came.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "The take cannot be read: {error}."),
            Self::NotATake => f.write_str("This file is not a take."),
            Self::Version(version) => {
                write!(f, "This take has format {version}; this causerie reads format {VERSION}.")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
pub(crate) mod tests {
    use super::{HEADER, Log, Torn, Unreadable, Whole, whole};
    use crate::record::{Kind, Record};
    use std::fs::{self, OpenOptions};
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A file that is gone when the test is.
    pub(crate) struct Scrap(pub PathBuf);

    impl Scrap {
        pub fn with(bytes: &[u8]) -> Self {
            static NEXT: AtomicU32 = AtomicU32::new(0);
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("causerie-take-{}-{number}", std::process::id()));
            fs::write(&path, bytes).expect("a scrap is written");
            Self(path)
        }
    }

    impl Drop for Scrap {
        fn drop(&mut self) {
            _ = fs::remove_file(&self.0);
        }
    }

    fn three() -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        for seq in 1..=3 {
            let payload = [seq as u8; 50];
            let said = Record {
                kind: Kind::Sound,
                arrived: 0,
                stint: 0,
                seq,
                time: 960 * seq,
                level: 20,
                marker: false,
                payload: &payload,
            };
            said.append(&mut bytes);
        }
        bytes
    }

    fn numbers(bytes: &[u8]) -> (Vec<u64>, Option<Torn>) {
        let scrap = Scrap::with(bytes);
        let mut log = Log::open(&scrap.0).expect("it is a take");
        let mut numbers = Vec::new();
        while let Some(record) = log.next_record().expect("the disk is well") {
            numbers.push(record.seq);
        }
        (numbers, log.torn())
    }

    #[test]
    fn wherever_it_is_cut_off_all_before_is_good() {
        let all = three();
        let one = 86;
        assert_eq!(all.len(), 16 + 3 * one);
        for cut in 0..=all.len() {
            let (numbers, torn) = numbers(&all[..cut]);
            let whole = cut.saturating_sub(16) / one;
            assert_eq!(numbers.len(), whole, "cut at {cut}");
            let begins = if cut < 16 { 0 } else { 16 + whole * one };
            let expected = (cut < 16 || cut != begins).then_some(Torn { at: begins as u64 });
            assert_eq!(torn, expected, "cut at {cut}");
        }
    }

    #[test]
    fn behind_a_broken_record_nothing_is_believed() {
        let mut bytes = three();
        bytes[16 + 86 + 40] ^= 1;

        assert_eq!(numbers(&bytes), (vec![1], Some(Torn { at: 102 })));
    }

    #[test]
    fn a_file_is_whole_up_to_its_torn_tail() {
        let scrap = Scrap::with(&three()[..200]);
        let mut file = OpenOptions::new().read(true).write(true).open(&scrap.0).expect("it is there");

        assert_eq!(whole(&mut file).expect("it is a take"), Whole { len: 188, stint: 1 });
    }

    #[test]
    fn other_files_and_other_versions_are_refused() {
        let opened = |bytes: &[u8]| {
            let scrap = Scrap::with(bytes);
            Log::open(&scrap.0).err().map(|why| why.to_string())
        };
        let mut newer = three();
        newer[12] = 2;

        assert_eq!(opened(b"OggS but not ours"), Some(Unreadable::NotATake.to_string()));
        assert_eq!(opened(&newer), Some(Unreadable::Version(2).to_string()));
        assert_eq!(opened(b""), None, "nothing written yet is nothing said yet");
    }
}
