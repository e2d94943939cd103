//! The grammar of a session description, as far as we need it (RFC 8866, RFC 8829).

/// A media section of an offer or answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section<'a> {
    pub lines: Vec<&'a str>,
}

/// Which way sound may flow, seen from whoever wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    pub sends: bool,
    pub receives: bool,
}

impl Direction {
    const WORDS: [(&'static str, Self); 4] = [
        ("sendrecv", Self { sends: true, receives: true }),
        ("sendonly", Self { sends: true, receives: false }),
        ("recvonly", Self { sends: false, receives: true }),
        ("inactive", Self { sends: false, receives: false }),
    ];

    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, it)| *it == self).map_or("inactive", |(word, _)| word)
    }

    fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(it, _)| *it == word).map(|(_, direction)| *direction)
    }
}

/// Cut a description into its head and its media sections.
pub(super) fn sections(text: &str) -> (Vec<&str>, Vec<Section<'_>>) {
    let mut head = Vec::new();
    let mut sections: Vec<Section<'_>> = Vec::new();
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        if line.starts_with("m=") {
            sections.push(Section { lines: vec![line] });
        } else if let Some(section) = sections.last_mut() {
            section.lines.push(line);
        } else {
            head.push(line);
        }
    }
    (head, sections)
}

/// The value of `a=name:value`.
pub(super) fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_prefix("a=")?.strip_prefix(name)?.strip_prefix(':')
}

/// The first value of that name.
pub(super) fn first<'a>(lines: &[&'a str], name: &str) -> Option<&'a str> {
    lines.iter().find_map(|line| value(line, name))
}

impl<'a> Section<'a> {
    /// The words of the `m=` line.
    pub fn media(&self) -> impl Iterator<Item = &'a str> {
        self.lines[0][2..].split_ascii_whitespace()
    }

    pub fn is_audio(&self) -> bool {
        self.media().next() == Some("audio")
    }

    pub fn mid(&self) -> Option<&'a str> {
        first(&self.lines, "mid")
    }

    pub fn direction(&self) -> Direction {
        let named = self.lines.iter().find_map(|line| Direction::of(line.strip_prefix("a=")?));
        named.unwrap_or(Direction { sends: true, receives: true })
    }

    /// The payload type that means Opus here.
    pub fn opus(&self) -> Option<u8> {
        self.payload_type("opus/48000")
    }

    /// The payload type of packets with copies of earlier sound (RFC 2198).
    pub fn red(&self) -> Option<u8> {
        self.payload_type("red/48000/2")
    }

    fn payload_type(&self, name: &str) -> Option<u8> {
        let map = |line: &&'a str| {
            let (number, codec) = value(line, "rtpmap")?.split_once(' ')?;
            codec.to_ascii_lowercase().starts_with(name).then(|| number.parse().ok())?
        };
        self.lines.iter().find_map(map).filter(|number| *number < 128)
    }

    /// The number under which a header extension goes.
    pub fn extension(&self, uri: &str) -> Option<u8> {
        let number = |line: &&'a str| {
            let (number, named) = value(line, "extmap")?.split_once(' ')?;
            let number = number.split('/').next()?;
            (named.split_ascii_whitespace().next() == Some(uri)).then(|| number.parse().ok())?
        };
        // RFC 8285: one byte holds the numbers 1 to 14.
        self.lines.iter().find_map(number).filter(|number| (1..15).contains(number))
    }
}
