//! Which packet goes to whom: the media core without socket, clock or thread.
//!
//! [`Doors`] lets people in and is shared by all workers; each worker owns one [`Sfu`], which takes datagrams, packets
//! of other workers, commands and the time, and fills an [`Outbox`].

mod ahead;
mod arriving;
mod batch;
mod budget;
mod card;
mod chance;
mod change;
mod channel;
mod clock;
mod counters;
pub mod demux;
mod doors;
mod ear;
mod expected;
mod figures;
mod floor;
mod foreign;
#[cfg(feature = "fault-inject")]
pub mod insider;
mod lane;
mod losses;
mod memory;
mod meter;
mod mixed;
mod opus;
mod outbox;
mod past;
mod peer;
pub mod pipe;
mod programme_line;
mod protection;
mod quarantine;
mod room;
mod rtp;
pub mod sdp;
mod sfu;
mod srtp;
mod talker;
mod template;
mod voice_line;
mod wheel;
mod words;

pub use batch::{BATCH, Batch, Datagram, LONGEST_DATAGRAM};
pub use change::{Change, Reason, Refusal};
pub use doors::{Doors, Home, Join, Settings};
pub use figures::{Audience, By, Figures};
pub use mixed::Mixed;
pub use opus::samples;
pub use outbox::{Happening, LONGEST_PAYLOAD, Outbox, Recorded, Spoken, Stray, Wire};
pub use sfu::{Command, Frame, Sfu};
pub use words::{Gate, Link, PeerKey, RoomKey, Speaker, Track};
