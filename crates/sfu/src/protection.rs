//! How much of what was said before goes along with each packet, by what a listener reports to have lost.

/// What a packet of the programme carries beside its own 20 ms (RFC 2198).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Nothing.
    #[default]
    Plain,
    /// The packet before.
    One,
    /// The packet before and the third before, so that a burst of losses is covered too.
    Two,
}

impl Form {
    /// How many packets back each copy lies, the oldest first.
    pub fn copies(self) -> &'static [u64] {
        match self {
            Self::Plain => &[],
            Self::One => &[1],
            Self::Two => &[3, 1],
        }
    }
}

/// More lost than this, in 1/256, asks for one copy, and for two.
const ONE_FROM: u8 = 8;
const TWO_FROM: u8 = 20;
/// Reports in a row that ask for more before there is more, and for less before there is less.
const WORSE: u8 = 2;
const CALM: u8 = 6;

/// One listener's, from report to report (about five seconds each).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Protection {
    pub form: Form,
    worse: u8,
    calm: u8,
}

impl Protection {
    /// A report of the share lost since the one before, in 1/256 (RFC 3550, section 6.4.1).
    pub fn note(&mut self, fraction_lost: u8) {
        let wanted = match fraction_lost {
            TWO_FROM.. => Form::Two,
            ONE_FROM.. => Form::One,
            _ => Form::Plain,
        };
        let (worse, calm) = (wanted > self.form, wanted < self.form);
        self.worse = if worse { self.worse + 1 } else { 0 };
        self.calm = if calm { self.calm + 1 } else { 0 };
        if self.worse == WORSE {
            *self = Self { form: wanted, ..Self::default() };
        } else if self.calm == CALM {
            let form = if self.form == Form::Two { Form::One } else { Form::Plain };
            *self = Self { form, ..Self::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Protection};

    fn after(reports: &[u8]) -> Vec<Form> {
        let mut protection = Protection::default();
        let each = reports.iter().map(|lost| {
            protection.note(*lost);
            protection.form
        });
        each.collect()
    }

    #[test]
    fn one_bad_report_changes_nothing_and_two_do() {
        use Form::{One, Plain, Two};

        assert_eq!(after(&[26, 2, 26, 26]), [Plain, Plain, Plain, Two]);
        assert_eq!(after(&[10, 10, 26, 26]), [Plain, One, One, Two]);
    }

    #[test]
    fn six_calm_reports_go_one_step_back() {
        let calm = after(&[&[26, 26][..], &[0; 12]].concat());

        assert_eq!(calm[1..8], [&[Form::Two; 6][..], &[Form::One]].concat());
        assert_eq!(calm[8..], [&[Form::One; 5][..], &[Form::Plain]].concat());
    }

    #[test]
    fn who_loses_as_much_as_before_keeps_what_they_have() {
        assert_eq!(after(&[26; 30])[1..], [Form::Two; 29]);
    }

    #[test]
    fn between_two_steps_nothing_goes_up_and_down() {
        let forms = after(&[10, 10, 2, 2, 10, 2, 2, 10, 2, 2, 10]);

        assert_eq!(forms[1..], [Form::One; 10]);
    }
}
