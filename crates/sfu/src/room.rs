//! One room as far as it sits on one worker: who is heard of all who speak, and the listeners here.

use crate::card::Card;
use crate::channel::Channel;
use crate::ear::Ear;
use crate::floor::{Floor, PLACES};
use crate::lane::Lane;
use crate::memory::Memory;
use crate::mixed::Mixed;
use crate::opus;
use crate::outbox::{Outbox, Spoken};
use crate::peer::Way;
use crate::words::{Gate, PeerKey, Speaker};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// Who is to hear something else waits so long for a pause.
const PATIENCE: Duration = Duration::from_secs(3);
/// Where there was none: so many packets of silence, so that no word is heard twice when the programme, which comes
/// later than the voices, takes over.
const GAP: u64 = 5;
/// A programme of which nothing came for so long is over.
const OVER: Duration = Duration::from_secs(1);

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
    /// Those who hear voices first, then those who hear the programme.
    ears: Vec<(u32, Ear)>,
    at: HashMap<u32, usize>,
    hear_voices: usize,
    channel: Arc<Channel>,
    lane: Lane,
    /// What the channel counted when it was last looked who is to hear what.
    turns: u32,
    /// Who is to hear something else, and since when.
    changing: Vec<(u32, Instant)>,
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
    pub fn new(channel: Arc<Channel>) -> Self {
        Self {
            stage: Air::new(),
            backstage: Air::new(),
            talkers: HashMap::new(),
            ears: Vec::new(),
            at: HashMap::new(),
            hear_voices: 0,
            turns: channel.turns(),
            channel,
            lane: Lane::default(),
            changing: Vec::new(),
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
        let hearers = if gate == Gate::Stage { self.hear_voices } else { self.ears.len() };
        for (_, ear) in &mut self.ears[..hearers] {
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
        if self.lane.get(slot).is_some_and(|listener| listener.line.source == source) {
            return self.lane.again(now, slot, seq, &mut ear.1.again, out);
        }
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

    /// Somebody listens here from now on, to what they are to hear at once.
    pub fn listen(&mut self, slot: u32, ear: Ear) {
        self.deafen(slot);
        let programme = ear.card.hears_programme();
        self.ears.push((slot, ear));
        self.at.insert(slot, self.ears.len() - 1);
        self.swap(self.ears.len() - 1, self.hear_voices);
        self.hear_voices += 1;
        if programme {
            self.tune_in(slot, 0);
        }
    }

    /// A listener is gone.
    pub fn deafen(&mut self, slot: u32) {
        self.tune_out(slot);
        let Some(at) = self.at.remove(&slot) else { return };
        self.hear_voices -= 1;
        self.swap(at, self.hear_voices);
        let last = self.ears.len() - 1;
        self.swap(self.hear_voices, last);
        self.ears.pop();
        self.at.remove(&slot);
    }

    /// A packet of the programme: to everybody who hears it; says to how many.
    pub fn programme(&mut self, now: Instant, at: u64, mixed: &Mixed, out: &mut Outbox) -> u64 {
        let sent = self.lane.send(now, mixed, out);
        sent + self.change_over(now, at, out)
    }

    /// Whoever is to hear something else changes over in a pause, when they are heard themselves, or when there was no
    /// pause for too long. `at` is now, in the doors' milliseconds. Says how many packets of silence went out.
    pub fn change_over(&mut self, now: Instant, at: u64, out: &mut Outbox) -> u64 {
        let turns = self.channel.turns();
        if turns != self.turns {
            self.turns = turns;
            self.look_who_changes(now);
        }
        if self.changing.is_empty() {
            return 0;
        }
        let (over, pauses) = (self.lane.rests(now, OVER), self.lane.pauses());
        let mut sent = 0;
        for (slot, since) in std::mem::take(&mut self.changing) {
            let Some(ear) = self.at.get(&slot).and_then(|at| self.ears.get(*at)) else { continue };
            let (wanted, speaks) = (ear.1.card.hears_programme(), ear.1.card.speaks(at).is_some());
            let late = now.saturating_duration_since(since) > PATIENCE;
            if wanted && !over && (pauses || late) {
                sent += self.hush(now, slot, out);
                self.tune_in(slot, if pauses { 0 } else { GAP });
            } else if !wanted && (over || pauses || late || speaks) {
                self.tune_out(slot);
            } else {
                self.changing.push((slot, since));
            }
        }
        sent
    }

    fn look_who_changes(&mut self, now: Instant) {
        let before: HashMap<u32, Instant> = self.changing.drain(..).collect();
        for (at, (slot, ear)) in self.ears.iter().enumerate() {
            if ear.card.hears_programme() != (at >= self.hear_voices) {
                self.changing.push((*slot, before.get(slot).copied().unwrap_or(now)));
            }
        }
    }

    fn hush(&mut self, now: Instant, slot: u32, out: &mut Outbox) -> u64 {
        let silence = Spoken::SILENT.with(&opus::SILENCE);
        let ear = self.at.get(&slot).and_then(|at| self.ears.get_mut(*at));
        ear.zip(silence).map_or(0, |((_, ear), silence)| ear.hush(now, &silence, out))
    }

    /// This listener hears the programme, from so many packets on.
    fn tune_in(&mut self, slot: u32, later: u64) {
        let Some(at) = self.at.get(&slot).copied().filter(|at| *at < self.hear_voices) else { return };
        let ear = &mut self.ears[at].1;
        let Some(listener) = ear.listener(slot) else { return };
        ear.card.tally.on_programme.store(1, Relaxed);
        self.lane.join(listener, later);
        self.channel.tune_in();
        self.hear_voices -= 1;
        self.swap(at, self.hear_voices);
    }

    /// This listener hears voices.
    fn tune_out(&mut self, slot: u32) {
        let Some(at) = self.at.get(&slot).copied().filter(|at| *at >= self.hear_voices) else { return };
        if let Some(mut listener) = self.lane.part(slot) {
            self.channel.forget(listener.line.told.take());
            let ear = &mut self.ears[at].1;
            ear.take_back(listener.line);
            ear.card.tally.on_programme.store(0, Relaxed);
            self.channel.tune_out();
        }
        self.swap(at, self.hear_voices);
        self.hear_voices += 1;
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.ears.swap(one, other);
        for at in [one, other] {
            self.at.insert(self.ears[at].0, at);
        }
    }

    /// A listener says how much of a source they lost lately, in 1/256: of the programme, or of somebody's voice.
    pub fn lost(&mut self, slot: u32, source: u32, fraction: u8, span: u32) {
        let percent = (u32::from(fraction) * 100 / 256) as u8;
        let Some(listener) = self.lane.get(slot).filter(|listener| listener.line.source == source) else {
            return self.voice_lost(slot, source, percent, span);
        };
        listener.line.lost(fraction);
        let copies = listener.line.copies();
        listener.line.told = Some(self.channel.lost(listener.line.told, percent));
        if let Some(ear) = self.ear(slot) {
            ear.card.tally.copies.store(copies, Relaxed);
        }
    }

    fn voice_lost(&mut self, slot: u32, source: u32, percent: u8, span: u32) {
        let Some(ear) = self.ear(slot) else { return };
        let heard = ear.hears_on(source);
        let Some(peer) = ear.reports_on(source, span) else { return };
        let Some(card) = self.talkers.get(&peer).map(|known| &known.card) else { return };
        if heard != Gate::Shut && card.opening().gate() == heard {
            card.reception.note(span, percent);
        }
    }

    /// Tell a listener how far our sources are; says how many reports went out.
    pub fn report_to(&mut self, now: Instant, slot: u32, ntp: u64, out: &mut Outbox) -> u64 {
        let Some((_, ear)) = self.at.get(&slot).and_then(|at| self.ears.get_mut(*at)) else { return 0 };
        let time = self.lane.time_at(now);
        let programme = self.lane.get(slot).map(|listener| (&mut listener.line, time));
        ear.report(now, ntp, programme, out)
    }

    /// A listener's sound goes another way from now on.
    pub fn redirect(&mut self, slot: u32, way: Way) {
        if let Some(listener) = self.lane.get(slot) {
            listener.way = way;
        }
        if let Some(ear) = self.ear(slot) {
            ear.goes(way);
        }
    }

    pub fn ear(&mut self, slot: u32) -> Option<&mut Ear> {
        self.at.get(&slot).and_then(|at| self.ears.get_mut(*at)).map(|(_, ear)| ear)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        for listener in self.lane.listeners() {
            self.channel.forget(listener.line.told);
            self.channel.tune_out();
        }
    }
}
