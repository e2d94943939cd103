//! The other side of a connection, for tests: a page made of the same parts.

use super::config;
pub(crate) use super::dtls::KeySlot;
use super::dtls::{self, slot_of_last_built};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::media::{Direction, MediaKind};
use str0m::{Candidate, IceCreds, Rtc, RtcConfig};

/// An offer that waits for its answer.
pub(crate) struct Offered {
    pub text: String,
    pending: SdpPendingOffer,
}

impl Offered {
    pub fn answered(self, page: &mut Rtc, answer: &str) -> Option<()> {
        let answer = SdpAnswer::from_sdp_string(answer).ok()?;
        page.sdp_api().accept_answer(self.pending, answer).ok()
    }
}

/// A page with one line, where its keys will be, and its offer.
pub(crate) fn client(now: Instant, address: SocketAddr) -> Option<(Rtc, Arc<KeySlot>, Offered)> {
    let mut page = config::build(now, IceCreds::new());
    let slot = slot_of_last_built()?;
    page.add_local_candidate(Candidate::host(address, "udp").ok()?);
    let mut api = page.sdp_api();
    api.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
    let (offer, pending) = api.apply()?;
    Some((page, slot, Offered { text: offer.to_sdp_string(), pending }))
}

/// A page of its own making, and where its keys will be.
pub(crate) fn wired(now: Instant, config: RtcConfig) -> Option<(Rtc, Arc<KeySlot>)> {
    let page = config.set_crypto_provider(dtls::provider()).build(now);
    Some((page, slot_of_last_built()?))
}
