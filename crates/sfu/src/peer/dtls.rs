//! The handshake as we want it: one configuration for all, and the keys it ends with handed to our own sender.

use super::raised;
use crate::srtp::Keys;
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use str0m::crypto::dtls::ProtocolVersion;
use str0m::crypto::dtls::{DtlsCert, DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, DtlsVersion};
use str0m::crypto::{CryptoError, CryptoProvider};

/// Where a handshake leaves its keys.
#[derive(Default)]
pub(crate) struct KeySlot(OnceLock<Keys>);

impl KeySlot {
    pub fn keys(&self) -> Option<&Keys> {
        self.0.get()
    }
}

impl fmt::Debug for KeySlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeySlot(…)")
    }
}

thread_local!(static BUILT: RefCell<Option<Arc<KeySlot>>> = const { RefCell::new(None) });

/// The slot of the connection this thread built last: str0m makes the handshake inside `RtcConfig::build`.
pub(super) fn slot_of_last_built() -> Option<Arc<KeySlot>> {
    BUILT.with(|built| built.borrow_mut().take())
}

/// str0m's cryptography with our handshake in it. The provider lives as long as the process.
pub(super) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(build).clone()
}

fn build() -> Arc<CryptoProvider> {
    let base = str0m::crypto::from_feature_flags();
    // A handshake's first flight comes from a checked address only, so the cookie exchange would prove nothing more.
    let config =
        dimpl::Config::builder().use_server_cookie(false).build().expect("a configuration of constants");
    let shared: &'static Shared =
        Box::leak(Box::new(Shared { config: Arc::new(config), base: base.dtls_provider }));
    Arc::new(CryptoProvider {
        dtls_provider: shared,
        srtp_provider: raised::around(base.srtp_provider),
        ..base
    })
}

/// str0m's own provider builds and tests a configuration for each peer, which was 85 % of the price of a join.
#[derive(Debug)]
struct Shared {
    config: Arc<dimpl::Config>,
    base: &'static dyn DtlsProvider,
}

impl DtlsProvider for Shared {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        self.base.generate_certificate()
    }

    fn new_dtls(
        &self,
        cert: &DtlsCert,
        now: Instant,
        _version: DtlsVersion,
        _mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        let slot = Arc::<KeySlot>::default();
        BUILT.with(|built| *built.borrow_mut() = Some(slot.clone()));
        // 1.2 gives AES-GCM in both browsers; offering 1.3 too made Chromium fall to CM-SHA1.
        let dtls = dimpl::Dtls::new_12(self.config.clone(), cert.clone(), now);
        Ok(Box::new(Tapped { dtls, slot }))
    }
}

/// A handshake whose keys we also see.
struct Tapped {
    dtls: dimpl::Dtls,
    slot: Arc<KeySlot>,
}

impl fmt::Debug for Tapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tapped(…)")
    }
}

impl DtlsInstance for Tapped {
    fn set_active(&mut self, active: bool) {
        self.dtls.set_active(active);
    }

    fn handle_packet(&mut self, packet: &[u8]) -> Result<(), DtlsImplError> {
        self.dtls.handle_packet(packet)
    }

    fn poll_output<'a>(&mut self, buffer: &'a mut [u8]) -> DtlsOutput<'a> {
        let active = self.dtls.is_active();
        let output = self.dtls.poll_output(buffer);
        if let DtlsOutput::KeyingMaterial(material, profile) = &output {
            let keys = Keys { profile: *profile, material: material.to_vec(), active };
            // A handshake ends once; a second set of keys would be no handshake of this connection.
            let _ = self.slot.0.set(keys);
        }
        output
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), DtlsImplError> {
        self.dtls.handle_timeout(now)
    }

    fn send_application_data(&mut self, data: &[u8]) -> Result<usize, DtlsImplError> {
        self.dtls.send_application_data(data)
    }

    fn is_active(&self) -> bool {
        self.dtls.is_active()
    }

    fn protocol_version(&self) -> Option<ProtocolVersion> {
        self.dtls.protocol_version()
    }

    fn is_closing(&self) -> bool {
        self.dtls.is_closing()
    }

    fn is_closed(&self) -> bool {
        self.dtls.is_closed()
    }

    fn close(&mut self) -> Result<(), DtlsImplError> {
        self.dtls.close()
    }
}
