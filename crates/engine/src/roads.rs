//! The roads between workers: what is spoken here is heard everywhere, and datagrams that went astray come home.

use crate::counts::Counts;
use crate::ring::{Reader, Writer, ring};
use causerie_sfu::{Spoken, Stray};

/// A tenth of a second of fifty people, should a worker be busy so long.
const SPOKEN: usize = 256;
/// Datagrams go astray when somebody's address changes, a handful at a time.
const STRAYS: usize = 64;

/// One worker's ends of all its roads.
#[derive(Default)]
pub struct Roads {
    spoken_to: Vec<Writer<Spoken>>,
    spoken_from: Vec<Reader<Spoken>>,
    /// By the number of the worker they lead to; none to itself.
    strays_to: Vec<Option<Writer<Stray>>>,
    strays_from: Vec<Reader<Stray>>,
}

impl Roads {
    /// Roads between so many workers, each with the ends of its own.
    pub fn between(workers: usize) -> Vec<Self> {
        let mut all: Vec<Self> = (0..workers).map(|_| Self::default()).collect();
        for from in 0..workers {
            for to in 0..workers {
                connect(&mut all, from, to);
            }
        }
        all
    }

    /// Let all others know what was spoken here.
    pub fn speak(&mut self, spoken: &Spoken, counts: &Counts) {
        let lost = self.spoken_to.iter_mut().filter_map(|road| (!road.push(spoken)).then_some(())).count();
        counts.spoken.add(lost);
    }

    /// Send a datagram home.
    pub fn send_home(&mut self, stray: &Stray, counts: &Counts) {
        let road = self.strays_to.get_mut(stray.worker).and_then(Option::as_mut);
        if !road.is_some_and(|road| road.push(stray)) {
            counts.strays.add(1);
        }
    }

    /// The next packet another worker brought.
    pub fn heard(&mut self) -> Option<Spoken> {
        self.spoken_from.iter_mut().find_map(Reader::pop)
    }

    /// The next datagram that went astray and belongs here.
    pub fn come_home(&mut self) -> Option<Stray> {
        self.strays_from.iter_mut().find_map(Reader::pop)
    }

    /// Nothing is under way to this worker.
    pub fn are_empty(&self) -> bool {
        self.spoken_from.iter().all(Reader::is_empty) && self.strays_from.iter().all(Reader::is_empty)
    }
}

fn connect(all: &mut [Roads], from: usize, to: usize) {
    if from == to {
        all[from].strays_to.push(None);
        return;
    }
    let (writer, reader) = ring(SPOKEN);
    all[from].spoken_to.push(writer);
    all[to].spoken_from.push(reader);
    let (writer, reader) = ring(STRAYS);
    all[from].strays_to.push(Some(writer));
    all[to].strays_from.push(reader);
}

#[cfg(test)]
mod tests {
    use super::{Roads, SPOKEN};
    use crate::counts::Counts;
    use causerie_sfu::{Speaker, Spoken};

    fn by(speaker: u32) -> Spoken {
        let mut spoken = Spoken::SILENT;
        spoken.speaker = Speaker(speaker);
        spoken
    }

    fn heard(roads: &mut Roads) -> Vec<u32> {
        std::iter::from_fn(|| roads.heard()).map(|spoken| spoken.speaker.0).collect()
    }

    #[test]
    fn what_one_worker_says_all_others_hear_and_itself_does_not() {
        let mut roads = Roads::between(3);
        let counts = Counts::default();

        roads[0].speak(&by(7), &counts);
        roads[2].speak(&by(9), &counts);

        assert_eq!(roads.iter_mut().map(heard).collect::<Vec<_>>(), [vec![9], vec![7, 9], vec![7]]);
        assert!(roads.iter().all(Roads::are_empty));
    }

    #[test]
    fn a_worker_that_does_not_listen_costs_a_count_and_nobody_else_anything() {
        let mut roads = Roads::between(3);
        let counts = Counts::default();

        for _ in 0..SPOKEN + 3 {
            roads[0].speak(&by(7), &counts);
            heard(&mut roads[1]);
        }

        assert_eq!(heard(&mut roads[2]).len(), SPOKEN);
        assert_eq!(counts.named()[1], ("drop_ring_spoken", 3));
    }
}
