//! One record: length, checksum, and when, which and what was said. Little endian throughout.

use crc::{CRC_32_ISCSI, Crc, Table};

/// The bytes before a record's payload.
pub const SHORTEST: usize = 36;
/// The longest payload: as much as the core forwards.
pub const LONGEST: usize = 1276;
/// Length and checksum; the checksum is over everything behind them.
const CHECKED: usize = 8;
const MARKER: u8 = 0x80;
const CASTAGNOLI: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);

/// What a record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An Opus packet.
    Sound,
    /// A sender report (RFC 3550, section 6.4.1): the payload is the speaker's wall clock at
    /// `time`, in nanoseconds of the Unix clock, as `i64`.
    Report,
    /// The microphone was opened: the payload is empty.
    Opened,
    /// The microphone was shut: muted, moved or gone, or the recording rests.
    Shut,
    /// The disk took nothing for a while: the payload is how many records are missing here, as `u64`.
    Lost,
}

/// One record, its payload where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// What it tells.
    pub kind: Kind,
    /// When it came, in nanoseconds of the Unix clock.
    pub arrived: i64,
    /// Which connection of the person it came by: numbers and times go on only within one.
    pub stint: u16,
    /// Its place in the connection's packets, counted on over the wrap.
    pub seq: u64,
    /// RTP time at 48 kHz, counted on over the wrap.
    pub time: u64,
    /// How loud, in −dBov (RFC 6464).
    pub level: u8,
    /// The start of a talkspurt.
    pub marker: bool,
    /// The Opus packet, or what the kind says.
    pub payload: &'a [u8],
}

impl Kind {
    const ALL: [Self; 5] = [Self::Sound, Self::Report, Self::Opened, Self::Shut, Self::Lost];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

impl<'a> Record<'a> {
    /// Write it behind what is there.
    pub fn append(&self, to: &mut Vec<u8>) {
        let begin = to.len();
        to.extend_from_slice(&(self.payload.len() as u32).to_le_bytes());
        to.extend_from_slice(&[0; 4]);
        to.extend_from_slice(&self.arrived.to_le_bytes());
        to.extend_from_slice(&self.seq.to_le_bytes());
        to.extend_from_slice(&self.time.to_le_bytes());
        to.extend_from_slice(&self.stint.to_le_bytes());
        to.extend_from_slice(&[self.kind.number() | if self.marker { MARKER } else { 0 }, self.level]);
        to.extend_from_slice(self.payload);
        let sum = CASTAGNOLI.checksum(&to[begin + CHECKED..]);
        to[begin + 4..begin + CHECKED].copy_from_slice(&sum.to_le_bytes());
    }

    /// The record that begins here, and how long it is; none when it is torn, or no record.
    pub fn read(bytes: &'a [u8]) -> Option<(Self, usize)> {
        let len = SHORTEST + length(bytes)?;
        let bytes = bytes.get(..len)?;
        if CASTAGNOLI.checksum(&bytes[CHECKED..]) != u32::from_le_bytes(part(bytes, 4)?) {
            return None;
        }
        let [stint_low, stint_high, kind, level] = part(bytes, 32)?;
        let record = Self {
            kind: Kind::from_number(kind & !MARKER)?,
            arrived: i64::from_le_bytes(part(bytes, 8)?),
            seq: u64::from_le_bytes(part(bytes, 16)?),
            time: u64::from_le_bytes(part(bytes, 24)?),
            stint: u16::from_le_bytes([stint_low, stint_high]),
            level,
            marker: kind & MARKER != 0,
            payload: &bytes[SHORTEST..],
        };
        Some((record, len))
    }
}

/// How long the payload of the record that begins here says it is; none when it cannot be true.
pub fn head(bytes: &[u8]) -> Option<usize> {
    length(bytes)
}

fn length(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(part(bytes, 0)?) as usize;
    (length <= LONGEST).then_some(length)
}

fn part<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{Kind, LONGEST, Record};

    const SAID: Record<'_> = Record {
        kind: Kind::Sound,
        arrived: -7,
        stint: 513,
        seq: u64::MAX,
        time: 1 << 40,
        level: 127,
        marker: true,
        payload: &[1, 2, 3],
    };

    fn written(record: &Record<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        record.append(&mut bytes);
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let report = Record { kind: Kind::Report, marker: false, payload: &[9; 8], ..SAID };
        let mut bytes = written(&SAID);
        report.append(&mut bytes);

        let (first, len) = Record::read(&bytes).expect("it is whole");
        let (second, rest) = Record::read(&bytes[len..]).expect("it is whole");

        assert_eq!((first, second, len + rest), (SAID, report, bytes.len()));
    }

    #[test]
    fn no_bit_can_be_another_and_no_byte_missing() {
        let bytes = written(&SAID);
        for at in 0..bytes.len() * 8 {
            let mut broken = bytes.clone();
            broken[at / 8] ^= 1 << (at % 8);
            assert_eq!(Record::read(&broken), None, "bit {at}");
        }
        (0..bytes.len()).for_each(|len| assert_eq!(Record::read(&bytes[..len]), None));
    }

    #[test]
    fn what_is_longer_than_any_sound_is_no_record() {
        assert!(Record::read(&written(&Record { payload: &[0; LONGEST], ..SAID })).is_some());
        assert!(Record::read(&written(&Record { payload: &[0; LONGEST + 1], ..SAID })).is_none());
    }
}
