//! An answer: str0m's for the microphone's line, our own beside it for lines we only send on, in the offer's order.

use super::line::{Direction, Section, sections, value};
use super::{Line, Offer};
use std::fmt::Write;

const LEVEL: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
/// The name of all our sources, as our reports carry it too.
const NAME: &str = "causerie";
/// What we ask of a speaker: one voice, protected against loss, silent when silent.
const ASKED: &str = "minptime=10;useinbandfec=1;usedtx=1;stereo=0";

impl Offer<'_> {
    /// Put str0m's answer into the offer's order with our sources in place of its own, and refuse with port 0 what is
    /// not sound. `sources` are ours, one for each kept line. None when the answer does not fit the offer.
    pub fn answered(&self, answer: &str, sources: &[u32]) -> Option<(String, Vec<Line>)> {
        let (head, accepted) = sections(answer);
        let [main] = accepted.as_slice() else { return None };
        let mut text = self.head(&head);
        let mut lines = Vec::with_capacity(self.kept.len());
        for (at, offered) in self.sections.iter().enumerate() {
            let Some(kept) = self.kept.iter().position(|(kept, _)| *kept == at) else {
                refuse(&mut text, offered)?;
                continue;
            };
            let source = *sources.get(kept)?;
            let line = if kept == self.main() {
                accept(&mut text, offered, main, self.kept[kept].1, source)?
            } else {
                beside(&mut text, offered, main, self.kept[kept].1, source)?
            };
            lines.push(line);
        }
        Some((text, lines))
    }

    fn head(&self, head: &[&str]) -> String {
        let mids: Vec<_> = self.kept.iter().filter_map(|(at, _)| self.sections[*at].mid()).collect();
        let mut text = String::with_capacity(4096);
        for line in head.iter().filter(|line| value(line, "msid-semantic").is_none()) {
            let grouped = value(line, "group").map(|_| format!("a=group:BUNDLE {}", mids.join(" ")));
            text.push_str(grouped.as_deref().unwrap_or(line));
            text.push_str("\r\n");
        }
        text
    }
}

/// The line str0m answered.
fn accept(
    text: &mut String,
    offered: &Section<'_>,
    section: &Section<'_>,
    direction: Direction,
    source: u32,
) -> Option<Line> {
    let opus = offered.opus()?;
    let nack = asks_again(offered, opus);
    let red = copies(offered, direction, opus);
    let mut sends = false;
    for line in &section.lines {
        if let Some(described) = value(line, "ssrc") {
            // Both senders under one number would use the same nonces.
            if described.split(' ').next()?.parse() == Ok(source) {
                return None;
            }
            sends = true;
        } else if value(line, "fmtp").is_some() || value(line, "rtcp-fb").is_some() {
            continue;
        } else if let (true, Some(red)) = (line.starts_with("m="), red) {
            write!(text, "{line} {red}\r\n").ok()?;
        } else {
            write!(text, "{line}\r\n").ok()?;
        }
    }
    describe(text, opus, red, nack, sends.then_some(source))?;
    let level_extension = section.extension(LEVEL).filter(|_| offered.extension(LEVEL).is_some());
    Some(Line { payload_type: opus, level_extension, source: sends.then_some(source), nack, red })
}

/// A line on which only we send: it shares everything of the connection with the one str0m answered.
fn beside(
    text: &mut String,
    offered: &Section<'_>,
    main: &Section<'_>,
    direction: Direction,
    source: u32,
) -> Option<Line> {
    const SHARED: [&str; 5] = ["ice-ufrag", "ice-pwd", "ice-options", "fingerprint", "setup"];
    let opus = offered.opus()?;
    let nack = asks_again(offered, opus);
    let red = copies(offered, direction, opus);
    let level_extension = offered.extension(LEVEL);
    let source = direction.receives.then_some(source);
    let also = red.map(|red| format!(" {red}")).unwrap_or_default();
    write!(text, "m=audio 9 UDP/TLS/RTP/SAVPF {opus}{also}\r\nc=IN IP4 0.0.0.0\r\n").ok()?;
    for line in main.lines.iter().filter(|line| SHARED.iter().any(|name| value(line, name).is_some())) {
        write!(text, "{line}\r\n").ok()?;
    }
    write!(text, "a=mid:{}\r\n", offered.mid()?).ok()?;
    if let Some(number) = level_extension {
        write!(text, "a=extmap:{number} {LEVEL}\r\n").ok()?;
    }
    let way = if source.is_some() { "sendonly" } else { "inactive" };
    write!(text, "a={way}\r\na=rtcp-mux\r\na=rtpmap:{opus} opus/48000/2\r\n").ok()?;
    source.into_iter().try_for_each(|it| write!(text, "a=msid:line-{it} line-{it}\r\n").ok())?;
    describe(text, opus, red, nack, source)?;
    Some(Line { payload_type: opus, level_extension, source, nack, red })
}

/// How we want Opus, and under which number we send. With another number on the wire than in the answer, Chromium counts
/// the packets and plays nothing.
fn describe(text: &mut String, opus: u8, red: Option<u8>, nack: bool, source: Option<u32>) -> Option<()> {
    if let Some(red) = red {
        write!(text, "a=rtpmap:{red} red/48000/2\r\na=fmtp:{red} {opus}/{opus}\r\n").ok()?;
    }
    if nack {
        write!(text, "a=rtcp-fb:{opus} nack\r\n").ok()?;
    }
    write!(text, "a=fmtp:{opus} {ASKED}\r\n").ok()?;
    source.into_iter().try_for_each(|it| write!(text, "a=ssrc:{it} cname:{NAME}\r\n").ok())
}

/// The payload type of packets that carry earlier sound too, where the page sends nothing itself: a gate judges each
/// packet by its own time, so nobody sends us earlier ones along.
fn copies(offered: &Section<'_>, direction: Direction, opus: u8) -> Option<u8> {
    offered.red().filter(|red| !direction.sends && direction.receives && *red != opus)
}

/// The page asks for lost packets, and sends its own again.
fn asks_again(offered: &Section<'_>, opus: u8) -> bool {
    let nack = |it: &str| it == format!("{opus} nack") || it == "* nack";
    offered.lines.iter().any(|line| value(line, "rtcp-fb").is_some_and(nack))
}

/// RFC 8829, section 5.3.1: port 0, and out of the bundle.
fn refuse(text: &mut String, offered: &Section<'_>) -> Option<()> {
    let media: Vec<_> = offered.media().collect();
    let (kind, formats) = (media.first()?, media.get(2..)?.join(" "));
    write!(text, "m={kind} 0 {formats}\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\n").ok()?;
    offered.mid().into_iter().try_for_each(|mid| write!(text, "a=mid:{mid}\r\n").ok())
}
