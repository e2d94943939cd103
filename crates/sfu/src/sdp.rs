//! What a page offers and what it is answered, looked at before and after str0m: an offer is untrusted text.

mod answer;
mod line;
mod offer;

pub use offer::Offer;

/// One line of an accepted offer as our sender needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The payload type the page calls Opus.
    pub payload_type: u8,
    /// The header extension that carries levels (RFC 6464), if the page speaks it.
    pub level_extension: Option<u8>,
    /// The source under which we send on it; none when we may not.
    pub source: Option<u32>,
    /// Lost packets are asked for again.
    pub nack: bool,
    /// The payload type of packets with copies of earlier sound (RFC 2198), where only we send.
    pub red: Option<u8>,
}

/// Most lines that carry sound: microphone and three voices, programme, backstage, and one to spare.
pub const MOST_AUDIO_LINES: usize = 6;
