//! One room as far as it sits on one worker: who is heard of all who speak, and the listeners here.

use crate::card::Card;
use crate::ear::Ear;
use crate::floor::{Floor, PLACES};
use crate::memory::Memory;
use crate::opus;
use crate::outbox::{Outbox, Spoken};
use crate::peer::Way;
use crate::words::{Gate, PeerKey, Speaker};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

/// What became of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It went to so many listeners here.
    By(u64),
    /// The gate is shut, or another opening's.
    Shut,
    /// It came before, or is older than anybody remembers.
    Old,
}

/// A room's share.
pub(crate) struct Room {
    stage: Air,
    backstage: Air,
    talkers: Talkers,
    ears: Vec<(u32, Ear)>,
    at: HashMap<u32, usize>,
}

/// A place on the floor, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seat {
    pub peer: PeerKey,
    pub speaker: Speaker,
    /// Who left and came back has another turn.
    pub turn: u32,
}

struct Known {
    card: Arc<Card>,
    memory: Memory,
}

type Talkers = HashMap<PeerKey, Known>;

/// Who is heard of all who speak on stage, or backstage: two airs that never mix.
struct Air {
    floor: Floor,
    /// Counts the changes of the floor, so that a listener's lines are looked at only then.
    version: u32,
    places: [Option<Seat>; PLACES],
}

impl Air {
    fn new() -> Self {
        Self { floor: Floor::default(), version: 1, places: [None; PLACES] }
    }

    /// Somebody speaks; says whether they have a place.
    fn hear(&mut self, now: Instant, spoken: &Spoken, talkers: &Talkers) -> bool {
        if self.floor.hear(now, spoken.peer, spoken.level) {
            self.rearrange(talkers);
        }
        self.floor.seats(spoken.peer)
    }

    fn forget(&mut self, peer: PeerKey, talkers: &Talkers) {
        if self.floor.forget(peer) {
            self.rearrange(talkers);
        }
    }

    fn rearrange(&mut self, talkers: &Talkers) {
        self.version = self.version.wrapping_add(1).max(1);
        let before = self.places;
        let seat = |peer: PeerKey| {
            let kept = before.iter().flatten().find(|seat| seat.peer == peer).copied();
            let new = || Some(Seat { peer, speaker: talkers.get(&peer)?.card.speaker, turn: self.version });
            kept.or_else(new)
        };
        self.places = self.floor.places().map(|place| place.and_then(seat));
    }
}

