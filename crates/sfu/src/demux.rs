//! What kind of datagram this is and whom it names (RFC 7983, RFC 8489); nothing in it is believed yet.

/// The first byte's word on what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A connectivity check.
    Stun,
    /// Handshake.
    Dtls,
    /// Sound.
    Rtp,
    /// Reports.
    Rtcp,
    /// Nothing we speak.
    Unknown,
}

/// Sort a datagram by its first bytes.
pub fn class(datagram: &[u8]) -> Class {
    match *datagram {
        [0 | 1, ..] if datagram.len() >= STUN_HEADER => Class::Stun,
        [20..64, ..] if datagram.len() >= 13 => Class::Dtls,
        // RFC 5761, section 4.
        [128..192, kind, ..] if (192..224).contains(&kind) && datagram.len() >= 8 => Class::Rtcp,
        [128..192, ..] if datagram.len() >= RTP_HEADER => Class::Rtp,
        _ => Class::Unknown,
    }
}

const STUN_HEADER: usize = 20;
const RTP_HEADER: usize = 12;
const COOKIE: [u8; 4] = 0x2112_A442_u32.to_be_bytes();
const USERNAME: u16 = 0x0006;
const USE_CANDIDATE: u16 = 0x0025;

/// What a connectivity check says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stun<'a> {
    /// The first half of its user name: our own word for the connection it is meant for. Answers carry none.
    pub ours: Option<&'a str>,
    /// It answers a check of ours.
    pub answers: bool,
    /// It asks us to send here.
    pub nominates: bool,
}

/// Read a connectivity check, or none when it is torn.
pub fn stun(datagram: &[u8]) -> Option<Stun<'_>> {
    let (header, mut rest) = datagram.split_at_checked(STUN_HEADER)?;
    let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
    if header[4..8] != COOKIE || length != rest.len() {
        return None;
    }
    let mut stun = Stun { ours: None, answers: header[..2] == [0x01, 0x01], nominates: false };
    while let Some((kind, value, after)) = attribute(rest) {
        match kind {
            USERNAME => stun.ours = str::from_utf8(value).ok()?.split(':').next(),
            USE_CANDIDATE => stun.nominates = true,
            _ => {}
        }
        rest = after;
    }
    Some(stun)
}

fn attribute(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (head, rest) = bytes.split_at_checked(4)?;
    let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
    let value = rest.get(..length)?;
    let after = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    Some((u16::from_be_bytes([head[0], head[1]]), value, after))
}

/// The source an RTP packet names.
pub fn rtp_source(datagram: &[u8]) -> Option<u32> {
    datagram.get(8..12)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::{Class, Stun, class, stun};

    fn check(attributes: &[(u16, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (kind, value) in attributes {
            body.extend_from_slice(&kind.to_be_bytes());
            body.extend_from_slice(&(value.len() as u16).to_be_bytes());
            body.extend_from_slice(value);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        let mut datagram = vec![0, 1];
        datagram.extend_from_slice(&(body.len() as u16).to_be_bytes());
        datagram.extend_from_slice(&super::COOKIE);
        datagram.extend_from_slice(&[9; 12]);
        [datagram, body].concat()
    }

    #[test]
    fn each_first_byte_has_its_class() {
        let long = |first: u8, second: u8| [&[first, second][..], &[0; 30]].concat();

        let classes =
            [(0, 1), (1, 1), (22, 254), (63, 0), (64, 0), (128, 111), (191, 250), (128, 200), (255, 0)]
                .map(|(first, second)| class(&long(first, second)));

        use Class::{Dtls, Rtcp, Rtp, Stun, Unknown};
        assert_eq!(classes, [Stun, Stun, Dtls, Dtls, Unknown, Rtp, Rtp, Rtcp, Unknown]);
    }

    #[test]
    fn what_is_too_short_for_its_class_is_nothing() {
        assert_eq!(
            [&[][..], &[0; 19], &[22; 12], &[128; 11], &[128, 200, 0]].map(class),
            [Class::Unknown; 5]
        );
    }

    #[test]
    fn a_check_names_us_first_and_may_nominate() {
        let datagram = check(&[(6, b"ours:theirs"), (0x25, b"")]);

        assert_eq!(stun(&datagram), Some(Stun { ours: Some("ours"), answers: false, nominates: true }));
    }

    #[test]
    fn a_check_of_the_wrong_length_or_without_the_cookie_is_torn() {
        let good = check(&[(6, b"ours:theirs")]);
        let mut without = good.clone();
        without[4] = 0;

        assert_eq!([stun(&good[..good.len() - 1]), stun(&without), stun(&good[..20])], [None; 3]);
    }
}
