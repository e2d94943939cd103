//! The whole engine: threads that begin and end together, and the calls that reach them.

use crate::admission::{self, Reel};
use crate::bell::Bell;
use crate::changes::Changes;
use crate::desk::{Desk, Wishes};
use crate::fault::Fault;
use crate::mixing::{Mixing, Order, Orders, booths};
use crate::ogg::Unreadable;
use crate::post::Post;
use crate::recorder::{RECORDED, Recorder, State};
use crate::ring::ring;
use crate::roads::Roads;
use crate::shared::Shared;
use crate::tap::Tap;
use crate::tape::Tape;
use crate::tcp::{self, Porter};
use crate::udp::{Places, Sockets};
use crate::worker::Worker;
use causerie_sfu::{
    Audience, By, Change, Doors, Gate, PeerKey, Reason, Refusal, RoomKey, Settings, Speaker, Track, pipe,
};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::{AddrParseError, Ipv4Addr, SocketAddr, TcpListener};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

const RECORDER: &str = "recorder";
/// So long a disk may take with the last words when all ends.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// One address that browsers are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What they are told.
    pub public: Ipv4Addr,
    /// The machine's own address that stands behind it, where that is another one (1:1 NAT) and known.
    pub local: Option<Ipv4Addr>,
}

impl FromStr for Told {
    type Err = AddrParseError;

    /// `203.0.113.7`, or `203.0.113.7=10.0.0.5`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (public, local) =
            text.split_once('=').map_or((text, None), |(public, local)| (public, Some(local)));
        Ok(Self { public: public.parse()?, local: local.map(str::parse).transpose()? })
    }
}

/// What the engine must know from the beginning.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on; unspecified for all of the machine's.
    pub bind: Ipv4Addr,
    /// The port, by UDP and by TCP; 0 for any that is free.
    pub port: u16,
    /// The addresses browsers are told; none for the one that is bound.
    pub advertise: Vec<Told>,
    /// How many threads carry sound; 0 for one for each core but one.
    pub workers: usize,
    /// How many connections are taken.
    pub max_peers: usize,
    /// So many bytes of the disk stay free, whatever is recorded: the database has to be able to write.
    pub reserve: u64,
}

/// A page that wants to come in.
#[derive(Debug, Clone)]
pub struct Join {
    /// The connection's number.
    pub peer: PeerKey,
    /// Into which room.
    pub room: RoomKey,
    /// As whom.
    pub speaker: Speaker,
    /// The page's session description.
    pub offer: String,
    /// It may hear.
    pub listens: bool,
    /// It may send sound; its gate decides whether anybody hears it.
    pub publishes: bool,
    /// On which of its lines, from 0, it hears the programme; none to hear voices on all.
    pub programme: Option<usize>,
}

