//! One packet of the programme as all listeners of one kind get it, but for its source and its number.

use crate::mixed::{LONGEST_MIXED, Mixed};
use crate::past::Past;
use crate::protection::Form;

const FRAME: u64 = 960;
/// Fixed header, five contributing sources, the level in an extension.
const LONGEST_HEADER: usize = 12 + 5 * 4 + 8;
/// Headers of two copies and of the packet itself (RFC 2198).
const LONGEST_RED: usize = 4 + 4 + 1;
const LONGEST: usize = LONGEST_HEADER + LONGEST_RED + 3 * LONGEST_MIXED;
/// What fits into 14 bits of time and 10 of length (RFC 2198, section 3).
const LONGEST_COPY: usize = 1 << 10;

/// What one listener's browser and ours agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    pub payload_type: u8,
    /// The payload type of packets with copies; none where they are not understood.
    pub red: Option<u8>,
    /// The extension that carries the level.
    pub level_extension: Option<u8>,
    pub form: Form,
    /// The first a listener hears after a pause of their line.
    pub first: bool,
}

/// A packet in plain, ready to be numbered and sealed.
pub(crate) struct Template {
    kind: Kind,
    number: u64,
    header: usize,
    len: usize,
    bytes: [u8; LONGEST],
}

impl Template {
    /// The packet of this number for this kind of listeners; none when it is not kept.
    pub fn of(kind: Kind, number: u64, past: &Past) -> Option<Self> {
        let mixed = past.get(number)?;
        let mut template = Self { kind, number, header: 0, len: 0, bytes: [0; LONGEST] };
        let copies = kind.red.map(|red| (red, kind.form)).filter(|(_, form)| *form != Form::Plain);
        template.head(mixed, copies.map_or(kind.payload_type, |(red, _)| red));
        if let Some((_, form)) = copies {
            template.copies(number, mixed, past, form);
        }
        template.put(mixed.payload());
        Some(template)
    }

    /// Whether it is this very packet.
    pub fn is(&self, kind: Kind, number: u64) -> bool {
        self.kind == kind && self.number == number
    }

    /// Write it for one listener; gives the lengths of its header and of all of it.
    pub fn write(&self, source: u32, seq: u64, bytes: &mut [u8]) -> Option<(usize, usize)> {
        bytes.get_mut(..self.len)?.copy_from_slice(&self.bytes[..self.len]);
        bytes[2..4].copy_from_slice(&(seq as u16).to_be_bytes());
        bytes[8..12].copy_from_slice(&source.to_be_bytes());
        Some((self.header, self.len))
    }

    /// Tells it from others, where faults are looked for.
    #[cfg(any(debug_assertions, feature = "fault-inject"))]
    pub fn fingerprint(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.bytes[..self.len].hash(&mut hasher);
        hasher.finish()
    }

    /// How much of it is sound.
    pub fn octets(&self) -> u32 {
        (self.len - self.header) as u32
    }

    fn head(&mut self, mixed: &Mixed, payload_type: u8) {
        let speakers = mixed.speakers();
        let extended = u8::from(self.kind.level_extension.is_some()) << 4;
        let marker = u8::from(mixed.marker || self.kind.first) << 7;
        self.put(&[0x80 | extended | speakers.len() as u8, payload_type | marker, 0, 0]);
        self.put(&(mixed.time as u32).to_be_bytes());
        self.put(&[0; 4]);
        speakers.iter().for_each(|speaker| self.put(&speaker.to_be_bytes()));
        if let Some(extension) = self.kind.level_extension {
            let level = u8::from(!mixed.quiet) << 7 | mixed.level.min(127);
            self.put(&[0xBE, 0xDE, 0, 1, extension << 4, level, 0, 0]);
        }
        self.header = self.len;
    }

