use super::derivation::{Label, Master};
use super::{Keys, Sealer};
use str0m::crypto::dtls::SrtpProfile;

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn session_keys_are_those_of_the_standard() {
    // RFC 3711, appendix B.3.
    let key = bytes("E1F97A0D3E018BE0D64FA32C06DE4139");
    let salt = bytes("0EC675AD498AFEEBB6960B3AABE6");
    let master = Master { key: &key, salt: &salt };

    let derived = (
        master.derive::<16>(Label::Rtp).unwrap().to_vec(),
        master.derive::<14>(Label::RtpSalt).unwrap().to_vec(),
        master.derive::<20>(Label::RtpAuthentication).unwrap().to_vec(),
    );

    let expected = (
        bytes("C61E7A93744F39EE10734AFE3FF7A087"),
        bytes("30CBBC08863D8C85D49DB34A9AE1"),
        bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"),
    );
    assert_eq!(derived, expected);
}

#[test]
fn the_same_packet_sealed_again_is_the_same_and_another_counter_makes_another() {
    for (profile, length) in [
        (SrtpProfile::AEAD_AES_128_GCM, 56),
        (SrtpProfile::AEAD_AES_256_GCM, 88),
        (SrtpProfile::AES128_CM_SHA1_80, 60),
    ] {
        let keys = Keys { profile, material: (0..length).collect(), active: false };
        let sealer = Sealer::new(&keys).expect("keys");
        let seal = |roll_over| {
            let mut datagram = [7; 200];
            let len = sealer.rtp(&mut datagram, 12, 100, roll_over).expect("sealed");
            datagram[..len].to_vec()
        };

        let (first, again, later) = (seal(0), seal(0), seal(1));

        assert_eq!(first, again, "{profile:?}");
        assert_ne!(first, later, "{profile:?}");
        assert_eq!(first[..12], [7; 12], "{profile:?}");
    }
}

#[test]
fn a_packet_that_does_not_fit_is_not_sealed() {
    let keys = Keys { profile: SrtpProfile::AEAD_AES_128_GCM, material: vec![1; 56], active: true };
    let sealer = Sealer::new(&keys).expect("keys");

    let sealed = (sealer.rtp(&mut [0; 100], 12, 100, 0), sealer.rtcp(&mut [0; 30], 28, 1));

    assert_eq!(sealed, (None, None));
}

#[test]
fn keys_that_are_cut_short_are_refused() {
    let keys = Keys { profile: SrtpProfile::AEAD_AES_256_GCM, material: vec![1; 80], active: false };

    assert!(Sealer::new(&keys).is_none());
}
