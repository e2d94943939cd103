//! A connection that nobody has claimed: what it says first decides where it goes.

use super::frames::{self, HEAD};
use causerie_sfu::demux::{self, Class};
use causerie_sfu::{Doors, Home};
use std::io::{self, Read};
use std::net::{SocketAddrV4, TcpStream};
use std::time::{Duration, Instant};

/// So long somebody may take for the first word; a round trip is enough.
const PATIENCE: Duration = Duration::from_secs(5);
/// A first check is some hundred bytes: two user names of 256 at most, and what ICE adds.
const FIRST_WORD: usize = 700;
/// Browsers try both ways at once. Whoever can come by UDP is found there by then, on the worker the kernel chose.
const HEAD_START: Duration = Duration::from_millis(200);

/// A connection nobody has claimed.
pub struct Caller {
    /// The connection.
    pub stream: TcpStream,
    /// Who opened it.
    pub from: SocketAddrV4,
    since: Instant,
    /// What was said so far.
    pub bytes: Vec<u8>,
    /// Everything was said; only the head start of UDP is waited for.
    pub has_spoken: bool,
}

/// What becomes of a caller.
pub enum Verdict {
    /// Let them wait.
    Stays,
    /// They have gone by themselves, as a browser does that came by UDP meanwhile.
    Left,
    /// Show them out.
    Goes,
    /// Bring them to this worker, for whoever is called so.
    Enters(usize, String),
}

impl Caller {
    /// Just let in.
    pub fn new(stream: TcpStream, from: SocketAddrV4) -> Self {
        Self { stream, from, since: Instant::now(), bytes: Vec::new(), has_spoken: false }
    }

    /// When they have to be looked at again.
    pub fn deadline(&self) -> Instant {
        self.since + if self.has_spoken { HEAD_START } else { PATIENCE }
    }

    /// Hear what they say; `any` is the worker for those who may go to any.
    pub fn look(&mut self, now: Instant, doors: &Doors, any: usize) -> Verdict {
        if !self.listens() {
            return Verdict::Left;
        }
        if now > self.since + PATIENCE {
            return Verdict::Goes;
        }
        let Ok(first) = first_word(&self.bytes) else { return Verdict::Goes };
        let Some(ufrag) = first.map(str::to_owned) else { return Verdict::Stays };
        self.has_spoken = true;
        match doors.home(&ufrag) {
            Home::With(worker) => Verdict::Enters(worker, ufrag),
            Home::Any if now >= self.since + HEAD_START => Verdict::Enters(any, ufrag),
            Home::Any => Verdict::Stays,
            Home::Nowhere => Verdict::Goes,
        }
    }

    /// Read on, up to one first word; says whether they are still there.
    fn listens(&mut self) -> bool {
        let mut piece = [0; HEAD + FIRST_WORD];
        let room = piece.len() - self.bytes.len();
        if room == 0 {
            return true;
        }
        match (&self.stream).read(&mut piece[..room]) {
            Ok(0) => false,
            Ok(count) => {
                self.bytes.extend_from_slice(&piece[..count]);
                true
            }
            Err(fault) => matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted),
        }
    }
}

/// Nobody who speaks our language begins like that.
struct Foreign;

/// Our word for the one whom the first frame names; none as long as it has not come whole.
fn first_word(bytes: &[u8]) -> Result<Option<&str>, Foreign> {
    let Some(length) = frames::length(bytes) else { return Ok(None) };
    if length > FIRST_WORD {
        return Err(Foreign);
    }
    let begun = &bytes[HEAD..];
    let Some(frame) = begun.get(..length) else {
        // The first two bits of a check are zeros; a browser that asks for a page is not kept waiting.
        return if begun.first().is_none_or(|first| *first < 2) { Ok(None) } else { Err(Foreign) };
    };
    let check = (demux::class(frame) == Class::Stun).then(|| demux::stun(frame)).flatten();
    check.and_then(|check| check.ours).map(Some).ok_or(Foreign)
}

#[cfg(test)]
mod tests {
    use super::{FIRST_WORD, first_word};

    /// A check for this name, framed.
    fn check(name: &str) -> Vec<u8> {
        let mut attribute = vec![0, 6, 0, name.len() as u8];
        attribute.extend_from_slice(name.as_bytes());
        attribute.resize(attribute.len().next_multiple_of(4), 0);
        let mut bytes = vec![0, 20 + attribute.len() as u8, 0, 1, 0, attribute.len() as u8];
        bytes.extend_from_slice(&0x2112_A442_u32.to_be_bytes());
        bytes.extend_from_slice(&[9; 12]);
        bytes.extend_from_slice(&attribute);
        bytes
    }

    #[test]
    fn a_first_word_is_waited_for_until_it_is_whole() {
        let bytes = check("ours:theirs");

        let words: Vec<_> =
            (0..=bytes.len()).map(|length| first_word(&bytes[..length]).ok().flatten()).collect();

        assert_eq!(words, [vec![None; bytes.len()], vec![Some("ours")]].concat());
    }

    #[test]
    fn whoever_begins_otherwise_is_not_waited_for() {
        let too_long = [&(FIRST_WORD as u16 + 1).to_be_bytes()[..], &[0]].concat();
        let begun: [&[u8]; 5] =
            [b"GET / HTTP/1.1\r\n", &[0x16, 3, 1, 2, 0], &[0, 200, 22], &too_long, &[0, 0]];

        assert!(begun.iter().all(|bytes| first_word(bytes).is_err()));
    }
}
