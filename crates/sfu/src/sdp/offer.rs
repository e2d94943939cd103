//! An offer: checked, narrowed to what this person may do, and cleaned of what nobody needs to read.

use super::MOST_AUDIO_LINES;
use super::line::{Direction, Section, first, sections, value};
use crate::change::Refusal;

const LONGEST: usize = 64 * 1024;
const MOST_LINES: usize = 32;
/// str0m keeps so many bytes of a line's name.
const LONGEST_MID: usize = 16;
/// RFC 8122: 32 bytes of SHA-256 as pairs with colons.
const FINGERPRINT: usize = 95;
const MOST_CANDIDATES: usize = 20;

/// An offer that may be answered.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    head: Vec<&'a str>,
    pub(super) sections: Vec<Section<'a>>,
    /// Which sections are answered with sound, and how far.
    pub(super) kept: Vec<(usize, Direction)>,
    fingerprint: &'a str,
    candidates: usize,
}

impl<'a> Offer<'a> {
    /// Look at an offer; `listens` and `publishes` say what its person may do at all.
    pub fn read(text: &'a str, listens: bool, publishes: bool) -> Result<Self, Refusal> {
        if text.len() > LONGEST {
            return Err(Refusal::TooLarge);
        }
        let (head, sections) = sections(text);
        if sections.len() > MOST_LINES {
            return Err(Refusal::TooLarge);
        }
        if !head.first().is_some_and(|line| line.starts_with("v=0")) || !sections.iter().all(readable) {
            return Err(Refusal::Unreadable);
        }
        mids_differ(&sections)?;
        let fingerprint = fingerprint(&head, &sections)?;
        let kept = keep(&sections, listens, publishes);
        if kept.is_empty() {
            return Err(Refusal::NoAudio);
        }
        let has = |name| {
            let (first_kept, _) = kept[0];
            first(&head, name)
                .or_else(|| first(&sections[first_kept].lines, name))
                .is_some_and(|it| it.len() >= 4)
        };
        if !has("ice-ufrag") || !has("ice-pwd") || passive(&head, &sections) {
            return Err(Refusal::Unreadable);
        }
        let candidates =
            text.lines().filter(|line| value(line, "candidate").is_some()).take(MOST_CANDIDATES).count();
        Ok(Self { head, sections, kept, fingerprint, candidates })
    }

    /// How many of its addresses we counted; none of them is ever written to.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// There is a line on which its person may send.
    pub fn publishes(&self) -> bool {
        self.kept.iter().any(|(_, direction)| direction.sends)
    }

    /// Which of the kept lines str0m deals with: the microphone's, or any. On all others only we send, and what it does
    /// not know of costs no memory.
    pub(super) fn main(&self) -> usize {
        self.kept.iter().position(|(_, direction)| direction.sends).unwrap_or(0)
    }

    /// The name of the line str0m deals with.
    pub fn microphone(&self) -> Option<&str> {
        self.sections[self.kept[self.main()].0].mid()
    }

    /// The offer as str0m sees it: one line, no candidates, one fingerprint, its direction narrowed.
    pub fn cleaned(&self) -> String {
        let mut text = String::with_capacity(4096);
        let mut put = |line: &str| {
            text.push_str(line);
            text.push_str("\r\n");
        };
        self.head
            .iter()
            .filter(|line| keeps(line) && value(line, "group").is_none())
            .for_each(|line| put(line));
        let (at, direction) = self.kept[self.main()];
        let section = &self.sections[at];
        put(&format!("a=group:BUNDLE {}", section.mid().unwrap_or_default()));
        put(&format!("a=fingerprint:{}", self.fingerprint));
        put(&media_line(section));
        section.lines[1..].iter().filter(|line| keeps(line)).for_each(|line| put(line));
        put(&format!("a={}", direction.word()));
        text
    }
}

