//! What a speaker is told of how they arrive: str0m writes it, and just before it is sealed the share lost is raised to what
//! those lose who hear their voice, so that the speaker's encoder protects what is lost behind us, too.

use std::cell::Cell;
use str0m::crypto::{
    AeadAes128GcmCipher, AeadAes256GcmCipher, CryptoError, SrtpProvider, SupportedAeadAes128Gcm,
    SupportedAeadAes256Gcm, SupportedAes128CmSha1_80,
};

thread_local!(static LEAST: Cell<u8> = const { Cell::new(0) });

/// Reports that are sealed on this thread from now on tell of so much lost at least, in percent.
pub(super) fn tell_at_least(percent: u8) {
    LEAST.set((u16::from(percent) * 256 / 100).min(255) as u8);
}

/// str0m's sealing, with ours around what goes out. Who has nothing better than AES-CM is told of our own losses alone:
/// there the first words of a report do not come this way, and no browser of these years is among them.
pub(super) fn around(base: &'static dyn SrtpProvider) -> &'static dyn SrtpProvider {
    let of_128 = Box::leak(Box::new(Of128(base.aead_aes_128_gcm())));
    let of_256 = Box::leak(Box::new(Of256(base.aead_aes_256_gcm())));
    Box::leak(Box::new(Provider { base, of_128, of_256 }))
}

#[derive(Debug)]
struct Provider {
    base: &'static dyn SrtpProvider,
    of_128: &'static Of128,
    of_256: &'static Of256,
}

impl SrtpProvider for Provider {
    fn aes_128_cm_sha1_80(&self) -> &'static dyn SupportedAes128CmSha1_80 {
        self.base.aes_128_cm_sha1_80()
    }

    fn aead_aes_128_gcm(&self) -> &'static dyn SupportedAeadAes128Gcm {
        self.of_128
    }

    fn aead_aes_256_gcm(&self) -> &'static dyn SupportedAeadAes256Gcm {
        self.of_256
    }

    fn srtp_aes_128_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        self.base.srtp_aes_128_ecb_round(key, input, output);
    }

    fn srtp_aes_256_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        self.base.srtp_aes_256_ecb_round(key, input, output);
    }
}

/// One length of key; only what seals is wrapped, so that what comes in costs nothing more.
macro_rules! sealing {
    ($factory:ident: $supported:ident, $sealing:ident: $cipher:ident, $key:literal) => {
        #[derive(Debug)]
        struct $factory(&'static dyn $supported);

        impl $supported for $factory {
            fn create_cipher(&self, key: [u8; $key], encrypt: bool) -> Box<dyn $cipher> {
                let cipher = self.0.create_cipher(key, encrypt);
                if encrypt { Box::new($sealing(cipher)) } else { cipher }
            }
        }

        #[derive(Debug)]
        struct $sealing(Box<dyn $cipher>);

        impl $cipher for $sealing {
            fn encrypt(
                &mut self,
                iv: &[u8; 12],
                aad: &[u8],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<(), CryptoError> {
                match raised(aad, input, LEAST.get()) {
                    Some(raised) => self.0.encrypt(iv, aad, &raised, output),
                    None => self.0.encrypt(iv, aad, input, output),
                }
            }

            fn decrypt(
                &mut self,
                iv: &[u8; 12],
                aads: &[&[u8]],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<usize, CryptoError> {
                self.0.decrypt(iv, aads, input, output)
            }
        }
    };
}

sealing!(Of128: SupportedAeadAes128Gcm, Sealing128: AeadAes128GcmCipher, 16);
sealing!(Of256: SupportedAeadAes256Gcm, Sealing256: AeadAes256GcmCipher, 32);

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
/// A report's header with its sender, which is not sealed; and a block about one source (RFC 3550, section 6.4.2).
const HEADER: usize = 8;
const BLOCK: usize = 24;
/// What a sender's report says of its own sending, before its blocks (RFC 3550, section 6.4.1).
const SENDING: usize = 20;

/// Where the blocks of such a report begin behind its header, and how many there are; none where it is no report.
fn blocks(header: [u8; HEADER]) -> Option<(usize, usize)> {
    let before = match header[1] {
        SENDER_REPORT => SENDING,
        RECEIVER_REPORT => 0,
        _ => return None,
    };
    Some((before, usize::from(header[0] & 0x1f)))
}

/// The reports in `sealed`, of which the first one's header is in `clear`, with so much lost at least, in 1/256; none where
/// nothing is to be raised.
fn raised(clear: &[u8], sealed: &[u8], least: u8) -> Option<Vec<u8>> {
    let mut header = *clear.first_chunk::<HEADER>()?;
    if least == 0 || blocks(header).is_none() {
        return None;
    }
    let (mut all, mut at) = (sealed.to_vec(), 0);
    loop {
        let (before, blocks) = blocks(header).unwrap_or_default();
        for block in 0..blocks {
            let share = all.get_mut(at + before + BLOCK * block + 4)?;
            *share = least.max(*share);
        }
        at += usize::from(u16::from_be_bytes([header[2], header[3]])) * 4 + 4 - HEADER;
        match all.get(at..).and_then(|rest| rest.first_chunk()) {
            Some(next) => header = *next,
            None => return Some(all),
        }
        at += HEADER;
    }
}

#[cfg(test)]
mod tests {
    use super::raised;

    /// A report about these shares lost, with what stands before its blocks, and something else behind it.
    fn report(kind: u8, before: &[u8], shares: &[u8]) -> Vec<u8> {
        let words = 1 + before.len() / 4 + 6 * shares.len();
        let mut all = vec![0x80 | shares.len() as u8, kind, 0, words as u8, 1, 2, 3, 4];
        all.extend(before);
        shares.iter().for_each(|share| all.extend([&[9; 4][..], &[*share], &[7; 19]].concat()));
        all.extend([0x80, 207, 0, 4, 1, 2, 3, 4, 4, 0, 0, 2, 3, 3, 3, 3, 3, 3, 3, 3]);
        all
    }

    #[test]
    fn what_is_told_is_raised_and_nothing_else_is_touched() {
        for (kind, own) in [(201, &[][..]), (200, &[5; 20])] {
            let (before, after) = (report(kind, own, &[0, 200, 12]), report(kind, own, &[51, 200, 51]));

            let raised = raised(&before[..8], &before[8..], 51);

            assert_eq!(raised.as_deref(), Some(&after[8..]), "{kind}");
        }
    }

    #[test]
    fn whatever_is_no_report_goes_as_it_is() {
        let (asked_again, honest) = (report(205, &[], &[0]), report(201, &[], &[0]));

        let left = [raised(&asked_again[..8], &asked_again[8..], 51), raised(&honest[..8], &honest[8..], 0)];

        assert_eq!(left, [None, None]);
    }

    #[test]
    fn a_report_cut_short_is_left_alone() {
        let short = report(201, &[], &[0, 0]);

        assert_eq!(raised(&short[..8], &short[8..30], 51), None);
        assert_eq!(raised(&short[..5], &[], 51), None);
    }
}
