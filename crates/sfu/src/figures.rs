//! What those who run a place see of a room's listeners: how each hears, and how well; read from the cards, all at once.

use crate::card::{Card, Tally};
use crate::words::PeerKey;
use std::cmp::Reverse;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Which listeners come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Who loses most.
    Lost,
    /// Who is farthest away.
    RoundTrip,
    /// To whom it comes most unevenly.
    Jitter,
    /// Who came last.
    Newest,
}

impl By {
    /// Read its word.
    pub fn of(word: &str) -> Option<Self> {
        let all = [
            ("lost", Self::Lost),
            ("round_trip", Self::RoundTrip),
            ("jitter", Self::Jitter),
            ("newest", Self::Newest),
        ];
        all.into_iter().find(|(it, _)| *it == word).map(|(_, by)| by)
    }
}

/// A room's audience, and some of it in the order that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// How many listeners there are.
    pub all: usize,
    /// How many of them hear the programme, and with so many copies of earlier sound.
    pub programme: [usize; 3],
    /// How many of all come by TCP.
    pub by_tcp: usize,
    /// Some of them.
    pub some: Vec<Figures>,
}

/// One listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Their connection.
    pub peer: PeerKey,
    /// They hear the programme, with so many copies of earlier sound; none who hears voices.
    pub programme: Option<u64>,
    /// Their sound goes by TCP.
    pub by_tcp: bool,
    /// The share they lost lately, in 1/256.
    pub fraction_lost: u64,
    /// How long an answer of theirs takes.
    pub round_trip_ms: u64,
    /// How unevenly it comes to them.
    pub jitter_ms: u64,
    /// How much later than it came to us they get what is said, without what their browser waits.
    pub delay_ms: u64,
    /// Packets and bytes of sound that went to them.
    pub packets: u64,
    /// See `packets`.
    pub bytes: u64,
    /// For how long they have heard.
    pub heard_ms: u64,
}

impl Audience {
    /// Of these cards those who hear, at so many milliseconds; so many from the `first` on.
    pub(crate) fn of<'a>(
        cards: impl Iterator<Item = &'a Card>,
        at: u64,
        by: By,
        (first, most): (usize, usize),
    ) -> Self {
        let mut all: Vec<_> = cards.filter_map(|card| Figures::of(card, at)).collect();
        let mut audience = Self { all: all.len(), ..Self::default() };
        for one in &all {
            audience.by_tcp += usize::from(one.by_tcp);
            one.programme.into_iter().for_each(|copies| audience.programme[copies.min(2) as usize] += 1);
        }
        all.sort_unstable_by_key(|one| (one.rank(by), one.peer.0));
        audience.some = all.into_iter().skip(first).take(most).collect();
        audience
    }
}

impl Figures {
    fn of(card: &Card, at: u64) -> Option<Self> {
        let tally = &card.tally;
        let since = read(&tally.hears_since).checked_sub(1)?;
        let programme = (read(&tally.on_programme) > 0).then(|| read(&tally.copies));
        let round_trip_ms = read(&tally.round_trip_ms);
        let mixed = if programme.is_some() { card.channel.delay() } else { 0 };
        Some(Self {
            peer: card.peer,
            programme,
            by_tcp: read(&tally.by_tcp) > 0,
            fraction_lost: read(&tally.fraction_lost),
            round_trip_ms,
            jitter_ms: read(&tally.jitter_ms),
            delay_ms: u64::from(mixed) + round_trip_ms / 2,
            packets: read(&tally.packets_out),
            bytes: read(&tally.bytes_out),
            heard_ms: at.saturating_sub(since),
        })
    }

    fn rank(&self, by: By) -> (Reverse<u64>, Reverse<u64>) {
        match by {
            By::Lost => (Reverse(self.fraction_lost), Reverse(self.round_trip_ms)),
            By::RoundTrip => (Reverse(self.round_trip_ms), Reverse(self.fraction_lost)),
            By::Jitter => (Reverse(self.jitter_ms), Reverse(self.fraction_lost)),
            By::Newest => (Reverse(u64::MAX - self.heard_ms), Reverse(0)),
        }
    }
}

impl Tally {
    /// They hear from now on, in the doors' milliseconds.
    pub fn begins_to_hear(&self, at: u64) {
        self.hears_since.store(at + 1, Relaxed);
    }
}

fn read(value: &AtomicU64) -> u64 {
    value.load(Relaxed)
}

#[cfg(test)]
mod tests {
    use super::{Audience, By};
    use crate::card::Card;
    use crate::channel::Channel;
    use crate::words::{PeerKey, RoomKey, Speaker};
    use std::sync::Arc;
    use std::sync::atomic::Ordering::Relaxed;

    /// Listeners who lose so much, each farther away than the one before; and a file that only speaks.
    fn cards(shares: &[u64]) -> Vec<Card> {
        let channel = Arc::<Channel>::default();
        let all = (0..=shares.len() as u64).map(|at| {
            let card = Card::new(PeerKey(at), RoomKey(1), Speaker(at as u32), channel.clone());
            if let Some(share) = shares.get(at as usize) {
                card.tally.begins_to_hear(1000 * at);
                card.tally.fraction_lost.store(*share, Relaxed);
                card.tally.round_trip_ms.store(10 * at, Relaxed);
            }
            card
        });
        all.collect()
    }

    fn peers(cards: &[Card], by: &str, first: usize, most: usize) -> Vec<u64> {
        let by = By::of(by).expect("a word that is known");
        let audience = Audience::of(cards.iter(), 60_000, by, (first, most));
        assert_eq!(audience.all, 4);
        audience.some.iter().map(|one| one.peer.0).collect()
    }

    #[test]
    fn listeners_come_in_the_order_asked_for_a_page_at_a_time() {
        let cards = cards(&[5, 80, 5, 0]);

        assert_eq!(peers(&cards, "lost", 0, 9), [1, 2, 0, 3]);
        assert_eq!(peers(&cards, "round_trip", 0, 2), [3, 2]);
        assert_eq!(peers(&cards, "newest", 2, 2), [1, 0]);
        assert_eq!(peers(&cards, "jitter", 4, 2), [0; 0]);
        assert_eq!(By::of("name"), None);
    }

    #[test]
    fn who_hears_the_programme_is_told_its_delay_too() {
        let cards = cards(&[0, 0]);
        cards[0].channel.set_delay(60);
        cards[1].tally.on_programme.store(1, Relaxed);
        cards[1].tally.copies.store(2, Relaxed);

        let audience = Audience::of(cards.iter(), 5000, By::Newest, (0, 9));

        let told: Vec<_> = audience.some.iter().map(|it| (it.programme, it.delay_ms, it.heard_ms)).collect();
        assert_eq!(told, [(Some(2), 65, 4000), (None, 0, 5000)]);
        assert_eq!((audience.programme, audience.by_tcp), ([0, 0, 1], 0));
    }
}
