//! Which of many pipes have something to say or room to hear.

use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

/// So many are told of at once; the others are next.
const MANY: usize = 64;

/// One pipe that is ready.
pub struct Ready {
    /// The name it was added under.
    pub name: u64,
    /// Something came, or its end.
    pub reads: bool,
    /// There is room again.
    pub writes: bool,
}

/// The kernel's list of pipes; readable itself when one of them is ready.
pub struct Watch(OwnedFd);

impl Watch {
    /// An empty list.
    pub fn new() -> io::Result<Self> {
        // SAFETY: no pointers are given, and the answer is checked before it becomes ours.
        let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, owned by nobody else.
        Ok(Self(unsafe { OwnedFd::from_raw_fd(fd) }))
    }

    /// Look at this one too, for what it says. It is forgotten when it is closed.
    pub fn add(&self, source: RawFd, name: u64) -> io::Result<()> {
        self.control(libc::EPOLL_CTL_ADD, source, name, false)
    }

    /// Look also whether it has room, or no longer.
    pub fn change(&self, source: RawFd, name: u64, for_room: bool) -> io::Result<()> {
        self.control(libc::EPOLL_CTL_MOD, source, name, for_room)
    }

    fn control(&self, what: libc::c_int, source: RawFd, name: u64, for_room: bool) -> io::Result<()> {
        let events = libc::EPOLLIN | libc::EPOLLRDHUP | if for_room { libc::EPOLLOUT } else { 0 };
        let mut event = libc::epoll_event { events: events as u32, u64: name };
        // SAFETY: `event` lives through the call.
        let done = unsafe { libc::epoll_ctl(self.0.as_raw_fd(), what, source, &raw mut event) };
        if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    /// Those that are ready now.
    pub fn ready(&self) -> impl Iterator<Item = Ready> + use<> {
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; MANY];
        // SAFETY: at most so many events are written as there are places.
        let count =
            unsafe { libc::epoll_wait(self.0.as_raw_fd(), events.as_mut_ptr(), MANY as libc::c_int, 0) };
        events.into_iter().take(usize::try_from(count).unwrap_or(0)).map(|event| {
            let has = |flags: libc::c_int| event.events & flags as u32 != 0;
            let reads = has(libc::EPOLLIN | libc::EPOLLRDHUP | libc::EPOLLHUP | libc::EPOLLERR);
            Ready { name: event.u64, reads, writes: has(libc::EPOLLOUT) }
        })
    }
}

impl AsRawFd for Watch {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}
