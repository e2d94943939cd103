//! The headers we write (RFC 3550, RFC 6464, RFC 8285).

/// Everything before the payload: fixed header, one contributing source, the level in an extension.
pub(crate) const LONGEST_HEADER: usize = 24;

/// What a packet of sound says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub payload_type: u8,
    pub marker: bool,
    pub seq: u16,
    pub time: u32,
    pub source: u32,
    /// The person's number in the room.
    pub speaker: u32,
    /// Extension number and level.
    pub level: Option<(u8, u8)>,
}

impl Header {
    /// Write it; says how long it is.
    pub fn write(&self, bytes: &mut [u8; LONGEST_HEADER]) -> usize {
        bytes[0] = 0x81 | u8::from(self.level.is_some()) << 4;
        bytes[1] = self.payload_type | u8::from(self.marker) << 7;
        bytes[2..4].copy_from_slice(&self.seq.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.time.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.source.to_be_bytes());
        bytes[12..16].copy_from_slice(&self.speaker.to_be_bytes());
        let Some((extension, level)) = self.level else { return 16 };
        // One word of one-byte extensions; the high bit says that there is a voice.
        let voiced = u8::from(level < 60) << 7;
        bytes[16..].copy_from_slice(&[0xBE, 0xDE, 0, 1, extension << 4, voiced | level, 0, 0]);
        LONGEST_HEADER
    }
}

/// What we say of a source of ours every few seconds (RFC 3550, section 6.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Report {
    pub source: u32,
    /// Wall clock, seconds since 1900 in the upper half.
    pub ntp: u64,
    pub time: u32,
    pub packets: u32,
    pub octets: u32,
}

/// The name of all our sources: one clock (RFC 3550, section 6.5.1).
const NAME: &[u8; 8] = b"causerie";

impl Report {
    pub const LEN: usize = 28 + 20;

    /// Sender report and description, ready to be sealed.
    pub fn write(&self, bytes: &mut [u8]) -> Option<usize> {
        let bytes = bytes.get_mut(..Self::LEN)?;
        bytes[..4].copy_from_slice(&[0x80, 200, 0, 6]);
        bytes[4..8].copy_from_slice(&self.source.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.ntp.to_be_bytes());
        bytes[16..20].copy_from_slice(&self.time.to_be_bytes());
        bytes[20..24].copy_from_slice(&self.packets.to_be_bytes());
        bytes[24..28].copy_from_slice(&self.octets.to_be_bytes());
        bytes[28..32].copy_from_slice(&[0x81, 202, 0, 4]);
        bytes[32..36].copy_from_slice(&self.source.to_be_bytes());
        bytes[36..38].copy_from_slice(&[1, NAME.len() as u8]);
        bytes[38..46].copy_from_slice(NAME);
        bytes[46..].fill(0);
        Some(Self::LEN)
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, LONGEST_HEADER};

    #[test]
    fn a_header_names_the_speaker_and_how_loud_they_are() {
        let header = Header {
            payload_type: 111,
            marker: true,
            seq: 0x0102,
            time: 0x0304_0506,
            source: 0x0708_090A,
            speaker: 7,
            level: Some((3, 42)),
        };
        let mut bytes = [0; LONGEST_HEADER];

        let length = header.write(&mut bytes);

        assert_eq!(length, 24);
        assert_eq!(
            bytes,
            [0x91, 0xEF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0, 0, 7, 0xBE, 0xDE, 0, 1, 0x30, 0xAA, 0, 0]
        );
    }
}
