//! An answer: str0m's, with our own sources in it, and in the order of the offer.

use super::line::{Section, sections, value};
use super::{Line, Offer};
use std::fmt::Write;

const LEVEL: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

impl Offer<'_> {
    /// Put str0m's answer into the offer's order, our sources in place of its own; the rest is refused with port 0.
    /// `sources` are ours, one for each kept line. None when the answer does not fit the offer.
    pub fn answered(&self, answer: &str, sources: &[u32]) -> Option<(String, Vec<Line>)> {
        let (head, accepted) = sections(answer);
        if accepted.len() != self.kept.len() {
            return None;
        }
        let mut text = head.join("\r\n") + "\r\n";
        let mut lines = Vec::with_capacity(accepted.len());
        let mut each = accepted.iter().zip(sources);
        for (at, offered) in self.sections.iter().enumerate() {
            if !self.kept.iter().any(|(kept, _)| *kept == at) {
                refuse(&mut text, offered);
                continue;
            }
            let (section, source) = each.next()?;
            lines.push(accept(&mut text, offered, section, *source)?);
        }
        Some((text, lines))
    }
}

fn accept(text: &mut String, offered: &Section<'_>, section: &Section<'_>, source: u32) -> Option<Line> {
    let opus = offered.opus()?;
    let nack = offered.lines.iter().any(|line| is_nack(line, opus));
    let mut sends = false;
    for line in &section.lines {
        if let Some(described) = value(line, "ssrc") {
            sends = true;
            let (own, rest) = described.split_once(' ')?;
            // Both senders under one number would use the same nonces.
            if own.parse() == Ok(source) {
                return None;
            }
            // With another number on the wire than in the answer, Chromium counts the packets and plays nothing.
            writeln!(text, "a=ssrc:{source} {rest}\r").ok()?;
        } else if let Some((_, parameters)) = value(line, "fmtp").and_then(|it| it.split_once(' ')) {
            let parameters = if line.starts_with(&format!("a=fmtp:{opus} ")) { ASKED } else { parameters };
            writeln!(text, "a=fmtp:{} {parameters}\r", value(line, "fmtp")?.split(' ').next()?).ok()?;
        } else if value(line, "rtcp-fb").is_none() || (nack && is_nack(line, opus)) {
            writeln!(text, "{line}\r").ok()?;
        }
    }
    let level_extension = section.extension(LEVEL).filter(|_| offered.extension(LEVEL).is_some());
    Some(Line { payload_type: opus, level_extension, source: sends.then_some(source), nack })
}

/// What we ask of a speaker: one voice, protected against loss, silent when silent.
const ASKED: &str = "minptime=10;useinbandfec=1;usedtx=1;stereo=0";

fn is_nack(line: &str, opus: u8) -> bool {
    value(line, "rtcp-fb").is_some_and(|it| it == format!("{opus} nack") || it == "* nack")
}

/// RFC 8829, section 5.3.1: port 0, and out of the bundle.
fn refuse(text: &mut String, offered: &Section<'_>) {
    let media: Vec<_> = offered.media().collect();
    let _ = writeln!(text, "m={} 0 {}\r\nc=IN IP4 0.0.0.0\r\na=inactive\r", media[0], media[2..].join(" "));
    if let Some(mid) = offered.mid() {
        let _ = writeln!(text, "a=mid:{mid}\r");
    }
}
