//! Ogg pages (RFC 3533), read only as far as a sound file for the player needs.

/// Why a file cannot be played, in a sentence for whoever chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

const CAPTURE: &[u8; 4] = b"OggS";
const HEADER: usize = 27;
const CONTINUED: u8 = 0x01;
const LAST: u8 = 0x04;
/// A segment of 255 bytes says that its packet goes on in the next one.
const FULL_SEGMENT: u8 = 255;

struct Page<'a> {
    flags: u8,
    stream: u32,
    segments: &'a [u8],
    body: &'a [u8],
}

/// The packets of the first stream in the file, put together from its pages.
pub fn packets(file: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
    let mut joiner = Joiner::default();
    let mut stream = None;
    let mut rest = file;
    while !rest.is_empty() {
        let (page, after) = page(rest)?;
        rest = after;
        if page.stream != *stream.get_or_insert(page.stream) {
            continue;
        }
        joiner.add(&page);
        if page.flags & LAST != 0 {
            break;
        }
    }
    Ok(joiner.packets)
}

fn page(bytes: &[u8]) -> Result<(Page<'_>, &[u8]), Unreadable> {
    const BROKEN: Unreadable = Unreadable("The file is not a whole Ogg file.");
    let header = bytes.get(..HEADER).ok_or(BROKEN)?;
    if &header[..4] != CAPTURE || header[4] != 0 {
        return Err(Unreadable("The file is not an Ogg file."));
    }
    let body_at = HEADER + usize::from(header[26]);
    let segments = bytes.get(HEADER..body_at).ok_or(BROKEN)?;
    let length: usize = segments.iter().copied().map(usize::from).sum();
    let whole = bytes.get(..body_at + length).ok_or(BROKEN)?;
    if checksum(whole) != word(&header[22..26]) {
        return Err(Unreadable("The file is damaged: a checksum does not fit."));
    }
    let page = Page { flags: header[5], stream: word(&header[14..18]), segments, body: &whole[body_at..] };
    Ok((page, &bytes[whole.len()..]))
}

#[derive(Default)]
struct Joiner {
    packets: Vec<Vec<u8>>,
    open: Option<Vec<u8>>,
}

impl Joiner {
    fn add(&mut self, page: &Page<'_>) {
        let continues = page.flags & CONTINUED != 0;
        if !continues {
            self.open = None;
        }
        // The beginning of this packet was never seen, so its end is of no use.
        let mut skip = continues && self.open.is_none();
        let mut at = 0;
        for &length in page.segments {
            let next = at + usize::from(length);
            self.open.get_or_insert_default().extend_from_slice(&page.body[at..next]);
            at = next;
            if length == FULL_SEGMENT {
                continue;
            }
            let packet = self.open.take().unwrap_or_default();
            if !std::mem::take(&mut skip) {
                self.packets.push(packet);
            }
        }
        if skip {
            self.open = None;
        }
    }
}

fn word(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

/// RFC 3533, section 6: polynomial 0x04c11db7, nothing inverted, the checksum's own place counted as zero.
fn checksum(page: &[u8]) -> u32 {
    page.iter().enumerate().fold(0, |sum, (at, &byte)| {
        let byte = if (22..26).contains(&at) { 0 } else { byte };
        sum << 8 ^ TABLE[usize::from((sum >> 24) as u8 ^ byte)]
    })
}

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut sum = (at as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000_0000 == 0 { sum << 1 } else { sum << 1 ^ 0x04c1_1db7 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
};

/// Files for tests: pages written as RFC 3533 wants them.
#[cfg(test)]
pub mod written {
    use super::{CONTINUED, FULL_SEGMENT, LAST, checksum};

    /// One page holding these segments of a stream.
    pub fn page(flags: u8, stream: u32, segments: &[&[u8]]) -> Vec<u8> {
        let mut page = b"OggS\0".to_vec();
        page.push(flags);
        page.extend_from_slice(&[0; 8]);
        page.extend_from_slice(&stream.to_le_bytes());
        page.extend_from_slice(&[0; 8]);
        page.push(segments.len() as u8);
        page.extend(segments.iter().map(|segment| segment.len() as u8));
        page.extend(segments.iter().copied().flatten());
        let sum = checksum(&page).to_le_bytes();
        page[22..26].copy_from_slice(&sum);
        page
    }

    /// A file with one packet on each page.
    pub fn file(packets: &[Vec<u8>]) -> Vec<u8> {
        let last = packets.len() - 1;
        packets.iter().enumerate().flat_map(|(at, packet)| one(packet, at == last)).collect()
    }

    fn one(packet: &[u8], last: bool) -> Vec<u8> {
        let full = usize::from(FULL_SEGMENT);
        let mut segments: Vec<&[u8]> = packet.chunks(full).collect();
        if packet.len().is_multiple_of(full) {
            segments.push(&[]);
        }
        page(if last { LAST } else { 0 }, 7, &segments)
    }

    /// The flag of a page that begins within a packet.
    pub const WITHIN: u8 = CONTINUED;
}

#[cfg(test)]
mod tests {
    use super::written::{WITHIN, file, page};
    use super::{Unreadable, packets};

    #[test]
    fn packets_come_back_whole_over_pages_and_segments() {
        let (short, long, even) = (vec![1; 10], vec![2; 700], vec![3; 255]);
        let pages = [page(0, 7, &[&short, &long[..255]]), page(WITHIN, 7, &[&long[255..510], &long[510..]])];
        let mut bytes = pages.concat();

        bytes.extend(file(std::slice::from_ref(&even)));

        assert_eq!(packets(&bytes), Ok(vec![short, long, even]));
    }

    #[test]
    fn another_stream_in_the_same_file_is_not_mixed_in() {
        let bytes = [page(2, 7, &[b"ours"]), page(2, 8, &[b"theirs"]), page(4, 7, &[b"also ours"])].concat();

        assert_eq!(packets(&bytes), Ok(vec![b"ours".to_vec(), b"also ours".to_vec()]));
    }

    #[test]
    fn a_packet_whose_beginning_is_missing_is_left_out() {
        let bytes = [page(WITHIN, 7, &[b"end of something", b"whole"]), page(4, 7, &[b"next"])].concat();

        assert_eq!(packets(&bytes), Ok(vec![b"whole".to_vec(), b"next".to_vec()]));
    }

    #[test]
    fn damage_is_refused_wherever_it_lies() {
        let whole = file(&[vec![5; 40], vec![6; 40]]);

        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            assert_ne!(packets(&damaged), packets(&whole), "byte {at}");
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_or_short_but_never_wrong() {
        let parts = [vec![5; 300], vec![6; 40]];
        let whole = file(&parts);

        for length in 1..whole.len() {
            let cut = packets(&whole[..length]);
            assert!(cut == Ok(parts[..1].to_vec()) || matches!(cut, Err(Unreadable(_))), "{length}: {cut:?}");
        }
    }
}
