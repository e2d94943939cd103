//! The ways between the workers and the mixer: what is said goes up, the programme comes down.

use crate::counts::Counts;
use crate::ring::{Reader, Writer, ring};
use causerie_sfu::{Mixed, Spoken};

/// A third of a second of fifty people, should the mixer be busy so long.
const SAID: usize = 1024;
/// A tick of as many rooms, or a second of some.
const MIXED: usize = 256;

/// A worker's ends.
pub struct Booth {
    said: Writer<Spoken>,
    mixed: Reader<Mixed>,
}

/// The mixer's ends.
pub struct Console {
    said: Vec<Reader<Spoken>>,
    mixed: Vec<Writer<Mixed>>,
    told: bool,
}

/// Ways for so many workers.
pub fn booths(workers: usize) -> (Vec<Booth>, Console) {
    let mut console = Console { said: Vec::new(), mixed: Vec::new(), told: false };
    let made = (0..workers).map(|_| {
        let (up, down) = (ring(SAID), ring(MIXED));
        console.said.push(up.1);
        console.mixed.push(down.0);
        Booth { said: up.0, mixed: down.1 }
    });
    (made.collect(), console)
}

impl Booth {
    /// Let the mixer hear this.
    pub fn say(&mut self, spoken: &Spoken, counts: &Counts) {
        counts.unmixed.add(usize::from(!self.said.push(spoken)));
    }

    /// The next piece of a programme.
    pub fn mixed(&mut self) -> Option<Mixed> {
        self.mixed.pop()
    }

    /// No programme waits.
    pub fn is_empty(&self) -> bool {
        self.mixed.is_empty()
    }
}

impl Console {
    /// The next packet that was said.
    pub fn heard(&mut self) -> Option<Spoken> {
        self.said.iter_mut().find_map(Reader::pop)
    }

    /// Hand a piece of a programme to every worker.
    pub fn tell(&mut self, mixed: &Mixed, counts: &Counts) {
        let lost = self.mixed.iter_mut().filter_map(|worker| (!worker.push(mixed)).then_some(())).count();
        counts.programme.add(lost);
        self.told = true;
    }

    /// Whether anything was handed out since this was asked last.
    pub fn told(&mut self) -> bool {
        std::mem::take(&mut self.told)
    }
}
