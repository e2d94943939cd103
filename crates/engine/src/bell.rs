//! How one thread wakes another that sleeps, and how a worker sleeps until something comes.

use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering, fence};
use std::time::Duration;

/// A bell beside a sleeping thread. Ringing a thread that is awake costs nothing.
pub struct Bell {
    fd: OwnedFd,
    asleep: AtomicBool,
}

impl Bell {
    /// A bell nobody has rung yet.
    pub fn new() -> io::Result<Self> {
        // SAFETY: no pointers are given, and the answer is checked before it becomes ours.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, owned by nobody else.
        Ok(Self { fd: unsafe { OwnedFd::from_raw_fd(fd) }, asleep: AtomicBool::new(false) })
    }

    /// Wake the thread if it sleeps. What it should find must be in place before.
    pub fn ring(&self) {
        // Pairs with the fence in `going_to_sleep`: either we see it asleep, or it sees what we put in place.
        fence(Ordering::SeqCst);
        if self.asleep.load(Ordering::Relaxed) && self.asleep.swap(false, Ordering::Relaxed) {
            self.strike();
        }
    }

    /// Make the descriptor readable, whether or not somebody sleeps.
    pub fn strike(&self) {
        let one = 1_u64;
        // SAFETY: eight bytes of our own are read.
        unsafe { libc::write(self.fd.as_raw_fd(), (&raw const one).cast(), 8) };
    }

    /// Make the descriptor quiet again.
    pub fn still(&self) {
        let mut count = 0_u64;
        // SAFETY: eight bytes of our own are written.
        unsafe { libc::read(self.fd.as_raw_fd(), (&raw mut count).cast(), 8) };
    }

    /// From here on a ring is heard. Look once more for work before really sleeping.
    pub fn going_to_sleep(&self) {
        self.asleep.store(true, Ordering::Relaxed);
        fence(Ordering::SeqCst);
    }

    /// Awake: rings are not needed.
    pub fn awake(&self) {
        self.asleep.store(false, Ordering::Relaxed);
    }
}

impl AsRawFd for Bell {
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }
}

/// So many are heard of at once; others right afterwards.
const EVENTS: usize = 8;

/// What a worker waits on: its sockets and its bell.
pub struct Bed {
    epoll: OwnedFd,
}

impl Bed {
    /// Sleep lightly beside these descriptors.
    pub fn beside(sources: &[RawFd]) -> io::Result<Self> {
        // SAFETY: no pointers are given, and the answer is checked before it becomes ours.
        let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, owned by nobody else.
        let bed = Self { epoll: unsafe { OwnedFd::from_raw_fd(fd) } };
        sources.iter().try_for_each(|source| bed.watch(*source))?;
        Ok(bed)
    }

    fn watch(&self, source: RawFd) -> io::Result<()> {
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: source as u64 };
        // SAFETY: `event` lives through the call.
        let done =
            unsafe { libc::epoll_ctl(self.epoll.as_raw_fd(), libc::EPOLL_CTL_ADD, source, &raw mut event) };
        if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    /// Sleep until something comes or the time is over; says whether `source` was among what came.
    pub fn sleep(&self, at_most: Option<Duration>, source: RawFd) -> bool {
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; EVENTS];
        let most = events.len() as i32;
        // SAFETY: at most so many events are written as there are places.
        let count =
            unsafe { libc::epoll_wait(self.epoll.as_raw_fd(), events.as_mut_ptr(), most, millis(at_most)) };
        let count = usize::try_from(count).unwrap_or(0);
        events[..count].iter().any(|event| event.u64 == source as u64)
    }
}

/// Rounded up: waking a little late is one wake, waking early is two.
fn millis(time: Option<Duration>) -> i32 {
    const LONGEST: u128 = 60_000;
    time.map_or(-1, |time| time.as_nanos().div_ceil(1_000_000).min(LONGEST) as i32)
}

#[cfg(test)]
mod tests {
    use super::{Bed, Bell, millis};
    use std::os::fd::AsRawFd;
    use std::time::Duration;

    #[test]
    fn a_bell_wakes_a_sleeper_and_spares_those_awake() {
        let bell = Bell::new().expect("a bell");
        let bed = Bed::beside(&[bell.as_raw_fd()]).expect("a bed");

        bell.ring();
        let awake = bed.sleep(Some(Duration::ZERO), bell.as_raw_fd());
        bell.going_to_sleep();
        bell.ring();
        let asleep = bed.sleep(Some(Duration::from_secs(5)), bell.as_raw_fd());
        bell.still();
        let after = bed.sleep(Some(Duration::ZERO), bell.as_raw_fd());

        assert_eq!((awake, asleep, after), (false, true, false));
    }

    #[test]
    fn sleep_ends_after_the_deadline_and_not_before() {
        assert_eq!(millis(None), -1);
        assert_eq!(millis(Some(Duration::ZERO)), 0);
        assert_eq!(millis(Some(Duration::from_micros(1))), 1);
        assert_eq!(millis(Some(Duration::from_micros(2001))), 3);
        assert_eq!(millis(Some(Duration::MAX)), 60_000);
    }
}
