//! Sealing what goes out: all sound leaves through here, so that one rule keeps every nonce unique (RFC 3711, RFC 7714).

mod counter_mode;
mod derivation;
mod galois;

use counter_mode::CounterMode;
use derivation::Master;
use galois::Galois;
use str0m::crypto::dtls::SrtpProfile;

/// What a handshake left: both sides' master keys.
#[derive(Debug)]
pub(crate) struct Keys {
    pub profile: SrtpProfile,
    pub material: Vec<u8>,
    /// We were the DTLS client and write with the client's keys.
    pub active: bool,
}

/// Our half of one connection's keys; those of browsers in one piece, so that they can be fetched ahead.
#[expect(clippy::large_enum_variant, reason = "each is shared, and so on the heap anyway")]
pub(crate) enum Sealer {
    Galois(Galois),
    CounterMode(Box<CounterMode>),
}

impl Sealer {
    pub fn new(keys: &Keys) -> Option<Self> {
        let (key, salt) = match keys.profile {
            SrtpProfile::AEAD_AES_256_GCM => (32, 12),
            SrtpProfile::AEAD_AES_128_GCM => (16, 12),
            SrtpProfile::AES128_CM_SHA1_80 => (16, 14),
            _ => return None,
        };
        let master = Master::of(keys, key, salt)?;
        match keys.profile {
            SrtpProfile::AES128_CM_SHA1_80 => {
                CounterMode::new(&master).map(|it| Self::CounterMode(Box::new(it)))
            }
            _ => Galois::new(&master).map(Self::Galois),
        }
    }

    /// Seal the RTP packet in `datagram[..len]`, whose header is `header` long, in place; says how long it became.
    /// No two packets may ever share source, sequence number and roll-over counter.
    pub fn rtp(&self, datagram: &mut [u8], header: usize, len: usize, roll_over: u32) -> Option<usize> {
        match self {
            Self::Galois(it) => it.rtp(datagram, header, len, roll_over),
            Self::CounterMode(it) => it.rtp(datagram, header, len, roll_over),
        }
    }

    /// Seal the RTCP packets in `datagram[..len]`; the index counts up for each source.
    pub fn rtcp(&self, datagram: &mut [u8], len: usize, index: u32) -> Option<usize> {
        match self {
            Self::Galois(it) => it.rtcp(datagram, len, index & !ENCRYPTED),
            Self::CounterMode(it) => it.rtcp(datagram, len, index & !ENCRYPTED),
        }
    }
}

/// RFC 3711, section 3.4: the E flag beside the index.
const ENCRYPTED: u32 = 1 << 31;
/// What of an RTCP packet stays readable: header and sender.
const RTCP_HEADER: usize = 8;

#[cfg(test)]
mod tests;