impl Room {
    pub fn new() -> Self {
        Self {
            stage: Air::new(),
            backstage: Air::new(),
            talkers: HashMap::new(),
            ears: Vec::new(),
            at: HashMap::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.ears.is_empty() && self.talkers.is_empty()
    }

    pub fn knows(&self, peer: PeerKey) -> bool {
        self.talkers.contains_key(&peer)
    }

    /// Somebody speaks here from now on.
    pub fn meet(&mut self, card: Arc<Card>) {
        self.talkers.entry(card.peer).or_insert(Known { card, memory: Memory::default() });
    }

    /// A packet of somebody: to all listeners who are to hear them.
    pub fn hear(&mut self, now: Instant, spoken: &Spoken, out: &mut Outbox) -> Heard {
        let Some(known) = self.talkers.get_mut(&spoken.peer) else { return Heard::Shut };
        let gate = known.card.lets_through(spoken.opening);
        if gate == Gate::Shut {
            return Heard::Shut;
        }
        if !known.memory.is_new(spoken.seq) {
            return Heard::Old;
        }
        let air = if gate == Gate::Stage { &mut self.stage } else { &mut self.backstage };
        if !air.hear(now, spoken, &self.talkers) {
            return Heard::By(0);
        }
        if let Some(known) = self.talkers.get_mut(&spoken.peer) {
            known.memory.keep(now, spoken);
        }
        let mut count = 0;
        for (_, ear) in &mut self.ears {
            let sent = if gate == Gate::Stage {
                ear.assign(air.version, &air.places);
                ear.send(now, spoken, out)
            } else {
                ear.send_backstage(now, air.version, &air.places, spoken, out)
            };
            count += u64::from(sent);
        }
        Heard::By(count)
    }

    /// A listener did not get this packet of this line; says whether it went out again.
    pub fn missing(&mut self, now: Instant, slot: u32, source: u32, seq: u16, out: &mut Outbox) -> bool {
        let Some(ear) = self.at.get(&slot).and_then(|at| self.ears.get_mut(*at)) else { return false };
        let Some((peer, number)) = ear.1.missed(now, source, seq) else { return false };
        let Some(known) = self.talkers.get(&peer) else { return false };
        let line = ear.1.hears_on(source);
        let heard = |it: &&Spoken| line != Gate::Shut && known.card.lets_through(it.opening) == line;
        let spoken = known.memory.find(now, number).filter(heard);
        spoken.is_some_and(|spoken| ear.1.again(source, seq, spoken, out))
    }

    /// Somebody's gate was set: nothing of theirs is kept, and where they are not heard any more their place is free.
    /// Says how many packets of silence went out.
    pub fn regate(&mut self, now: Instant, peer: PeerKey, out: &mut Outbox) -> u64 {
        let Some(known) = self.talkers.get_mut(&peer) else { return 0 };
        known.memory.purge();
        let (gate, speaker) = (known.card.opening().gate(), known.card.speaker);
        self.cut_off(now, peer, speaker, gate, out)
    }

    /// Somebody is gone. Says how many packets of silence went out.
    pub fn forget(&mut self, now: Instant, peer: PeerKey, out: &mut Outbox) -> u64 {
        let Some(known) = self.talkers.remove(&peer) else { return 0 };
        self.cut_off(now, peer, known.card.speaker, Gate::Shut, out)
    }

    /// Forget those whose connection is over.
    pub fn sweep(&mut self, now: Instant, out: &mut Outbox) -> u64 {
        let gone: Vec<_> =
            self.talkers.values().filter(|known| known.card.is_gone()).map(|known| known.card.peer).collect();
        gone.into_iter().map(|peer| self.forget(now, peer, out)).sum()
    }

    /// Somebody's last word was said, but for where they are heard from now on: whoever heard it hears silence, and
    /// their place is free.
    fn cut_off(
        &mut self,
        now: Instant,
        peer: PeerKey,
        speaker: Speaker,
        heard: Gate,
        out: &mut Outbox,
    ) -> u64 {
        let mut silence = Spoken::SILENT;
        silence.speaker = speaker;
        let Some(silence) = silence.with(&opus::SILENCE) else { return 0 };
        let mut sent = 0;
        for (gate, air) in [(Gate::Stage, &mut self.stage), (Gate::Backstage, &mut self.backstage)] {
            if gate != heard {
                sent += self
                    .ears
                    .iter_mut()
                    .map(|(_, ear)| ear.rest(now, gate, peer, &silence, out))
                    .sum::<u64>();
                air.forget(peer, &self.talkers);
            }
        }
        sent
    }

    pub fn listen(&mut self, slot: u32, ear: Ear) {
        self.deafen(slot);
        self.at.insert(slot, self.ears.len());
        self.ears.push((slot, ear));
    }

    /// A listener is gone.
    pub fn deafen(&mut self, slot: u32) {
        let Some(at) = self.at.remove(&slot) else { return };
        self.ears.swap_remove(at);
        if let Some((moved, _)) = self.ears.get(at) {
            self.at.insert(*moved, at);
        }
    }

    /// A listener's sound goes another way from now on.
    pub fn redirect(&mut self, slot: u32, way: Way) {
        if let Some(ear) = self.ear(slot) {
            ear.way = way;
        }
    }

    pub fn ear(&mut self, slot: u32) -> Option<&mut Ear> {
        self.at.get(&slot).and_then(|at| self.ears.get_mut(*at)).map(|(_, ear)| ear)
    }
}
