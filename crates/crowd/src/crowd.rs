//! All listeners, on one thread beside their sockets.

use crate::figures::{Figures, Tally};
use crate::listener::Listener;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// So long somebody new waits at most.
const PATIENCE: Duration = Duration::from_millis(20);

/// Why somebody does not listen.
#[derive(Debug)]
pub enum Refused {
    /// The answer does not fit the offer, or there was none.
    Unfit,
    /// This machine has no socket for them.
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Listeners who came, and those whose offer waits for an answer.
pub struct Crowd {
    waiting: Mutex<HashMap<u64, Listener>>,
    next: Mutex<u64>,
    door: Mutex<mpsc::Sender<Listener>>,
    tally: Arc<Tally>,
    over: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Crowd {
    /// Nobody yet.
    pub fn gather() -> io::Result<Self> {
        let (door, came) = mpsc::channel();
        let (tally, over) = (Arc::<Tally>::default(), Arc::<AtomicBool>::default());
        let hall = Hall::open(came, tally.clone(), over.clone())?;
        let thread = std::thread::Builder::new().name("crowd".to_owned()).spawn(|| hall.run())?;
        let (waiting, next) = (Mutex::default(), Mutex::new(1));
        Ok(Self { waiting, next, door: Mutex::new(door), tally, over, thread: Mutex::new(Some(thread)) })
    }

    /// One more offers to listen; gives their number and their offer.
    pub fn offer(&self) -> Result<(u64, String), Refused> {
        let (listener, offer) = Listener::new(Instant::now())?;
        let mut next = lock(&self.next);
        let number = *next;
        *next += 1;
        lock(&self.waiting).insert(number, listener);
        Ok((number, offer))
    }

    /// They were answered, and listen from now on.
    pub fn answer(&self, number: u64, answer: &str) -> Result<(), Refused> {
        let mut listener = lock(&self.waiting).remove(&number).ok_or(Refused::Unfit)?;
        listener.answered(answer)?;
        lock(&self.door).send(listener).map_err(|_| Refused::Unfit)
    }

    /// What they heard since this was asked last.
    pub fn figures(&self) -> Figures {
        self.tally.read()
    }

    /// All go.
    pub fn leave(&self) {
        self.over.store(true, Ordering::Release);
        lock(&self.thread).take().into_iter().for_each(|thread| _ = thread.join());
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.leave();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the thread has.
struct Hall {
    came: mpsc::Receiver<Listener>,
    tally: Arc<Tally>,
    over: Arc<AtomicBool>,
    epoll: OwnedFd,
    listeners: HashMap<RawFd, Listener>,
    wants: BinaryHeap<Reverse<(Instant, RawFd)>>,
}

impl Hall {
    fn open(came: mpsc::Receiver<Listener>, tally: Arc<Tally>, over: Arc<AtomicBool>) -> io::Result<Self> {
        // SAFETY: no pointers are given, and the answer is checked before it becomes ours.
        let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, owned by nobody else.
        let epoll = unsafe { OwnedFd::from_raw_fd(fd) };
        Ok(Self { came, tally, over, epoll, listeners: HashMap::new(), wants: BinaryHeap::new() })
    }

    fn run(mut self) {
        while !self.over.load(Ordering::Acquire) {
            while let Ok(listener) = self.came.try_recv() {
                self.enter(listener);
            }
            self.listen();
            self.keep_time();
        }
        self.listeners.values_mut().for_each(|listener| listener.leave(&self.tally));
    }

    fn enter(&mut self, listener: Listener) {
        let fd = listener.socket.as_raw_fd();
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: fd as u64 };
        // SAFETY: `event` lives through the call; the socket is ours as long as it is in the list.
        let done =
            unsafe { libc::epoll_ctl(self.epoll.as_raw_fd(), libc::EPOLL_CTL_ADD, fd, &raw mut event) };
        if done == 0 {
            self.listeners.insert(fd, listener);
            self.wake_at(fd, Instant::now());
        }
    }

    /// Sleep until something comes for somebody, and hand it to them.
    fn listen(&mut self) {
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 256];
        let most = events.len() as i32;
        let next = self
            .wants
            .peek()
            .map_or(PATIENCE, |Reverse((when, _))| when.saturating_duration_since(Instant::now()));
        let time = next.min(PATIENCE).as_micros().div_ceil(1000) as i32;
        // SAFETY: at most as many events are written as there are places.
        let count = unsafe { libc::epoll_wait(self.epoll.as_raw_fd(), events.as_mut_ptr(), most, time) };
        for event in &events[..usize::try_from(count).unwrap_or(0)] {
            let fd = event.u64 as RawFd;
            let wants = self.listeners.get_mut(&fd).and_then(|listener| listener.receive(&self.tally));
            wants.into_iter().for_each(|when| self.wake_at(fd, when));
        }
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        while let Some(Reverse((when, fd))) =
            self.wants.peek().copied().filter(|Reverse((when, _))| *when <= now)
        {
            _ = self.wants.pop();
            let Some(listener) = self.listeners.get_mut(&fd).filter(|it| it.due == Some(when)) else {
                continue;
            };
            listener.due = None;
            match listener.tick(now, &self.tally) {
                Some(when) => self.wake_at(fd, when),
                None => _ = self.listeners.remove(&fd),
            }
        }
    }

    /// Look at somebody then, unless they are looked at before.
    fn wake_at(&mut self, fd: RawFd, when: Instant) {
        let Some(listener) = self.listeners.get_mut(&fd) else { return };
        if listener.due.is_none_or(|due| when < due) {
            listener.due = Some(when);
            self.wants.push(Reverse((when, fd)));
        }
    }
}
