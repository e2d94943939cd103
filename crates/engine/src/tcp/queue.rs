//! What waits to go out through one pipe. Late sound is worthless: the oldest of it is dropped, whole packets at a time;
//! checks and handshakes are not.

use super::frames::{HEAD, head};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Sound that has waited so long is not worth sending.
const LATE: Duration = Duration::from_millis(300);
/// So much waits for one pipe at most.
const MOST: usize = 64 * 1024;

/// Whoever reads nothing while checks and handshakes alone fill the queue is not there.
#[derive(Debug, PartialEq, Eq)]
pub struct Clogged;

struct Waiting {
    since: Instant,
    is_sound: bool,
    frame: Box<[u8]>,
}

/// Frames in their order, the first of them perhaps begun.
#[derive(Default)]
pub struct Queue {
    frames: VecDeque<Waiting>,
    bytes: usize,
    /// How much of the first frame has gone already; what is begun has to be finished.
    begun: usize,
}

impl Queue {
    /// One more datagram; says how many packets of sound were dropped for it, or itself.
    pub fn put(&mut self, now: Instant, is_sound: bool, datagram: &[u8]) -> Result<usize, Clogged> {
        let Some(head) = head(datagram.len()) else { return Ok(1) };
        let mut dropped = self.drop_late(now);
        let length = HEAD + datagram.len();
        while self.bytes + length > MOST {
            if !self.drop_oldest_sound() {
                return if is_sound { Ok(dropped + 1) } else { Err(Clogged) };
            }
            dropped += 1;
        }
        let frame = [&head[..], datagram].concat().into_boxed_slice();
        self.bytes += length;
        self.frames.push_back(Waiting { since: now, is_sound, frame });
        Ok(dropped)
    }

    /// Write as much as goes; says how many packets of sound had become too old for it.
    pub fn flush(&mut self, now: Instant, into: &mut impl Write) -> io::Result<usize> {
        let dropped = self.drop_late(now);
        while let Some(first) = self.frames.front() {
            match into.write(&first.frame[self.begun..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => self.gone(count),
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => break,
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(dropped)
    }

    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    fn gone(&mut self, count: usize) {
        self.begun += count;
        let Some(first) = self.frames.front() else { return };
        if self.begun == first.frame.len() {
            self.bytes -= self.begun;
            self.begun = 0;
            self.frames.pop_front();
        }
    }

    fn drop_late(&mut self, now: Instant) -> usize {
        let (before, begun) = (self.frames.len(), self.begun > 0);
        let mut at = 0;
        self.frames.retain(|waiting| {
            let may_go = waiting.is_sound && !(begun && at == 0);
            at += 1;
            let late = may_go && now.saturating_duration_since(waiting.since) > LATE;
            self.bytes -= if late { waiting.frame.len() } else { 0 };
            !late
        });
        before - self.frames.len()
    }

    fn drop_oldest_sound(&mut self) -> bool {
        let first = usize::from(self.begun > 0);
        let oldest = (first..self.frames.len()).find(|at| self.frames[*at].is_sound);
        let dropped = oldest.and_then(|at| self.frames.remove(at));
        self.bytes -= dropped.as_ref().map_or(0, |waiting| waiting.frame.len());
        dropped.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Clogged, LATE, MOST, Queue};
    use crate::tcp::LONGEST;
    use crate::tcp::frames::Frames;
    use std::io::{self, Write};
    use std::time::Instant;

    /// A reader with room for so many bytes.
    #[derive(Default)]
    struct Reader {
        room: usize,
        heard: Vec<u8>,
    }

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            let count = bytes.len().min(self.room).min(3);
            self.room -= count;
            self.heard.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Reader {
        fn frames(&self) -> Vec<Vec<u8>> {
            let (mut frames, mut into) = (Frames::default(), [0; LONGEST]);
            frames.put(&self.heard);
            std::iter::from_fn(|| frames.take(&mut into).expect("good").map(|length| into[..length].to_vec()))
                .collect()
        }
    }

    #[test]
    fn a_reader_who_takes_a_little_at_a_time_hears_every_frame_whole_and_in_order() {
        let (mut queue, mut reader, now) = (Queue::default(), Reader::default(), Instant::now());
        let said: Vec<Vec<u8>> = (0..20_u8).map(|number| vec![number; 10]).collect();
        for datagram in &said {
            queue.put(now, true, datagram).expect("room");
        }

        while !queue.is_empty() {
            reader.room = 7;
            queue.flush(now, &mut reader).expect("a reader");
        }

        assert_eq!(reader.frames(), said);
        assert_eq!(queue.bytes, 0);
    }

    #[test]
    fn late_sound_is_dropped_and_what_was_begun_and_every_check_still_comes() {
        let (mut queue, mut reader, now) = (Queue::default(), Reader::default(), Instant::now());
        let dropped: usize = [(true, b"begun"), (true, b"aged1"), (false, b"check"), (true, b"aged2")]
            .map(|(is_sound, datagram)| queue.put(now, is_sound, datagram).expect("room"))
            .iter()
            .sum();
        reader.room = 4;
        queue.flush(now, &mut reader).expect("a reader");

        let later = now + LATE + LATE / 10;
        let late = queue.put(later, true, b"fresh").expect("room");
        reader.room = 1000;
        queue.flush(later, &mut reader).expect("a reader");

        assert_eq!((dropped, late), (0, 2));
        assert_eq!(reader.frames(), [b"begun", b"check", b"fresh"]);
        assert_eq!(queue.bytes, 0);
    }

    #[test]
    fn a_full_queue_drops_the_oldest_sound_first_and_checks_never() {
        let (mut queue, mut reader, now) = (Queue::default(), Reader::default(), Instant::now());
        queue.put(now, false, b"check").expect("room");
        let dropped: usize = (0..100_u8)
            .map(|number| queue.put(now, true, &[number; 1000]).expect("sound always finds its way out"))
            .sum();

        reader.room = MOST;
        queue.flush(now, &mut reader).expect("a reader");

        let heard: Vec<u8> = reader.frames().iter().map(|frame| frame[0]).collect();
        let kept = 65;
        assert_eq!(dropped, 100 - kept);
        assert_eq!(heard, [vec![b'c'], (35..100).collect()].concat());
    }

    #[test]
    fn who_lets_checks_alone_fill_the_queue_is_given_up() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        let put = |queue: &mut Queue| queue.put(now, false, &[1; 1022]);

        let fits = (0..64).all(|_| put(&mut queue) == Ok(0));

        assert!(fits);
        assert_eq!(put(&mut queue), Err(Clogged));
        assert_eq!(
            queue.put(now, true, b"sound"),
            Ok(1),
            "sound that finds only checks before it goes nowhere"
        );
    }
}
