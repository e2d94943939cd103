//! From master keys to session keys (RFC 3711, section 4.3).

use super::Keys;
use aws_lc_rs::cipher::{AES_128, AES_256, EncryptingKey, EncryptionContext, UnboundCipherKey};

/// Our master key and salt.
pub(super) struct Master<'a> {
    pub key: &'a [u8],
    pub salt: &'a [u8],
}

/// What a derived key is for.
#[derive(Clone, Copy)]
pub(super) enum Label {
    Rtp = 0,
    RtpAuthentication = 1,
    RtpSalt = 2,
    Rtcp = 3,
    RtcpAuthentication = 4,
    RtcpSalt = 5,
}

impl<'a> Master<'a> {
    /// RFC 5764, section 4.2: client key, server key, client salt, server salt.
    pub fn of(keys: &'a Keys, key: usize, salt: usize) -> Option<Self> {
        let (skip_key, skip_salt) = if keys.active { (0, 0) } else { (key, salt) };
        let salts = 2 * key + skip_salt;
        Some(Self {
            key: keys.material.get(skip_key..skip_key + key)?,
            salt: keys.material.get(salts..salts + salt)?,
        })
    }

    /// A session key of `N` bytes.
    pub fn derive<const N: usize>(&self, label: Label) -> Option<[u8; N]> {
        let mut counter = [0; 16];
        counter[..self.salt.len()].copy_from_slice(self.salt);
        counter[7] ^= label as u8;
        let mut derived = [0; N];
        keystream(self.key, counter, &mut derived)?;
        Some(derived)
    }
}

/// Add the AES counter-mode stream that begins at `counter` to `bytes`.
pub(super) fn keystream(key: &[u8], counter: [u8; 16], bytes: &mut [u8]) -> Option<()> {
    stream(&counter_key(key)?, counter, bytes)
}

pub(super) fn counter_key(key: &[u8]) -> Option<EncryptingKey> {
    let algorithm = if key.len() == 16 { &AES_128 } else { &AES_256 };
    EncryptingKey::ctr(UnboundCipherKey::new(algorithm, key).ok()?).ok()
}

pub(super) fn stream(key: &EncryptingKey, counter: [u8; 16], bytes: &mut [u8]) -> Option<()> {
    key.less_safe_encrypt(bytes, EncryptionContext::Iv128(counter.into())).ok()?;
    Some(())
}
