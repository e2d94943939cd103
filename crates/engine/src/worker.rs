//! One thread of sound: it sleeps beside its sockets, and takes care of those whose packets the kernel gives it.

use crate::bell::Bed;
use crate::lag::Lag;
use crate::mixing::Booth;
use crate::players::Players;
use crate::post::{Letters, Post};
use crate::ring::Writer;
use crate::roads::Roads;
use crate::shared::Shared;
use crate::tcp::{Arrival, Pipes, Received};
use crate::udp::{self, Inbox, Places, Sockets};
use crate::wire::{Line, Porch};
use causerie_sfu::{Change, Command, Home, Outbox, Reason, Recorded, Sfu};
use std::io;
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// After so many batches in a row it is time to look at the clock and the letters again.
const BATCHES: usize = 8;
/// A worker that breaks down at once again must not take a whole core.
const BREATH: Duration = Duration::from_millis(20);

/// Everything one thread owns.
pub struct Worker {
    number: usize,
    shared: Arc<Shared>,
    places: Places,
    sockets: Arc<Sockets>,
    inbox: Inbox,
    porch: Porch,
    pipes: Arc<Mutex<Pipes>>,
    datagram: Box<[u8; udp::LONGEST]>,
    roads: Roads,
    booth: Booth,
    recorder: Writer<Recorded>,
    players: Players,
    bed: Bed,
    sfu: Sfu,
    out: Outbox,
}

impl Worker {
    /// A worker for this socket, not yet running.
    pub fn new(
        number: usize,
        shared: Arc<Shared>,
        places: Places,
        sockets: Sockets,
        roads: Roads,
        booth: Booth,
        recorder: Writer<Recorded>,
    ) -> io::Result<Self> {
        let pipes = Pipes::new(shared.clone())?;
        let others = [shared.posts[number].bell.as_raw_fd(), pipes.as_raw_fd()];
        let bed = Bed::beside(&[&sockets.descriptors()[..], &others].concat())?;
        let pipes = Arc::new(Mutex::new(pipes));
        let (sockets, porch) = (Arc::new(sockets), Arc::new(Mutex::new(Inbox::ready())));
        let line = Line::new(sockets.clone(), places.clone(), porch.clone(), pipes.clone(), shared.clone());
        let sfu = Sfu::new(shared.doors.clone(), number, Instant::now());
        let (inbox, players, datagram) = (Inbox::ready(), Players::default(), Box::new([0; udp::LONGEST]));
        let out = Outbox::new(Box::new(line));
        Ok(Self {
            number,
            shared,
            places,
            sockets,
            inbox,
            porch,
            pipes,
            datagram,
            roads,
            booth,
            recorder,
            players,
            bed,
            sfu,
            out,
        })
    }

    /// Work until the engine ends. A panic costs the people on this worker their connection, and nobody else.
    pub fn run(mut self) {
        while !self.shared.is_over() {
            if catch_unwind(AssertUnwindSafe(|| self.live())).is_err() {
                self.begin_anew();
            }
        }
    }

    fn live(&mut self) {
        while !self.shared.is_over() {
            let left = self.round();
            self.lag().ends(left, Instant::now());
            let planned = self.next_moment();
            self.sleep(planned);
            self.lag().begins(planned, Instant::now());
        }
    }

    /// Do what is due; says whether something had to be left.
    fn round(&mut self) -> bool {
        if let Some(letters) = self.post().take() {
            self.read(letters);
        }
        self.take_in_from_others();
        let left = self.take_in();
        self.take_in_by_tcp();
        self.keep_time();
        left
    }

    fn read(&mut self, letters: Letters) {
        #[cfg(test)]
        assert!(!letters.breaks, "a worker breaks down");
        let entered = letters.entrances.into_iter().map(|entrance| self.players.enter(entrance));
        entered.for_each(|change| self.shared.changes.tell(change));
        for peer in &letters.leaving {
            self.players.leave(*peer);
        }
        for room in &letters.closed {
            self.players.close_room(*room);
        }
        letters.arrivals.into_iter().for_each(|arrival| self.arrive(arrival));
        let retaken = letters.retaken.into_iter().map(Command::Retake);
        let regated = letters.regated.into_iter().map(Command::Regate);
        let leaving = letters.leaving.into_iter().map(Command::Leave);
        let closed = letters.closed.into_iter().map(Command::CloseRoom);
        let now = Instant::now();
        for command in retaken.chain(regated).chain(leaving).chain(closed) {
            self.sfu.command(now, command, &mut self.out);
        }
        self.carry();
    }

    fn take_in_from_others(&mut self) {
        if self.roads.are_empty() && self.booth.is_empty() {
            return;
        }
        let now = Instant::now();
        while let Some(mixed) = self.booth.mixed() {
            self.sfu.programme(now, &mixed, &mut self.out);
        }
        while let Some(spoken) = self.roads.heard() {
            self.sfu.spoken(now, &spoken, &mut self.out);
        }
        while let Some(mut stray) = self.roads.come_home() {
            self.sfu.stray(now, &mut stray, &mut self.out);
        }
        self.carry();
    }