/// Names and numbers are as they must be.
fn readable(section: &Section<'_>) -> bool {
    let mut media = section.media();
    let (Some(_), Some(port), Some(_)) = (media.next(), media.next(), media.next()) else { return false };
    let named = section.mid().is_none_or(|mid| (1..=LONGEST_MID).contains(&mid.len()));
    let numbers = || {
        let maps = section.lines.iter().filter_map(|line| value(line, "rtpmap"));
        maps.map(|map| map.split(' ').next().unwrap_or_default())
    };
    let small = |number: &str| number.parse::<u8>().is_ok_and(|number| number < 128);
    let formats = !section.is_audio() || media.all(small);
    port.split('/').next().is_some_and(|port| port.parse::<u16>().is_ok())
        && named
        && numbers().all(small)
        && formats
}

fn mids_differ(sections: &[Section<'_>]) -> Result<(), Refusal> {
    let mut mids: Vec<_> = sections.iter().filter_map(Section::mid).collect();
    let named = mids.len();
    mids.sort_unstable();
    mids.dedup();
    if mids.len() == named { Ok(()) } else { Err(Refusal::Unreadable) }
}

/// The one SHA-256 fingerprint of the connection: all lines share one handshake.
fn fingerprint<'a>(head: &[&'a str], sections: &[Section<'a>]) -> Result<&'a str, Refusal> {
    let lines = || head.iter().chain(sections.iter().flat_map(|section| &section.lines)).copied();
    let mut strong = lines().filter_map(|line| value(line, "fingerprint")).filter(|it| is_strong(it));
    let one = strong.next().ok_or(Refusal::Fingerprint)?;
    if strong.all(|other| other.eq_ignore_ascii_case(one)) { Ok(one) } else { Err(Refusal::Fingerprint) }
}

fn is_strong(fingerprint: &str) -> bool {
    let Some(("sha-256" | "SHA-256", digest)) = fingerprint.split_once(' ') else { return false };
    let pairs = |pair: &str| pair.len() == 2 && u8::from_str_radix(pair, 16).is_ok();
    digest.len() == FINGERPRINT && digest.split(':').all(pairs)
}

/// Which sections carry sound we can send or take, and which way: only the first that sends is the microphone.
fn keep(sections: &[Section<'_>], listens: bool, publishes: bool) -> Vec<(usize, Direction)> {
    let usable =
        |section: &Section<'_>| section.is_audio() && section.opus().is_some() && section.mid().is_some();
    let mut microphone_is_free = publishes;
    let mut narrow = |section: &Section<'_>| {
        let offered = section.direction();
        let sends = offered.sends && microphone_is_free;
        microphone_is_free &= !sends;
        Direction { sends, receives: offered.receives && listens }
    };
    let usable = sections.iter().enumerate().filter(|(_, section)| usable(section));
    usable.take(MOST_AUDIO_LINES).map(|(at, section)| (at, narrow(section))).collect()
}

/// We answer as the passive side of the handshake; who insists on being passive too cannot connect.
fn passive(head: &[&str], sections: &[Section<'_>]) -> bool {
    let mut lines = head.iter().chain(sections.iter().flat_map(|section| &section.lines));
    lines.any(|line| value(line, "setup") == Some("passive"))
}

/// Lines that mean something to str0m and that we do not write ourselves.
fn keeps(line: &str) -> bool {
    const OURS: [&str; 4] = ["a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"];
    const UNUSED: [&str; 7] =
        ["candidate", "fingerprint", "ssrc-group", "rid", "simulcast", "remote-candidates", "crypto"];
    !OURS.contains(&line)
        && line != "a=end-of-candidates"
        && line != "a=bundle-only"
        && UNUSED.iter().all(|name| value(line, name).is_none())
}

/// Bundled lines may come with port 0 (RFC 9143); str0m takes that for a refusal.
fn media_line(section: &Section<'_>) -> String {
    let formats: Vec<_> = section.media().skip(3).collect();
    format!("m=audio 9 UDP/TLS/RTP/SAVPF {}", formats.join(" "))
}
