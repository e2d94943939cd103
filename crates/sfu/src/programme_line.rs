//! The line on which a listener hears the programme: its source, its numbers, and what goes along with each packet.

use crate::channel::Step;
use crate::protection::{Form, Protection};
use crate::sdp;
use crate::template::{Kind, Template};

/// Changes of form a retransmission can look back over.
const CHANGES: usize = 4;

/// A line as it was negotiated, and where it stands. Numbers of the room's packets on this worker map to the line's own
/// by one sum, set anew whenever the listener comes back to the programme; so the line's numbers have no hole, and its
/// roll-over counter begins with the listener (RFC 3711, section 3.3.1).
#[derive(Debug, Clone)]
pub(crate) struct ProgrammeLine {
    pub source: u32,
    payload_type: u8,
    red: Option<u8>,
    level_extension: Option<u8>,
    protection: Protection,
    /// Among whom the listener counts by what they lose.
    pub told: Option<Step>,
    /// From which packet on which form went along, the latest first.
    forms: [(u64, Form); CHANGES],
    /// The first packet since the listener came to the programme.
    first: u64,
    /// The line's number of that packet.
    first_seq: u64,
    /// The packet after the latest.
    next: u64,
    pub packets: u32,
    pub octets: u32,
    pub reported: u32,
    #[cfg(any(debug_assertions, feature = "fault-inject"))]
    used: std::cell::RefCell<Used>,
}

impl ProgrammeLine {
    /// None when nothing may be sent on this line.
    pub fn new(line: &sdp::Line, first_seq: u64) -> Option<Self> {
        Some(Self {
            source: line.source?,
            payload_type: line.payload_type,
            red: line.red,
            level_extension: line.level_extension,
            protection: Protection::default(),
            told: None,
            forms: [(0, Form::Plain); CHANGES],
            first: 0,
            first_seq,
            next: 0,
            packets: 0,
            octets: 0,
            reported: 0,
            #[cfg(any(debug_assertions, feature = "fault-inject"))]
            used: std::cell::RefCell::default(),
        })
    }

    /// From this packet on.
    pub fn begin(&mut self, number: u64) {
        self.first_seq = self.seq_of(self.next.max(self.first));
        (self.first, self.next) = (number, number);
        self.forms = [(number, self.protection.form); CHANGES];
    }

    /// This packet is next; as what, or none when it comes before the listener's turn.
    pub fn next(&mut self, number: u64) -> Option<Kind> {
        if number < self.first {
            return None;
        }
        self.next = number + 1;
        Some(self.kind(number, self.forms[0].1))
    }

    pub fn count(&mut self, octets: u32) {
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(octets);
    }

    /// The line's own number for a packet.
    pub fn seq_of(&self, number: u64) -> u64 {
        self.first_seq + (number - self.first)
    }

    /// Which packet went out under this number lately.
    pub fn number_of(&self, seq: u16) -> Option<u64> {
        let latest = self.next.checked_sub(1)?;
        let back = (self.seq_of(latest) as u16).wrapping_sub(seq);
        latest.checked_sub(back.into()).filter(|number| *number >= self.first)
    }

    /// As what it went out.
    pub fn kind_at(&self, number: u64) -> Kind {
        let form = self.forms.iter().find(|(from, _)| *from <= number).map_or(Form::Plain, |(_, form)| *form);
        self.kind(number, form)
    }

    /// A report of the share lost lately, in 1/256.
    pub fn lost(&mut self, fraction: u8) {
        self.protection.note(fraction);
        if self.protection.form != self.forms[0].1 {
            self.forms.rotate_right(1);
            self.forms[0] = (self.next, self.protection.form);
        }
    }

    /// How many copies go along with each packet.
    pub fn copies(&self) -> u64 {
        if self.red.is_some() { self.protection.form.copies().len() as u64 } else { 0 }
    }

    fn kind(&self, number: u64, form: Form) -> Kind {
        let form = if self.red.is_some() { form } else { Form::Plain };
        Kind {
            payload_type: self.payload_type,
            red: self.red,
            level_extension: self.level_extension,
            form,
            first: number == self.first,
        }
    }

    /// No two packets may share a number under one key, unless they are the same.
    #[cfg(any(debug_assertions, feature = "fault-inject"))]
    pub fn assert_unused(&self, seq: u64, template: &Template) {
        self.used.borrow_mut().take(seq, template);
    }

    #[cfg(not(any(debug_assertions, feature = "fault-inject")))]
    pub fn assert_unused(&self, _: u64, _: &Template) {}
}

/// What went out under the latest numbers; only where faults are looked for.
#[cfg(any(debug_assertions, feature = "fault-inject"))]
#[derive(Debug, Clone)]
struct Used(Vec<(u64, u64)>);

#[cfg(any(debug_assertions, feature = "fault-inject"))]
impl Default for Used {
    fn default() -> Self {
        Self(vec![(u64::MAX, 0); 256])
    }
}

#[cfg(any(debug_assertions, feature = "fault-inject"))]
impl Used {
    fn take(&mut self, seq: u64, template: &Template) {
        let print = template.fingerprint();
        let place = &mut self.0[seq as usize % 256];
        assert!(place.0 == u64::MAX || place.0 <= seq, "number {seq} comes after {}", place.0);
        assert!(*place == (seq, print) || place.0 != seq, "two packets under number {seq}");
        *place = (seq, print);
    }
}

#[cfg(test)]
mod tests {
    use super::ProgrammeLine;
    use crate::protection::Form;
    use crate::sdp::Line;

    fn line() -> ProgrammeLine {
        let line =
            Line { payload_type: 111, level_extension: None, source: Some(5), nack: true, red: Some(63) };
        ProgrammeLine::new(&line, 0x3fff).expect("we may send")
    }

    #[test]
    fn numbers_have_no_hole_whenever_the_listener_comes_back() {
        let mut line = line();

        line.begin(1000);
        let first: Vec<_> = (1000..1003).map(|at| line.next(at).map(|_| line.seq_of(at))).collect();
        line.begin(90_000);
        let again: Vec<_> = (89_999..90_002).map(|at| line.next(at).map(|_| line.seq_of(at))).collect();

        assert_eq!(first, [Some(0x3fff), Some(0x4000), Some(0x4001)]);
        assert_eq!(again, [None, Some(0x4002), Some(0x4003)]);
    }

    #[test]
    fn who_comes_back_without_having_heard_anything_uses_no_number() {
        let mut line = line();

        line.begin(10);
        line.begin(20);

        assert_eq!(line.next(20).map(|_| line.seq_of(20)), Some(0x3fff));
    }

    #[test]
    fn a_number_is_found_again_over_the_wrap_and_not_from_before_the_listener_came() {
        let mut line = line();
        line.begin(0);
        (0..0xC010).for_each(|at| _ = line.next(at));

        let found = [0, 0xFFFF, 0x000E, 0x0010].map(|seq| line.number_of(seq));

        assert_eq!(found, [Some(0xC001), Some(0xC000), Some(0xC00F), None]);
    }

    #[test]
    fn a_packet_is_found_again_as_it_went_out() {
        let mut line = line();
        line.begin(0);
        (0..10).for_each(|at| _ = line.next(at));
        (0..2).for_each(|_| line.lost(15));
        (10..20).for_each(|at| _ = line.next(at));
        (0..2).for_each(|_| line.lost(80));

        let forms = [0, 9, 10, 19, 20].map(|at| line.kind_at(at).form);

        assert_eq!(forms, [Form::Plain, Form::Plain, Form::One, Form::One, Form::Two]);
    }
}
