//! How str0m is set up: one certificate, Opus only, levels and line names as header extensions, no bandwidth estimate.

use super::dtls;
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use str0m::config::DtlsCert;
use str0m::format::CodecConfig;
use str0m::rtp::{Extension, ExtensionMap};
use str0m::{IceCreds, Rtc, RtcConfig};

/// One certificate for all: a browser checks it against the answer it came with.
fn certificate() -> DtlsCert {
    static CERTIFICATE: OnceLock<DtlsCert> = OnceLock::new();
    let generate =
        || dtls::provider().dtls_provider.generate_certificate().expect("aws-lc makes certificates");
    CERTIFICATE.get_or_init(generate).clone()
}

/// How often somebody who is connected is asked whether they still want to hear us (RFC 7675, section 5.1).
const CONSENT: Duration = Duration::from_secs(5);

/// A connection that nobody has offered anything to yet.
pub(super) fn build(now: Instant, credentials: IceCreds) -> Rtc {
    let mut config = RtcConfig::new()
        .set_crypto_provider(dtls::provider())
        .set_dtls_cert(certificate())
        .clear_codecs()
        // RED is left out: what is redundant would have to be judged by the gate frame by frame.
        .enable_opus(true, false)
        .set_extension_map(extensions())
        .set_rtp_mode(true)
        .set_stats_interval(None)
        // Reports on our own sources arrive only as raw packets; str0m does not know these sources.
        .enable_raw_packets(true)
        .set_rtcp_report_interval_audio(Duration::from_secs(2))
        .set_local_ice_credentials(credentials);
    config.set_max_stun_rto(CONSENT);
    *config.codec_config() = with_nack(config.codec_config());
    config.build(now)
}

/// Transport-wide congestion control stays out: it costs 44 KiB a peer once packets flow.
fn extensions() -> ExtensionMap {
    let mut map = ExtensionMap::empty();
    map.set(1, Extension::AudioLevel);
    map.set(4, Extension::RtpMid);
    map
}

/// Lost sound is asked for again, which str0m offers for video only by itself.
fn with_nack(codecs: &CodecConfig) -> CodecConfig {
    let mut params = codecs.params().to_vec();
    for param in &mut params {
        param.set_fb_nack(true);
        param.set_fb_transport_cc(false);
    }
    CodecConfig::new_from_payload_params(params)
}
