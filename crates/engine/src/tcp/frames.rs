//! Frames as they come in, in whatever pieces the network makes of them: two bytes of length, then the datagram.

use super::LONGEST;

/// How many bytes say how long a frame is.
pub const HEAD: usize = 2;

/// A frame that is longer than any datagram: whoever sends that does not speak our language.
#[derive(Debug, PartialEq, Eq)]
pub struct Oversized;

/// What has come of a pipe and was not taken yet.
#[derive(Default)]
pub struct Frames {
    bytes: Vec<u8>,
    taken: usize,
}

impl Frames {
    /// More has come.
    pub fn put(&mut self, more: &[u8]) {
        self.bytes.drain(..self.taken);
        self.taken = 0;
        self.bytes.extend_from_slice(more);
    }

    /// The next whole frame, copied into `into`; says how long it is. Empty ones are passed over.
    pub fn take(&mut self, into: &mut [u8]) -> Result<Option<usize>, Oversized> {
        loop {
            let rest = &self.bytes[self.taken..];
            let Some(length) = length(rest) else { break };
            if length > LONGEST {
                return Err(Oversized);
            }
            let Some(frame) = rest.get(HEAD..HEAD + length) else { break };
            into[..length].copy_from_slice(frame);
            self.taken += HEAD + length;
            if length > 0 {
                return Ok(Some(length));
            }
        }
        if self.taken == self.bytes.len() {
            // Most pipes rest most of the time: they hold no memory then.
            *self = Self::default();
        }
        Ok(None)
    }
}

/// How long the frame is that begins here, once that has come.
pub fn length(bytes: &[u8]) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(*bytes.first_chunk()?)))
}

/// What precedes a frame of this length; none when it is longer than a frame can be.
pub fn head(length: usize) -> Option<[u8; HEAD]> {
    Some(u16::try_from(length).ok()?.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Frames, LONGEST, Oversized, head};

    fn framed(datagram: &[u8]) -> Vec<u8> {
        [&head(datagram.len()).expect("short enough")[..], datagram].concat()
    }

    fn all(frames: &mut Frames) -> Vec<Vec<u8>> {
        let mut into = [0; LONGEST];
        std::iter::from_fn(|| {
            frames.take(&mut into).expect("good frames").map(|length| into[..length].to_vec())
        })
        .collect()
    }

    #[test]
    fn frames_are_the_same_in_whatever_pieces_they_come() {
        let longest = vec![7; LONGEST];
        let sent = [&b"one"[..], b"", b"three", &longest, b"x"];
        let stream: Vec<u8> = sent.iter().flat_map(|datagram| framed(datagram)).collect();

        for size in [1, 2, 3, 7, 1000, stream.len()] {
            let mut frames = Frames::default();
            let mut heard = Vec::new();
            for piece in stream.chunks(size) {
                frames.put(piece);
                heard.extend(all(&mut frames));
            }
            assert_eq!(heard, [&b"one"[..], b"three", &longest, b"x"], "pieces of {size}");
            assert_eq!(frames.bytes.capacity(), 0, "a pipe at rest holds nothing");
        }
    }

    #[test]
    fn a_frame_longer_than_any_datagram_is_refused_before_it_has_come() {
        let mut frames = Frames::default();
        frames.put(&framed(b"good"));
        frames.put(&head(LONGEST + 1).expect("a length"));

        let mut into = [0; LONGEST];
        let heard = [frames.take(&mut into), frames.take(&mut into)];

        assert_eq!(heard, [Ok(Some(4)), Err(Oversized)]);
    }
}
