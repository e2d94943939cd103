//! What listeners report to have lost, gathered without a lock so that one who claims everything decides nothing.

use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::Relaxed};

/// Shares lost, in percent, up to which a report counts as of this step.
pub(crate) const STEPS: [u8; 8] = [0, 2, 4, 7, 11, 17, 25, 100];
/// One in so many listeners may lose more than is planned for.
const LEFT_OUT: u32 = 10;
/// In milliseconds: for so long each listener counts once. Browsers report about every five seconds.
const SPAN: u64 = 5000;
/// Beyond this no speaker's encoder is told more: what it then spends on protection would be missing in the sound.
const MOST_TOLD: u8 = 20;

/// As of which step a share lost counts, in percent.
pub(crate) fn step(percent: u8) -> usize {
    STEPS.iter().position(|most| percent <= *most).unwrap_or(STEPS.len() - 1)
}

/// What all but the worst tenth lose no more than, in percent, where so many count as of each step; none where none do.
pub(crate) fn without_the_worst(counts: [u32; STEPS.len()]) -> Option<u8> {
    let all: u32 = counts.iter().sum();
    let mut above = all;
    let covers = |count: &u32| {
        above -= count;
        above * LEFT_OUT <= all
    };
    let step = counts.iter().position(covers).unwrap_or(STEPS.len() - 1);
    (all > 0).then_some(STEPS[step])
}

/// Reports by how much was lost.
#[derive(Debug, Default)]
pub(crate) struct Losses([AtomicU32; STEPS.len()]);

impl Losses {
    /// A listener lost this share lately, in percent.
    pub fn note(&self, percent: u8) {
        self.0[step(percent)].fetch_add(1, Relaxed);
    }

    /// What all but the worst tenth of the reports since the last asking stay below, in percent; none where none came.
    pub fn take(&self) -> Option<u8> {
        without_the_worst(self.0.each_ref().map(|count| count.swap(0, Relaxed)))
    }
}

/// Five seconds in which each listener counts once, by the number of milliseconds since the doors' beginning.
pub(crate) fn span(at: u64) -> u32 {
    // One more, so that nobody has counted in the first yet.
    (at / SPAN) as u32 + 1
}

/// How one speaker's own voice reaches those who hear it: reports of this span are gathered while those of the one before
/// are read.
#[derive(Debug, Default)]
pub(crate) struct Reception {
    gathered: [Losses; 2],
    read_in: AtomicU32,
    told: AtomicU8,
}

impl Reception {
    /// A listener lost this share of it lately, in percent.
    pub fn note(&self, span: u32, percent: u8) {
        self.gathered[span as usize % 2].note(percent);
    }

    /// What the speaker's encoder should expect, in percent: as much as was lost in the span before, and where that is
    /// less than it was, one step less.
    pub fn told(&self, span: u32) -> u8 {
        let read_in = self.read_in.swap(span, Relaxed);
        if read_in == span {
            return self.told.load(Relaxed);
        }
        let before = self.gathered[(span + 1) as usize % 2].take();
        let told = if read_in + 1 == span {
            before.unwrap_or(0).min(MOST_TOLD).max(step_below(self.told.load(Relaxed)))
        } else {
            // Nobody asked for a while: what was gathered is of no one time.
            self.gathered[span as usize % 2].take();
            0
        };
        self.told.store(told, Relaxed);
        told
    }
}

fn step_below(percent: u8) -> u8 {
    STEPS.into_iter().rev().find(|step| *step < percent).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Losses, Reception, span};

    /// What is told from span to span, when so many listeners report these shares in each.
    fn told(spans: &[&[(usize, u8)]]) -> Vec<u8> {
        let reception = Reception::default();
        let each = spans.iter().zip(1..).map(|(reports, span)| {
            for (listeners, percent) in *reports {
                (0..*listeners).for_each(|_| reception.note(span, *percent));
            }
            _ = reception.told(span);
            reception.told(span + 1)
        });
        each.collect()
    }

    #[test]
    fn what_the_worst_tenth_loses_is_not_planned_for() {
        let losses = Losses::default();

        (0..90).for_each(|_| losses.note(3));
        (0..10).for_each(|_| losses.note(60));
        let first = losses.take();
        (0..80).for_each(|_| losses.note(0));
        (0..20).for_each(|_| losses.note(20));

        assert_eq!((first, losses.take(), losses.take()), (Some(4), Some(25), None));
    }

    #[test]
    fn a_speaker_is_told_of_losses_in_the_next_span_and_of_their_end_step_by_step() {
        let bad: &[(usize, u8)] = &[(10, 0), (10, 10)];
        let good: &[(usize, u8)] = &[(20, 0)];

        assert_eq!(told(&[good, bad, good, &[], good, good, good]), [0, 11, 7, 4, 2, 0, 0]);
    }

    #[test]
    fn who_loses_everything_is_planned_for_as_far_as_it_helps() {
        assert_eq!(told(&[&[(5, 100)]]), [20]);
    }

    #[test]
    fn what_was_gathered_while_nobody_asked_is_of_no_use() {
        let reception = Reception::default();
        (1..9).for_each(|span| reception.note(span, 50));

        assert_eq!([9, 10, 11].map(|span| reception.told(span)), [0, 0, 0]);
    }

    #[test]
    fn a_span_is_five_seconds() {
        assert_eq!([0, 4999, 5000].map(span), [1, 1, 2]);
    }
}