    /// Says whether more may have come than one round takes.
    fn take_in(&mut self) -> bool {
        for _ in 0..BATCHES {
            if !self.next_batch() {
                return false;
            }
            let now = Instant::now();
            while let Some(received) = self.inbox.take(&mut self.datagram) {
                let to = self.places.meant(received.local);
                let datagram = &mut self.datagram[..received.length];
                self.sfu.datagram(now, received.from, to, datagram, &mut self.out);
            }
            self.carry();
        }
        true
    }

    /// Somebody's connection by TCP; they may have come to another worker by UDP since it was sent here.
    fn arrive(&self, arrival: Arrival) {
        match self.shared.doors.home(&arrival.ufrag) {
            Home::With(worker) if worker != self.number => {
                self.shared.posts[worker].put(|letters| letters.arrivals.push(arrival));
            }
            _ => lock(&self.pipes).enter(arrival),
        }
    }

    fn take_in_by_tcp(&mut self) {
        let now = Instant::now();
        if lock(&self.pipes).look(now) {
            while let Some(received) = self.next_frame() {
                let datagram = &mut self.datagram[..received.length];
                self.sfu.datagram(now, received.from, received.to, datagram, &mut self.out);
            }
            self.carry();
        }
        lock(&self.pipes).keep(now, &self.sfu);
    }

    /// Pipes are written to while a datagram is dealt with, so they are let go before.
    fn next_frame(&mut self) -> Option<Received> {
        lock(&self.pipes).take(&mut self.datagram[..])
    }

    /// What was taken in during a burst came first; then the kernel is asked.
    fn next_batch(&mut self) -> bool {
        let mut porch = self.porch.lock().unwrap_or_else(PoisonError::into_inner);
        if !porch.is_empty() {
            std::mem::swap(&mut self.inbox, &mut porch);
            return true;
        }
        drop(porch);
        self.inbox.fill(&self.sockets) > 0
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        self.players.speak(now, &mut self.sfu, &mut self.out);
        if self.sfu.deadline().is_some_and(|deadline| deadline <= now) {
            self.sfu.timeout(now, &mut self.out);
        }
        while let Some((peer, room)) = self.players.ended() {
            self.shared.doors.leave(peer);
            self.out.changes.push(Change::gone(peer, room, Reason::Ended));
        }
        self.carry();
    }

    /// Bring everything on its way that the core has left.
    fn carry(&mut self) {
        self.out.flush();
        let Shared { counts, posts, .. } = &*self.shared;
        for stray in self.out.strays.drain(..) {
            self.roads.send_home(&stray, counts);
            posts[stray.worker].bell.ring();
        }
        for recorded in self.out.recorded.drain(..) {
            counts.recorded.add(usize::from(!self.recorder.push(&recorded)));
        }
        self.out.mixing.drain(..).for_each(|spoken| self.booth.say(&spoken, counts));
        if !self.out.spoken.is_empty() {
            self.out.spoken.drain(..).for_each(|spoken| self.roads.speak(&spoken, counts));
            posts.iter().for_each(|post| post.bell.ring());
        }
        self.out.changes.drain(..).for_each(|change| self.shared.changes.tell(change));
    }

    fn sleep(&self, until: Option<Instant>) {
        let bell = &self.post().bell;
        bell.going_to_sleep();
        let time_left = until.map(|moment| moment.saturating_duration_since(Instant::now()));
        let time = if self.has_work() { Some(Duration::ZERO) } else { time_left };
        if self.bed.sleep(time, bell.as_raw_fd()) {
            bell.still();
        }
        bell.awake();
    }

    fn has_work(&self) -> bool {
        let porch = self.porch.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.is_over()
            || self.post().has_some()
            || !self.roads.are_empty()
            || !self.booth.is_empty()
            || !porch.is_empty()
    }

    /// When there is something to do at the latest.
    fn next_moment(&self) -> Option<Instant> {
        [self.sfu.deadline(), self.players.deadline()].into_iter().flatten().min()
    }

    fn lag(&self) -> &Lag {
        &self.shared.lags[self.number]
    }

    fn post(&self) -> &Post {
        &self.shared.posts[self.number]
    }

    fn line(&self) -> Line {
        let (sockets, places) = (self.sockets.clone(), self.places.clone());
        Line::new(sockets, places, self.porch.clone(), self.pipes.clone(), self.shared.clone())
    }

    /// After a panic: nothing of what was half done is used again. Players go on.
    fn begin_anew(&mut self) {
        self.shared.counts.workers.add(1);
        self.out = Outbox::new(Box::new(self.line()));
        self.sfu = Sfu::new(self.shared.doors.clone(), self.number, Instant::now());
        let lost = self.shared.doors.abandon(self.number);
        lost.into_iter().for_each(|change| self.shared.changes.tell(change));
        std::thread::sleep(BREATH);
    }
}

fn lock(pipes: &Mutex<Pipes>) -> MutexGuard<'_, Pipes> {
    pipes.lock().unwrap_or_else(PoisonError::into_inner)
}
