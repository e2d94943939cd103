//! The fast lane: everybody here who hears a room's programme, kept close together, since each packet goes to all of them.

use crate::ahead::fetch;
use crate::budget::Budget;
use crate::mixed::Mixed;
use crate::outbox::Outbox;
use crate::past::Past;
use crate::peer::Way;
use crate::programme_line::ProgrammeLine;
use crate::srtp::Sealer;
use crate::template::Template;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A pause is one when it is so many packets long.
const PAUSE: u32 = 6;

/// So many listeners before their turn their keys are fetched; whoever they are, as long again before that.
const AHEAD: usize = 3;

/// One who hears the programme.
pub(crate) struct Listener {
    pub slot: u32,
    pub way: Way,
    pub sealer: Arc<Sealer>,
    pub line: ProgrammeLine,
}

/// All of them on this worker.
#[derive(Default)]
pub(crate) struct Lane {
    listeners: Vec<Listener>,
    at: HashMap<u32, usize>,
    past: Past,
    /// The packets of the latest round, one for each kind of listeners.
    templates: Vec<Template>,
    /// When the latest packet came, and its RTP time.
    latest: Option<(Instant, u64)>,
    quiet: u32,
    /// Who is served first: another one each time, so that nobody is always last.
    turn: usize,
}

impl Lane {
    /// Somebody hears the programme from the next packet on, or from so many later.
    pub fn join(&mut self, mut listener: Listener, later: u64) {
        listener.line.begin(self.past.count() + later);
        self.at.insert(listener.slot, self.listeners.len());
        self.listeners.push(listener);
    }

    /// Somebody hears it no more.
    pub fn part(&mut self, slot: u32) -> Option<Listener> {
        let at = self.at.remove(&slot)?;
        let gone = self.listeners.swap_remove(at);
        if let Some(moved) = self.listeners.get(at) {
            self.at.insert(moved.slot, at);
        }
        Some(gone)
    }

    pub fn get(&mut self, slot: u32) -> Option<&mut Listener> {
        self.at.get(&slot).and_then(|at| self.listeners.get_mut(*at))
    }

    /// A packet of the programme: to everybody; says to how many.
    pub fn send(&mut self, now: Instant, mixed: &Mixed, out: &mut Outbox) -> u64 {
        let number = self.past.count();
        self.past.keep(now, mixed);
        self.latest = Some((now, mixed.time));
        self.quiet = if mixed.quiet { self.quiet + 1 } else { 0 };
        self.templates.clear();
        self.turn = self.turn.wrapping_add(1);
        let middle = self.turn % self.listeners.len().max(1);
        let (past, templates) = (&self.past, &mut self.templates);
        let count = self.listeners.len();
        let mut sent = 0;
        for at in (middle..count).chain(0..middle) {
            look_ahead(&self.listeners, at);
            sent += u64::from(self.listeners[at].send(number, past, templates, out));
        }
        sent
    }

    /// A listener did not get this packet; says whether it went out again, the same to the last bit.
    pub fn again(&mut self, now: Instant, slot: u32, seq: u16, again: &mut Budget, out: &mut Outbox) -> bool {
        let Some(listener) = self.at.get(&slot).and_then(|at| self.listeners.get(*at)) else { return false };
        let Some(number) = listener.line.number_of(seq) else { return false };
        if self.past.in_time(now, number).is_none() || !again.take(now) {
            return false;
        }
        let kind = listener.line.kind_at(number);
        let template = Template::of(kind, number, &self.past);
        template.is_some_and(|template| listener.seal(&template, number, out))
    }

    /// Nobody has been heard for a moment: who changes over now misses nothing.
    pub fn pauses(&self) -> bool {
        self.quiet >= PAUSE
    }

    /// RTP time of the programme at this moment.
    pub fn time_at(&self, now: Instant) -> u64 {
        let (at, time) = self.latest.unwrap_or((now, 0));
        time + crate::clock::ticks(now.saturating_duration_since(at))
    }

    /// No packet came for so long.
    pub fn rests(&self, now: Instant, so_long: Duration) -> bool {
        self.latest.is_none_or(|(at, _)| now.saturating_duration_since(at) > so_long)
    }

    /// All who hear it.
    pub fn listeners(&self) -> impl Iterator<Item = &Listener> {
        self.listeners.iter()
    }
}

/// Have the next ones' numbers and keys come into the cache while this one is served.
fn look_ahead(listeners: &[Listener], at: usize) {
    listeners.get(at + 2 * AHEAD).inspect(|soon| fetch(*soon));
    listeners.get(at + AHEAD).inspect(|soon| fetch(&*soon.sealer));
}

impl Listener {
    fn send(&mut self, number: u64, past: &Past, templates: &mut Vec<Template>, out: &mut Outbox) -> bool {
        let Some(kind) = self.line.next(number) else { return false };
        let at = templates.iter().position(|template| template.is(kind, number)).unwrap_or(templates.len());
        if at == templates.len() {
            templates.extend(Template::of(kind, number, past));
        }
        let Some(template) = templates.get(at) else { return false };
        self.line.count(template.octets());
        self.seal(template, number, out)
    }

    fn seal(&self, template: &Template, number: u64, out: &mut Outbox) -> bool {
        let seq = self.line.seq_of(number);
        self.line.assert_unused(seq, template);
        out.datagram(self.way.from, self.way.to, |bytes| {
            let (header, len) = template.write(self.line.source, seq, bytes)?;
            self.sealer.rtp(bytes, header, len, (seq >> 16) as u32)
        })
    }
}