/// One port, some threads, and all rooms' sound.
pub struct Engine {
    shared: Arc<Shared>,
    offers: Arc<Desk<Join>>,
    tapes: Arc<Desk<Reel>>,
    recorder: Arc<Recorder>,
    tap: Arc<Tap>,
    orders: Arc<Orders>,
    port: u16,
    /// Struck when all ends; none where the port is not open by TCP.
    porter: Option<Arc<Bell>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Engine {
    /// Open the port and start all threads.
    pub fn start(config: &Config) -> Result<Self, Fault> {
        let bind = SocketAddr::from((config.bind, config.port));
        let (sockets, listener) = tcp::open(bind, &places(config, 0).locals(), workers(config))?;
        let port = sockets[0].local_addr()?.port();
        let places = places(config, port);
        let posts = sockets.iter().map(|_| Post::new()).collect::<Result<_, _>>()?;
        let doors = Doors::new(settings(config, &places, sockets.len(), listener.is_some()));
        let shared = Arc::new(Shared::new(doors, posts, Changes::new()?));
        let porter = listener.is_some().then(Bell::new).transpose()?.map(Arc::new);
        let engine = Self {
            shared,
            offers: Arc::default(),
            tapes: Arc::default(),
            recorder: Arc::new(Recorder::new(config.reserve)),
            tap: Arc::default(),
            orders: Arc::default(),
            port,
            porter,
            threads: Mutex::default(),
        };
        engine.start_threads(sockets, &places)?;
        engine.start_porter(listener, places, config.max_peers)?;
        Ok(engine)
    }

    fn start_threads(&self, sockets: Vec<Sockets>, places: &Places) -> Result<(), Fault> {
        let roads = Roads::between(sockets.len());
        let (writers, readers): (Vec<_>, Vec<_>) = sockets.iter().map(|_| ring(RECORDED)).unzip();
        let recorder = self.recorder.clone();
        self.thread(RECORDER.to_owned(), move || recorder.run(readers))?;
        let (booths, console) = booths(sockets.len());
        let mixing = Mixing::new(self.shared.clone(), console, self.tap.clone(), self.orders.clone());
        self.thread("mixer".to_owned(), || mixing.run())?;
        let ways = roads.into_iter().zip(booths).zip(writers);
        for (number, (socket, ((roads, booth), writer))) in sockets.into_iter().zip(ways).enumerate() {
            let shared = self.shared.clone();
            let worker = Worker::new(number, shared, places.clone(), socket, roads, booth, writer)?;
            self.thread(format!("sound-{number}"), || worker.run())?;
        }
        let (desk, shared) = (self.offers.clone(), self.shared.clone());
        self.thread("doors".to_owned(), move || admission::answer_offers(&desk, &shared))?;
        let (desk, shared) = (self.tapes.clone(), self.shared.clone());
        self.thread("tapes".to_owned(), move || admission::wind_tapes(&desk, &shared))
    }

    fn start_porter(&self, listener: Option<TcpListener>, places: Places, most: usize) -> Result<(), Fault> {
        let Some((listener, bell)) = listener.zip(self.porter.clone()) else { return Ok(()) };
        let porter = Porter::new(listener, places, self.shared.clone(), bell, most);
        self.thread("porter".to_owned(), || porter.run())
    }

    fn thread(&self, name: String, run: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
        let thread = thread::Builder::new().name(name).spawn(run)?;
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    /// The port everybody's sound goes through.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port is open by TCP too, for those whose network lets no UDP through; another program may have it.
    pub fn by_tcp(&self) -> bool {
        self.porter.is_some()
    }

    /// How many threads carry sound.
    pub fn workers(&self) -> usize {
        self.shared.posts.len()
    }

    /// Readable when [`changes`](Self::changes) has something.
    pub fn fileno(&self) -> i32 {
        self.shared.changes.as_raw_fd()
    }

    /// Everybody whose connection changed since the last call.
    pub fn changes(&self) -> Vec<Change> {
        self.shared.changes.take()
    }

    /// Let a page in; the answer or the refusal comes as a change.
    pub fn join(&self, join: Join) {
        let (peer, room) = (join.peer, join.room);
        if !self.offers.bring(peer, room, join) {
            self.refuse(peer, room);
        }
    }

    fn refuse(&self, peer: PeerKey, room: RoomKey) {
        self.shared.counts.desk.add(1);
        self.shared.changes.tell(admission::refused(peer, room, Refusal::Full));
    }

    /// Let a file speak in a room, from this moment on.
    pub fn play(
        &self,
        peer: PeerKey,
        room: RoomKey,
        speaker: Speaker,
        path: &Path,
        looped: bool,
    ) -> Result<(), Unreadable> {
        let reel = Reel { peer, room, speaker, tape: Tape::open(path)?, started: Instant::now(), looped };
        if !self.tapes.bring(peer, room, reel) {
            self.refuse(peer, room);
        }
        Ok(())
    }

    /// Say where a person may be heard; the latest word holds.
    pub fn gate(&self, peer: PeerKey, gate: Gate) {
        self.wish(|who, _| who == peer, |wishes| wishes.gate = Some(gate));
        self.shared.set_gate(peer, gate);
    }

    /// Let a person hear what is said backstage, or no longer; once their offer is answered.
    pub fn hear_backstage(&self, peer: PeerKey, on: bool) {
        self.shared.doors.hear_backstage(peer, on);
    }

    /// Let a person hear each voice as it is said, as all do on stage; or as the audience does. Once their offer is
    /// answered.
    pub fn hear_at_once(&self, peer: PeerKey, on: bool) {
        self.shared.doors.hear_at_once(peer, on);
    }

    /// Let a room's audience hear its programme, the one mixed sound, instead of each voice; or no longer.
    pub fn programme(&self, room: RoomKey, on: bool) {
        self.shared.doors.programme(room, on);
    }

    /// Let the numbers of programme lines begin here from now on, for tests of what comes after their wrap.
    pub fn number_from(&self, first: u16) {
        self.shared.doors.number_from(first);
    }

    /// Let one listener hear each voice though the others hear the programme; or no longer.
    pub fn lowest_delay(&self, peer: PeerKey, on: bool) {
        self.shared.doors.lowest_delay(peer, on);
    }

    /// Hold a room's programme back so long: nobody in its audience hears voices then, whatever they asked for.
    pub fn safety_delay(&self, room: RoomKey, delay: Duration) {
        self.shared.doors.hold_back(room, !delay.is_zero());
        self.orders.give(Order::Hold(room, delay));
    }

    /// Drop what is held back of a room's programme.
    pub fn dump(&self, room: RoomKey) {
        self.orders.give(Order::Dump(room));
    }

    /// Have a datagram for each tick of every room that is [`stream`](Self::stream)ed go out on this connected socket.
    pub fn lead_streams(&self, socket: BorrowedFd<'_>) -> io::Result<()> {
        self.tap.lead(socket)
    }

    /// Make streams of a room's programme, whether or not somebody hears it here; or no longer.
    pub fn stream(&self, room: RoomKey, on: bool) {
        self.tap.draw(room, on);
        self.shared.doors.stream(room, on);
    }

    /// Keep a log at this path; it is a file once something was said. A log that is there goes on.
    pub fn open_track(&self, track: Track, path: PathBuf) {
        self.recorder.open(track, path);
    }

    /// Bring a log to its end: once [`tracks`](Self::tracks) does not name it any more, all of it is on the disk.
    pub fn close_track(&self, track: Track) {
        self.recorder.close(track);
    }

    /// Record what a person says on stage on this track from now on, or nothing more.
    pub fn record(&self, peer: PeerKey, track: Option<Track>) {
        self.shared.record(peer, track);
    }

    /// How all open logs stand.
    pub fn tracks(&self) -> Vec<State> {
        self.recorder.states()
    }

    /// End one connection, wherever it stands.
    pub fn leave(&self, peer: PeerKey) {
        self.wish(|who, _| who == peer, |wishes| wishes.left = true);
        self.shared.send_away(peer, Reason::Left);
    }

    /// End every connection of a room.
    pub fn close_room(&self, room: RoomKey) {
        self.wish(|_, place| place == room, |wishes| wishes.closed = true);
        self.tap.draw(room, false);
        self.orders.give(Order::Forget(room));
        self.shared.empty(room);
    }

    fn wish(&self, whose: impl Fn(PeerKey, RoomKey) -> bool, wish: impl Fn(&mut Wishes)) {
        self.offers.wish(&whose, &wish);
        self.tapes.wish(&whose, &wish);
    }

    /// Who is heard in a room, loudest first.
    pub fn speaking(&self, room: RoomKey) -> Vec<(Speaker, u8)> {
        self.shared.doors.speaking(Instant::now(), room)
    }

    /// All counts, by name; a worker's own end in its number.
    pub fn statistics(&self) -> BTreeMap<String, u64> {
        let doors = &self.shared.doors;
        let mut all: BTreeMap<String, u64> =
            doors.statistics().into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        for (name, count) in self.shared.counts.named() {
            *all.entry(name.to_owned()).or_default() += count;
        }
        for worker in 0..self.workers() {
            let own = doors.worker_statistics(worker).into_iter();
            all.extend(own.map(|(name, count)| (format!("{name}_{worker}"), count)));
            let (lag, now) = (&self.shared.lags[worker], Instant::now());
            let late = lag.worst(now).as_micros().try_into().unwrap_or(u64::MAX);
            all.insert(format!("loop_lag_us_{worker}"), late);
            all.insert(format!("loop_busy_permille_{worker}"), lag.busy(now));
        }
        all
    }

    /// A room's listeners: how many hear what, and so many of them from the `first` on, in this order.
    pub fn audience(&self, room: RoomKey, by: By, first: usize, most: usize) -> Audience {
        self.shared.doors.audience(Instant::now(), room, by, first, most)
    }

    /// Counts of one connection, by name.
    pub fn peer_statistics(&self, peer: PeerKey) -> Option<BTreeMap<&'static str, u64>> {
        Some(self.shared.doors.peer_statistics(peer)?.into_iter().collect())
    }

    /// End everything and wait for the threads; not for a disk that stands still.
    pub fn stop(&self) {
        self.offers.close();
        self.tapes.close();
        self.shared.end();
        self.recorder.end();
        self.porter.iter().for_each(|bell| bell.strike());
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let until = Instant::now() + LAST_WORDS;
        // The mixer may sleep for a while yet.
        threads.iter().for_each(|thread| thread.thread().unpark());
        threads.into_iter().for_each(|thread| join(thread, until));
    }
}

/// Wait for a thread; for the recorder, whose disk may stand still, until then.
fn join(thread: JoinHandle<()>, until: Instant) {
    if thread.thread().name() == Some(RECORDER) {
        while !thread.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
        if !thread.is_finished() {
            return;
        }
    }
    // A thread that broke has been counted already; there is nothing left to do about it.
    _ = thread.join();
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop();
    }
}

