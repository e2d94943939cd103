//! Offers: what is answered, how, and what is refused.

mod hall;

use causerie_sfu::sdp::Offer;
use causerie_sfu::{Join, PeerKey, Refusal, Speaker};
use hall::{Hall, ROOM};

const CHROMIUM: &str = include_str!("offers/chromium.sdp");
const FINGERPRINT: &str = "a=fingerprint:sha-256 75:74:5A:A6:A4:E5:52:F4:A7:67:4C:01:C7:EE:91:3F:21:3D:A2:E3:53:7B:6F:30:86:\
F2:30:AA:65:FB:04:24\n";

fn answer(offer: &str) -> Result<String, Refusal> {
    Hall::open(1).offer(1, offer, true)
}

/// The lines of an answer that begin so, without what chance decides.
fn lines<'a>(answer: &'a str, begin: &str) -> Vec<&'a str> {
    answer.lines().filter(|line| line.starts_with(begin)).collect()
}

#[test]
fn sound_is_answered_line_by_line_and_everything_else_is_refused_with_port_0() {
    let answer = answer(CHROMIUM).expect("a good offer");

    assert_eq!(
        lines(&answer, "m="),
        [
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
            "m=video 0 UDP/TLS/RTP/SAVPF 96 97",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
        ]
    );
    assert_eq!(lines(&answer, "a=mid:"), ["a=mid:0", "a=mid:1", "a=mid:2", "a=mid:3", "a=mid:4"]);
    assert_eq!(lines(&answer, "a=group:"), ["a=group:BUNDLE 0 1 3"]);
    assert_eq!(lines(&answer, "a=setup:"), ["a=setup:passive"; 3]);
}

#[test]
fn a_speaker_is_asked_for_protected_sound_and_lost_packets_only_where_the_page_said_so() {
    let answer = answer(CHROMIUM).expect("a good offer");

    assert_eq!(lines(&answer, "a=fmtp:111"), ["a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1;stereo=0"; 3]);
    // Copies of earlier sound only on lines on which nobody sends us any.
    assert_eq!(lines(&answer, "a=fmtp:63"), ["a=fmtp:63 111/111"]);
    assert_eq!(lines(&answer, "a=rtcp-fb:"), ["a=rtcp-fb:111 nack"]);
}

#[test]
fn what_a_person_may_not_do_is_not_negotiated() {
    let directions = |listens, publishes| {
        let hall = Hall::open(1);
        let join = Join {
            peer: PeerKey(1),
            room: ROOM,
            speaker: Speaker(1),
            offer: CHROMIUM,
            listens,
            publishes,
            programme: None,
        };
        let answer = hall.doors.offer(hall.now, join).expect("a good offer");
        let words = ["a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"];
        answer
            .lines()
            .filter(|line| words.contains(line))
            .map(|line| line[2..].to_owned())
            .collect::<Vec<_>>()
    };

    // Sections: microphone, voice, picture, voice, data.
    assert_eq!(directions(true, true), ["sendrecv", "sendonly", "inactive", "sendonly", "inactive"]);
    assert_eq!(directions(true, false), ["sendonly", "sendonly", "inactive", "sendonly", "inactive"]);
    assert_eq!(directions(false, true), ["recvonly", "inactive", "inactive", "inactive", "inactive"]);
}

#[test]
fn addresses_in_an_offer_are_counted_and_go_no_further() {
    let offer = Offer::read(CHROMIUM, true, true).expect("a good offer");
    let mut many = CHROMIUM.to_owned();
    for port in 0..500 {
        many.push_str(&format!("a=candidate:1 1 udp 1 10.0.0.1 {port} typ host\n"));
    }

    let counted = Offer::read(&many, true, true).expect("a good offer").candidates();

    assert_eq!((offer.candidates(), counted), (2, 20));
    assert!(!offer.cleaned().contains("candidate"));
}

#[test]
fn only_one_line_may_send() {
    let offer = CHROMIUM.replace("a=recvonly", "a=sendrecv");

    let answer = answer(&offer).expect("a good offer");

    let sending = lines(&answer, "a=sendrecv").len() + lines(&answer, "a=recvonly").len();
    assert_eq!(sending, 1);
}

