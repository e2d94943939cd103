//! When somebody spoke: for the score, for shares of talking time, and for where a chapter begins.

/// When somebody spoke, in nanoseconds of the Unix clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first voiced frame.
    pub begins: i64,
    /// The end of the last one.
    pub ends: i64,
}

/// Louder than this (−dBov) counts as speech.
const VOICED: u8 = 60;
/// A breath within a sentence.
const BREATH: i64 = 600_000_000;
/// Shorter than this, somebody coughed.
const COUGH: i64 = 100_000_000;

/// Gathers them, frame by frame.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    done: Vec<Span>,
    open: Option<Span>,
}

impl Spans {
    /// A frame of this loudness, said at `begins`, so many nanoseconds long.
    pub fn note(&mut self, begins: i64, lasts: i64, level: u8) {
        if level >= VOICED {
            return;
        }
        let ends = begins + lasts;
        match &mut self.open {
            Some(open) if begins - open.ends <= BREATH => open.ends = open.ends.max(ends),
            _ => {
                self.close();
                self.open = Some(Span { begins, ends });
            }
        }
    }

    /// All of them.
    pub fn all(mut self) -> Vec<Span> {
        self.close();
        self.done
    }

    fn close(&mut self) {
        self.done.extend(self.open.take().filter(|span| span.ends - span.begins >= COUGH));
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Spans};

    const MS: i64 = 1_000_000;

    #[test]
    fn breaths_are_within_and_coughs_are_nothing() {
        let mut spans = Spans::default();
        let mut frame = |at: i64, level| spans.note(at * MS, 20 * MS, level);
        (0..10).for_each(|at| frame(1000 + at * 20, 30));
        (10..30).for_each(|at| frame(1000 + at * 20, 90));
        (30..40).for_each(|at| frame(1000 + at * 20, 30));
        frame(5000, 10);
        (0..6).for_each(|at| frame(9000 + at * 20, 59));

        let span = |begins: i64, ends: i64| Span { begins: begins * MS, ends: ends * MS };
        assert_eq!(spans.all(), [span(1000, 1800), span(9000, 9120)]);
    }
}
