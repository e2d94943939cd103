//! A room's programme as everybody sees it: who is to hear it, and what its listeners lose. A handful of numbers without
//! a lock.

use crate::losses::{STEPS, step, without_the_worst};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Protection against more than this would leave too little for the sound itself.
const MOST: u8 = 30;

/// One room's programme.
#[derive(Debug, Default)]
pub(crate) struct Channel {
    on: AtomicBool,
    held_back: AtomicBool,
    streamed: AtomicBool,
    mixed: AtomicBool,
    /// Counts whatever may change who hears it.
    turns: AtomicU32,
    /// How many have it on their line now.
    tuned: AtomicU32,
    /// How many listeners lose how much, by their latest reports.
    losses: [AtomicU32; STEPS.len()],
    /// In milliseconds.
    delay: AtomicU32,
}

/// Among whom a listener counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step(usize);

impl Channel {
    /// The audience hears it.
    pub fn set_on(&self, on: bool) {
        self.on.store(on, Ordering::Release);
        self.turn();
    }

    /// It is held back for safety: nobody in the audience hears voices.
    pub fn set_held_back(&self, held_back: bool) {
        self.held_back.store(held_back, Ordering::Release);
        self.turn();
    }

    pub fn set_streamed(&self, streamed: bool) {
        self.streamed.store(streamed, Ordering::Release);
    }

    pub fn is_on(&self) -> bool {
        self.on.load(Ordering::Acquire) || self.is_held_back()
    }

    pub fn is_held_back(&self) -> bool {
        self.held_back.load(Ordering::Acquire)
    }

    /// It has to be mixed, for streams or for those who have it on their line still.
    pub fn is_used(&self) -> bool {
        self.streamed.load(Ordering::Acquire) || self.tuned.load(Ordering::Acquire) > 0
    }

    /// Whether what is said has to reach the mixer.
    pub fn is_mixed(&self) -> bool {
        self.mixed.load(Ordering::Acquire)
    }

    pub fn set_mixed(&self, mixed: bool) {
        self.mixed.store(mixed, Ordering::Release);
    }

    /// Something changed by which somebody may have to hear something else.
    pub fn turn(&self) {
        self.turns.fetch_add(1, Ordering::Release);
    }

    /// Differs from what it was before whenever somebody may have to hear something else.
    pub fn turns(&self) -> u32 {
        self.turns.load(Ordering::Acquire)
    }

    pub fn tune_in(&self) {
        self.tuned.fetch_add(1, Ordering::AcqRel);
    }

    pub fn tune_out(&self) {
        self.tuned.fetch_sub(1, Ordering::AcqRel);
    }

    /// How much later it leaves than what is said comes in, in milliseconds.
    pub fn delay(&self) -> u32 {
        self.delay.load(Ordering::Relaxed)
    }

    pub fn set_delay(&self, milliseconds: u32) {
        self.delay.store(milliseconds, Ordering::Relaxed);
    }

    /// A listener who counted as `before` lost this share lately, in percent: however often they say so, they are one.
    pub fn lost(&self, before: Option<Step>, percent: u8) -> Step {
        let step = Step(step(percent));
        self.losses[step.0].fetch_add(1, Ordering::Relaxed);
        self.forget(before);
        step
    }

    /// A listener who counted as this hears the programme no more.
    pub fn forget(&self, before: Option<Step>) {
        before.into_iter().for_each(|step| _ = self.losses[step.0].fetch_sub(1, Ordering::Relaxed));
    }

    /// What all but the worst tenth of its listeners lose less than, in percent, as far as protection helps.
    pub fn loss(&self) -> u8 {
        let counts = self.losses.each_ref().map(|count| count.load(Ordering::Relaxed));
        without_the_worst(counts).unwrap_or(0).min(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::Channel;

    #[test]
    fn what_the_worst_tenth_loses_is_not_planned_for() {
        let channel = Channel::default();

        let all: Vec<_> = (0..100).map(|at| channel.lost(None, if at < 10 { 60 } else { 3 })).collect();
        let first = channel.loss();
        let all: Vec<_> = (0..)
            .zip(all)
            .map(|(at, before)| channel.lost(Some(before), if at < 20 { 20 } else { 0 }))
            .collect();
        let second = channel.loss();
        all.into_iter().for_each(|step| channel.forget(Some(step)));

        assert_eq!((first, second, channel.loss()), (4, 25, 0));
    }

    #[test]
    fn who_says_it_a_hundred_times_is_one() {
        let channel = Channel::default();
        (0..10).for_each(|_| _ = channel.lost(None, 0));

        (0..100).fold(None, |before, _| Some(channel.lost(before, 100)));

        assert_eq!(channel.loss(), 0);
    }

    #[test]
    fn who_loses_everything_is_planned_for_as_far_as_it_helps() {
        let channel = Channel::default();

        channel.lost(None, 100);

        assert_eq!(channel.loss(), 30);
    }
}
