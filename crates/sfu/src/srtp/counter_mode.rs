//! AES in counter mode with an 80-bit tag, for simple clients that know nothing newer (RFC 3711, section 4).

use super::derivation::{Label, Master, counter_key, stream};
use super::{ENCRYPTED, RTCP_HEADER};
use aws_lc_rs::cipher::EncryptingKey;
use aws_lc_rs::hmac;

const TAG: usize = 10;
const SALT: usize = 14;

pub(crate) struct CounterMode {
    rtp: Half,
    rtcp: Half,
}

struct Half {
    key: EncryptingKey,
    salt: [u8; SALT],
    authentication: hmac::Key,
}

impl CounterMode {
    pub(super) fn new(master: &Master<'_>) -> Option<Self> {
        Some(Self {
            rtp: Half::new(master, [Label::Rtp, Label::RtpSalt, Label::RtpAuthentication])?,
            rtcp: Half::new(master, [Label::Rtcp, Label::RtcpSalt, Label::RtcpAuthentication])?,
        })
    }

    pub(super) fn rtp(
        &self,
        datagram: &mut [u8],
        header: usize,
        len: usize,
        roll_over: u32,
    ) -> Option<usize> {
        let whole = datagram.get_mut(..len + TAG)?;
        let (packet, tag) = whole.split_at_mut(len);
        let index = u64::from(roll_over) << 16 | u64::from(u16::from_be_bytes([packet[2], packet[3]]));
        let source = packet[8..12].try_into().ok()?;
        self.rtp.encrypt(source, index, &mut packet[header..])?;
        // The roll-over counter is authenticated though it is not sent.
        tag.copy_from_slice(&self.rtp.tag(packet, &roll_over.to_be_bytes()));
        Some(len + TAG)
    }

    pub(super) fn rtcp(&self, datagram: &mut [u8], len: usize, index: u32) -> Option<usize> {
        let whole = datagram.get_mut(..len + 4 + TAG)?;
        let source = whole[4..8].try_into().ok()?;
        self.rtcp.encrypt(source, index.into(), &mut whole[RTCP_HEADER..len])?;
        whole[len..len + 4].copy_from_slice(&(index | ENCRYPTED).to_be_bytes());
        let tag = self.rtcp.tag(&whole[..len + 4], &[]);
        whole[len + 4..].copy_from_slice(&tag);
        Some(whole.len())
    }
}

impl Half {
    fn new(master: &Master<'_>, [key, salt, authentication]: [Label; 3]) -> Option<Self> {
        let authentication = master.derive::<20>(authentication)?;
        Some(Self {
            key: counter_key(&master.derive::<16>(key)?)?,
            salt: master.derive(salt)?,
            authentication: hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &authentication),
        })
    }

    /// Section 4.1.1: salt, source and index make the counter.
    fn encrypt(&self, source: [u8; 4], index: u64, bytes: &mut [u8]) -> Option<()> {
        let mut counter = [0; 16];
        counter[..SALT].copy_from_slice(&self.salt);
        counter[4..8].iter_mut().zip(source).for_each(|(byte, source)| *byte ^= source);
        counter[8..14].iter_mut().zip(&index.to_be_bytes()[2..]).for_each(|(byte, index)| *byte ^= index);
        stream(&self.key, counter, bytes)
    }

    fn tag(&self, packet: &[u8], beside: &[u8]) -> [u8; TAG] {
        let mut context = hmac::Context::with_key(&self.authentication);
        context.update(packet);
        context.update(beside);
        let mut tag = [0; TAG];
        tag.copy_from_slice(&context.sign().as_ref()[..TAG]);
        tag
    }
}
