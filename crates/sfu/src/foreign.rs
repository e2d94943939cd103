//! Addresses whose person is on another worker than the kernel thinks.

use crate::doors::lock;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Looked at only while there are any, so that a packet takes no lock where everybody is at home.
#[derive(Default)]
pub(crate) struct Foreign {
    owners: Mutex<HashMap<SocketAddr, usize>>,
    many: AtomicUsize,
}

impl Foreign {
    /// This address belongs to somebody on that worker.
    pub(crate) fn note(&self, address: SocketAddr, worker: usize) {
        let mut owners = lock(&self.owners);
        owners.insert(address, worker);
        self.many.store(owners.len(), Ordering::Release);
    }

    pub(crate) fn forget(&self, addresses: impl Iterator<Item = SocketAddr>) {
        if self.many.load(Ordering::Acquire) > 0 {
            let mut owners = lock(&self.owners);
            addresses.for_each(|address| {
                owners.remove(&address);
            });
            self.many.store(owners.len(), Ordering::Release);
        }
    }

    /// The worker that knows this address, if it is another one.
    pub(crate) fn owner(&self, address: SocketAddr, worker: usize) -> Option<usize> {
        if self.many.load(Ordering::Acquire) == 0 {
            return None;
        }
        lock(&self.owners).get(&address).copied().filter(|owner| *owner != worker)
    }
}
