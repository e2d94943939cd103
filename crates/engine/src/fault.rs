//! Why the engine cannot start.

use std::fmt;
use std::io;

/// Why sound cannot be sent or received here.
#[derive(Debug)]
pub enum Fault {
    /// Another program (perhaps another causerie) has the port.
    Taken,
    /// The address is not one of this machine's.
    Address,
    /// The system refused for a reason of its own.
    System(io::Error),
}

impl Fault {
    /// The stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Taken => "media.port_taken",
            Self::Address => "media.address",
            Self::System(_) => "media.system",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => text.write_str("Another program uses the UDP port for sound."),
            Self::Address => text.write_str("The address for sound is not one of this machine's."),
            Self::System(error) => write!(text, "Sound cannot start: {error}."),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::Taken,
            io::ErrorKind::AddrNotAvailable => Self::Address,
            _ => Self::System(error),
        }
    }
}
