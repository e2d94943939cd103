//! AES-GCM, which browsers choose (RFC 7714).

use super::derivation::{Label, Master};
use super::{ENCRYPTED, RTCP_HEADER};
use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

const TAG: usize = 16;
const SALT: usize = 12;

pub(crate) struct Galois {
    rtp: Half,
    /// Apart: it is seldom needed, and would be fetched along.
    rtcp: Box<Half>,
}

struct Half {
    key: LessSafeKey,
    salt: [u8; SALT],
}

impl Galois {
    pub(super) fn new(master: &Master<'_>) -> Option<Self> {
        Some(Self {
            rtp: Half::new(master, Label::Rtp, Label::RtpSalt)?,
            rtcp: Box::new(Half::new(master, Label::Rtcp, Label::RtcpSalt)?),
        })
    }

    pub(super) fn rtp(
        &self,
        datagram: &mut [u8],
        header: usize,
        len: usize,
        roll_over: u32,
    ) -> Option<usize> {
        let sealed = datagram.get_mut(..len + TAG)?;
        let (clear, rest) = sealed.split_at_mut(header);
        let (payload, tag) = rest.split_at_mut(len - header);
        // RFC 7714, section 8.1.
        let mut nonce = [0; SALT];
        nonce[2..6].copy_from_slice(&clear[8..12]);
        nonce[6..10].copy_from_slice(&roll_over.to_be_bytes());
        nonce[10..].copy_from_slice(&clear[2..4]);
        tag.copy_from_slice(&self.rtp.seal(nonce, clear, payload)?);
        Some(len + TAG)
    }

    pub(super) fn rtcp(&self, datagram: &mut [u8], len: usize, index: u32) -> Option<usize> {
        let whole = datagram.get_mut(..len + TAG + 4)?;
        let trailer = (index | ENCRYPTED).to_be_bytes();
        // RFC 7714, sections 9.1 and 9.2.
        let mut nonce = [0; SALT];
        nonce[2..6].copy_from_slice(&whole[4..8]);
        nonce[8..].copy_from_slice(&index.to_be_bytes());
        let mut clear = [0; RTCP_HEADER + 4];
        clear[..RTCP_HEADER].copy_from_slice(&whole[..RTCP_HEADER]);
        clear[RTCP_HEADER..].copy_from_slice(&trailer);
        let tag = self.rtcp.seal(nonce, &clear, &mut whole[RTCP_HEADER..len])?;
        whole[len..len + TAG].copy_from_slice(&tag);
        whole[len + TAG..].copy_from_slice(&trailer);
        Some(whole.len())
    }
}

impl Half {
    fn new(master: &Master<'_>, key: Label, salt: Label) -> Option<Self> {
        let key = match master.key.len() {
            16 => UnboundKey::new(&AES_128_GCM, &master.derive::<16>(key)?),
            _ => UnboundKey::new(&AES_256_GCM, &master.derive::<32>(key)?),
        };
        Some(Self { key: LessSafeKey::new(key.ok()?), salt: master.derive(salt)? })
    }

    fn seal(&self, mut nonce: [u8; SALT], clear: &[u8], secret: &mut [u8]) -> Option<[u8; TAG]> {
        nonce.iter_mut().zip(&self.salt).for_each(|(byte, salt)| *byte ^= salt);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self.key.seal_in_place_separate_tag(nonce, Aad::from(clear), secret).ok()?;
        tag.as_ref().try_into().ok()
    }
}