fn workers(config: &Config) -> usize {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    if config.workers > 0 { config.workers } else { (cores - 1).max(1) }
}

fn places(config: &Config, port: u16) -> Places {
    let local = if config.bind.is_unspecified() { Ipv4Addr::LOCALHOST } else { config.bind };
    let itself = [Told { public: local, local: None }];
    let told = if config.advertise.is_empty() { &itself[..] } else { &config.advertise };
    let advertised = told.iter().map(|one| SocketAddr::from((one.public, port))).collect();
    Places::new(advertised, config.bind).behind(told.iter().filter_map(|one| Some((one.public, one.local?))))
}

fn settings(config: &Config, places: &Places, workers: usize, by_tcp: bool) -> Settings {
    let (epoch, wall) = (Instant::now(), SystemTime::now());
    // Each process hashes with a key of its own, drawn by the system: chance enough for numbers that open nothing.
    let seed = RandomState::new().hash_one(wall);
    let candidates = candidates(places.advertised(), by_tcp);
    Settings { candidates, workers, max_peers: config.max_peers, seed, epoch, wall }
}

/// What browsers are told: the way by UDP first, which is better for sound.
fn candidates(advertised: &[SocketAddr], by_tcp: bool) -> Vec<SocketAddr> {
    let pipe = |address: &SocketAddr| match address {
        SocketAddr::V4(place) if by_tcp => Some(pipe::by_tcp(*place)),
        _ => None,
    };
    advertised.iter().copied().chain(advertised.iter().filter_map(pipe)).collect()
}

#[cfg(test)]
mod tests;