    /// Headers first, then the copies themselves, the oldest first.
    fn copies(&mut self, number: u64, mixed: &Mixed, past: &Past, form: Form) {
        let back = |back: &u64| past.get(number.checked_sub(*back)?).filter(|copy| fits(copy, mixed));
        for copy in form.copies().iter().filter_map(back) {
            let (ago, length) = (mixed.time - copy.time, copy.payload().len() as u64);
            let word = 1 << 31 | u64::from(self.kind.payload_type) << 24 | ago << 10 | length;
            self.put(&(word as u32).to_be_bytes());
        }
        self.put(&[self.kind.payload_type]);
        for copy in form.copies().iter().filter_map(back) {
            self.put(copy.payload());
        }
    }

    fn put(&mut self, more: &[u8]) {
        self.bytes[self.len..self.len + more.len()].copy_from_slice(more);
        self.len += more.len();
    }
}

/// A copy from before a pause of the programme is no neighbour of this packet.
fn fits(copy: &Mixed, mixed: &Mixed) -> bool {
    let ago = mixed.time.wrapping_sub(copy.time);
    (FRAME..=4 * FRAME).contains(&ago) && (1..LONGEST_COPY).contains(&copy.payload().len())
}

#[cfg(test)]
mod tests {
    use super::{FRAME, Kind, Template};
    use crate::mixed::Mixed;
    use crate::past::Past;
    use crate::protection::Form;
    use crate::words::RoomKey;
    use std::time::Instant;

    const KIND: Kind =
        Kind { payload_type: 111, red: Some(63), level_extension: Some(3), form: Form::Plain, first: false };

    fn past(frames: u64) -> Past {
        let mut past = Past::default();
        for frame in 0..frames {
            let mut mixed = Mixed::new(RoomKey(1), frame * FRAME, &[0xA0 + frame as u8; 2]).expect("short");
            (mixed.level, mixed.quiet) = (20, false);
            past.keep(Instant::now(), &mixed.said_by(&[7, 9]));
        }
        past
    }

    fn written(kind: Kind, number: u64, frames: u64) -> Vec<u8> {
        let template = Template::of(kind, number, &past(frames)).expect("kept");
        let mut bytes = [0; 1400];
        let (_, len) = template.write(0x0102_0304, 0x1_0005, &mut bytes).expect("room");
        bytes[..len].to_vec()
    }

    #[test]
    fn a_packet_names_who_is_heard_and_how_loud() {
        let plain = written(KIND, 1, 2);

        let head = [0x92, 111, 0, 5, 0, 0, 3, 0xC0, 1, 2, 3, 4, 0, 0, 0, 7, 0, 0, 0, 9];
        let level = [0xBE, 0xDE, 0, 1, 0x30, 0x80 | 20, 0, 0];
        assert_eq!(plain, [&head[..], &level, &[0xA1, 0xA1]].concat());
    }

    #[test]
    fn copies_go_before_the_packet_itself_the_oldest_first() {
        let two = written(Kind { form: Form::Two, ..KIND }, 5, 6);

        let blocks = [0xEF, 0x2D, 0, 2, 0xEF, 0x0F, 0, 2, 111];
        assert_eq!(two[1], 63);
        assert_eq!(two[28..], [&blocks[..], &[0xA2, 0xA2, 0xA4, 0xA4, 0xA5, 0xA5]].concat());
    }

    #[test]
    fn what_was_not_there_is_not_copied() {
        let first = written(Kind { form: Form::Two, ..KIND }, 0, 1);
        let second = written(Kind { form: Form::Two, ..KIND }, 1, 2);

        assert_eq!(first[28..], [111, 0xA0, 0xA0]);
        assert_eq!(second[28..], [0xEF, 0x0F, 0, 2, 111, 0xA0, 0xA0, 0xA1, 0xA1]);
    }

    #[test]
    fn a_browser_that_knows_no_copies_gets_none_and_the_first_packet_is_marked() {
        let kind = Kind { form: Form::Two, red: None, level_extension: None, first: true, ..KIND };

        let plain = written(kind, 5, 6);

        assert_eq!((plain[0], plain[1], &plain[20..]), (0x82, 0x80 | 111, &[0xA5, 0xA5][..]));
    }
}
