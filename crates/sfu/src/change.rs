//! What Python is told of a person's connection.

use crate::words::{Link, PeerKey, RoomKey};

/// The latest state of one connection; a later one replaces an earlier one, but an answer is kept until it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub peer: PeerKey,
    /// In which room.
    pub room: RoomKey,
    /// How it stands.
    pub link: Link,
    /// What the page's offer is answered with.
    pub answer: Option<String>,
    /// Why the page's offer was refused.
    pub refusal: Option<Refusal>,
    /// Why it is gone.
    pub reason: Option<Reason>,
}

impl Change {
    /// A connection that now stands so.
    pub fn link(peer: PeerKey, room: RoomKey, link: Link) -> Self {
        Self { peer, room, link, answer: None, refusal: None, reason: None }
    }

    /// A connection that is over.
    pub fn gone(peer: PeerKey, room: RoomKey, reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::link(peer, room, Link::Gone) }
    }
}

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The server was told to end it.
    Left,
    /// The other side closed it, or the room was closed.
    Closed,
    /// Nothing came any more.
    Timeout,
    /// The other side is not who the offer named.
    Stranger,
    /// A fault of ours in this connection; a new one may be tried.
    Fault,
    /// The third fault of this person within a minute: they wait.
    Quarantined,
    /// The file is over.
    Ended,
}

impl Reason {
    /// The word on the seam.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Closed => "closed",
            Self::Timeout => "timeout",
            Self::Stranger => "stranger",
            Self::Fault => "fault",
            Self::Quarantined => "quarantined",
            Self::Ended => "ended",
        }
    }
}

/// Why an offer is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no session description that can be understood.
    Unreadable,
    /// It is longer than any page needs.
    TooLarge,
    /// It does not say with which certificate the page will come, or by a weak hash.
    Fingerprint,
    /// There is no line on which Opus could be heard or spoken.
    NoAudio,
    /// As many people are connected as this server takes.
    Full,
    /// This person's connection failed three times within a minute.
    Quarantined,
}

impl Refusal {
    /// The stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "sdp.unreadable",
            Self::TooLarge => "sdp.too_large",
            Self::Fingerprint => "sdp.fingerprint",
            Self::NoAudio => "sdp.no_audio",
            Self::Full => "media.full",
            Self::Quarantined => "media.quarantined",
        }
    }

    /// The sentence for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unreadable => "This offer cannot be read as a session description.",
            Self::TooLarge => "This offer of sound is too large.",
            Self::Fingerprint => "This offer names no certificate we can check (SHA-256 or better).",
            Self::NoAudio => "This offer has no line for Opus sound.",
            Self::Full => "Live sound is full at the moment: listen by the stream.",
            Self::Quarantined => "This connection failed several times; please try again in some minutes.",
        }
    }
}
