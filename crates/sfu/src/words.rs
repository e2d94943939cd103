//! The words both sides of the seam use; Rust defines them, Python imports them.

/// A room, by the number its owner chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomKey(pub u64);

/// One connection of one page, or one player; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeerKey(pub u64);

/// A person's number in the room, from 1: goes out as CSRC, so that pages know who is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Speaker(pub u32);

/// One speaker's log of a take, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Track(pub u32);

/// Where what a person says may go.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gate {
    /// Nobody hears it, now or later.
    #[default]
    Shut = 0,
    /// The whole room hears it.
    Stage = 1,
    /// Only those who listen backstage hear it.
    Backstage = 2,
}

impl Gate {
    /// The gate a number of the seam means.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Shut, Self::Stage, Self::Backstage].into_iter().find(|gate| *gate as u8 == number)
    }
}

/// How a person's connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Answered, not yet heard from.
    New,
    /// Sound can flow.
    Up,
    /// Five seconds without an authenticated datagram.
    Lost,
    /// Over for good.
    Gone,
}

impl Link {
    /// The word on the seam.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Up => "up",
            Self::Lost => "lost",
            Self::Gone => "gone",
        }
    }
}