#[test]
fn an_encoder_that_only_sends_is_answered() {
    let offer: String = CHROMIUM
        .lines()
        .take_while(|line| !line.starts_with("m=audio 0"))
        .map(|line| format!("{line}\r\n"))
        .collect();
    let offer = offer.replace("a=sendrecv", "a=sendonly").replace("BUNDLE 0 1 2 3 4", "BUNDLE 0");

    let answer = answer(&offer).expect("a good offer");

    assert_eq!((lines(&answer, "a=recvonly").len(), lines(&answer, "a=ssrc:").len()), (1, 0));
}

#[test]
fn what_cannot_be_answered_is_refused_with_its_reason() {
    let lines = |kind: &str, count: usize| {
        let section = format!("m={kind} 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n");
        format!("{CHROMIUM}{}", section.repeat(count))
    };
    let refusals = [
        String::new(),
        "hello".to_owned(),
        CHROMIUM.replace("v=0", "v=1"),
        "v=0\r\n".repeat(300_000),
        lines("audio", 10_000),
        lines("audio", 28),
        CHROMIUM.replace("a=rtpmap:110", "a=rtpmap:300"),
        CHROMIUM.replace("SAVPF 111 63 9 0", "SAVPF 111 63 9 200"),
        CHROMIUM.replace("a=mid:1", "a=mid:0"),
        CHROMIUM.replace("a=mid:1", "a=mid:a-name-longer-than-sixteen"),
        CHROMIUM.replace("m=audio 9", "m=audio 99999999"),
        CHROMIUM.replace("a=ice-ufrag:4ZcD", "a=ice-ufrag:"),
        CHROMIUM.replace("a=ice-pwd:2/1muCWoOi3uLifh0NuRHlmT\n", ""),
        CHROMIUM.replace("a=setup:actpass", "a=setup:passive"),
        CHROMIUM.replace(FINGERPRINT, ""),
        CHROMIUM.replace(FINGERPRINT, "a=fingerprint:\n"),
        CHROMIUM.replace(FINGERPRINT, "a=fingerprint:sha-256 75:74\n"),
        CHROMIUM.replace(
            FINGERPRINT,
            "a=fingerprint:sha-1 75:74:5A:A6:A4:E5:52:F4:A7:67:4C:01:C7:EE:91:3F:21:3D:A2:E3\n",
        ),
        CHROMIUM.replace(FINGERPRINT, &FINGERPRINT.replace("75:74", "ZZ:74")),
        CHROMIUM.replacen(FINGERPRINT, &FINGERPRINT.replace("75:74", "00:00"), 1),
        CHROMIUM.replace("opus/48000/2", "speex/16000"),
        CHROMIUM.replace("m=audio", "m=video"),
    ]
    .map(|offer| answer(&offer).map(|_| ()).expect_err("no good offer"));

    use Refusal::{Fingerprint, NoAudio, TooLarge, Unreadable};
    let expected = [
        Unreadable,
        Unreadable,
        Unreadable,
        TooLarge,
        TooLarge,
        TooLarge,
        Unreadable,
        Unreadable,
        Unreadable,
        Unreadable,
        Unreadable,
        Unreadable,
        Unreadable,
        Unreadable,
        Fingerprint,
        Fingerprint,
        Fingerprint,
        Fingerprint,
        Fingerprint,
        Fingerprint,
        NoAudio,
        NoAudio,
    ];
    assert_eq!(refusals, expected);
}

#[test]
fn a_full_house_says_so_and_a_refused_offer_leaves_no_trace() {
    let hall = Hall::open(1);
    let refused: Vec<_> = (1..5).map(|speaker| hall.offer(speaker, "v=0", true).is_err()).collect();
    let peers = hall.count("peers");
    let answers: Vec<_> = (1..=1001).map(|speaker| hall.offer(speaker, CHROMIUM, true).is_ok()).collect();

    assert_eq!((refused, peers), (vec![true; 4], 0));
    assert_eq!(answers.iter().filter(|ok| **ok).count(), 1000);
    assert_eq!(hall.offer(2000, CHROMIUM, true), Err(Refusal::Full));
}
