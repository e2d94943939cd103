//! The sources of somebody's microphone: str0m knows one of a line, the latest, and of an earlier one nothing any more. Who
//! goes back to it is heard again by what is remembered here.

use crate::demux;
use str0m::Rtc;
use str0m::media::Mid;

/// More than anybody changes microphones or begins anew in one connection.
const KNOWN: usize = 8;

/// Those that spoke, the latest last.
pub(super) struct Sources {
    line: Option<Mid>,
    known: Vec<u32>,
}

impl Sources {
    /// None yet, on the line of this name.
    pub fn of(line: Option<&str>) -> Self {
        Self { line: line.map(Mid::from), known: Vec::new() }
    }

    /// Something of this source could be decrypted.
    pub fn speaks(&mut self, source: u32) {
        if self.known.last() == Some(&source) {
            return;
        }
        self.known.retain(|it| *it != source);
        if self.known.len() == KNOWN {
            self.known.remove(0);
        }
        self.known.push(source);
    }

    /// The one that this packet goes back to, where it does.
    pub fn back(&self, datagram: &[u8]) -> Option<Earlier> {
        let source = demux::rtp_source(datagram)?;
        let (_, earlier) = self.known.split_last()?;
        earlier.contains(&source).then_some(Earlier { source, line: self.line? })
    }
}

/// A source that spoke before the latest did.
pub(super) struct Earlier {
    source: u32,
    line: Mid,
}

impl Earlier {
    /// str0m takes it again. Nothing of it is asked for again before a packet came.
    pub fn expect(self, rtc: &mut Rtc) {
        let source = self.source.into();
        if rtc.media(self.line).is_none() || rtc.direct_api().stream_rx(&source).is_some() {
            return;
        }
        rtc.direct_api().expect_stream_rx(source, None, self.line, None).suppress_nack(true);
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Sources};

    fn packet(source: u32) -> Vec<u8> {
        let mut bytes = vec![0x80; 8];
        bytes.extend_from_slice(&source.to_be_bytes());
        bytes
    }

    #[test]
    fn the_latest_few_are_known_and_nobody_goes_back_to_who_speaks() {
        let mut sources = Sources::of(Some("0"));
        let back = |sources: &Sources| -> Vec<u32> {
            (0..20).filter(|source| sources.back(&packet(*source)).is_some()).collect()
        };
        for source in [1, 1, 2, 3, 2] {
            sources.speaks(source);
        }
        assert_eq!(back(&sources), [1, 3]);

        (4..=9).for_each(|source| sources.speaks(source));

        assert_eq!(back(&sources), [2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(sources.known.len(), KNOWN);
    }
}
