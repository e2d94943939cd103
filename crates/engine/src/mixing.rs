//! The mixer's thread: each room whose programme somebody wants, twenty milliseconds at a time.

mod booth;
mod held;
mod orders;
mod round;

pub use booth::{Booth, Console, booths};
pub use held::Tick;
pub use orders::{Order, Orders};

use crate::shared::Shared;
use crate::tap::Tap;
use causerie_sfu::RoomKey;
use round::{Beat, Round};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the rooms are asked whether anybody wants their programme.
const LOOK: Duration = Duration::from_millis(200);
/// How often what listeners lose reaches the encoder.
const LISTEN: Duration = Duration::from_secs(1);

/// Everything the mixer's thread owns.
pub struct Mixing {
    shared: Arc<Shared>,
    console: Console,
    tap: Arc<Tap>,
    orders: Arc<Orders>,
    delays: HashMap<RoomKey, Duration>,
    rooms: HashMap<RoomKey, Round>,
    begun: Instant,
    look_at: Instant,
    listen_at: Instant,
}

impl Mixing {
    /// Nothing is mixed yet.
    pub fn new(shared: Arc<Shared>, console: Console, tap: Arc<Tap>, orders: Arc<Orders>) -> Self {
        let begun = Instant::now();
        let (delays, rooms) = (HashMap::new(), HashMap::new());
        Self { shared, console, tap, orders, delays, rooms, begun, look_at: begun, listen_at: begun }
    }

    /// Mix until the engine ends.
    pub fn run(mut self) {
        while !self.shared.is_over() {
            let now = Instant::now();
            if now >= self.look_at {
                self.look(now);
            }
            self.obey(now);
            self.hear(now);
            self.mix_due(Instant::now());
            std::thread::park_timeout(self.next().saturating_duration_since(Instant::now()));
        }
    }

    /// Begin with the rooms that are wanted, and leave the others be.
    fn look(&mut self, now: Instant) {
        self.look_at = now + LOOK;
        let wanted = self.shared.doors.wanted();
        self.rooms.retain(|room, _| wanted.contains(room));
        for room in wanted {
            if !self.rooms.contains_key(&room) {
                let phase = Beat::phase(self.rooms.len());
                let delay = self.delays.get(&room).copied().unwrap_or_default();
                self.rooms
                    .extend(Round::begin(self.begun, now + phase, room, delay).map(|round| (room, round)));
            }
        }
        if now >= self.listen_at {
            self.listen_at = now + LISTEN;
            let doors = &self.shared.doors;
            for (room, round) in &mut self.rooms {
                round.expect_loss(doors.programme_loss(*room));
                doors.set_programme_delay(*room, round.delay().as_millis() as u32);
            }
        }
    }

    /// Do what was ordered since the last time.
    fn obey(&mut self, now: Instant) {
        for order in self.orders.take() {
            match order {
                Order::Hold(room, delay) => {
                    self.delays.insert(room, delay);
                    self.rooms.get_mut(&room).into_iter().for_each(|round| round.hold(now, delay));
                }
                Order::Dump(room) => self.rooms.get_mut(&room).into_iter().for_each(Round::dump),
                Order::Forget(room) => _ = self.delays.remove(&room),
            }
        }
    }

    /// Take in what was said since the last time.
    fn hear(&mut self, now: Instant) {
        while let Some(spoken) = self.console.heard() {
            let Some(round) = self.rooms.get_mut(&spoken.room) else { continue };
            let doors = &self.shared.doors;
            alone(&self.shared, round, |round| round.hear(now, &spoken, doors));
        }
    }

    fn mix_due(&mut self, now: Instant) {
        let Self { shared, console, tap, rooms, .. } = self;
        for round in rooms.values_mut() {
            while let Some(at) = round.beat.due(now) {
                let mixed = alone(shared, round, |round| round.mix(at, &shared.doors, tap, &shared.counts));
                mixed.flatten().into_iter().for_each(|mixed| console.tell(&mixed, &shared.counts));
            }
            shared.counts.late.add(round.beat.catch_up(now));
        }
        if console.told() {
            shared.posts.iter().for_each(|post| post.bell.ring());
        }
    }

    fn next(&self) -> Instant {
        self.rooms
            .values()
            .map(|round| round.beat.next())
            .min()
            .map_or(self.look_at, |next| next.min(self.look_at))
    }
}

/// A room that breaks the mixer begins anew, and costs no other room anything.
fn alone<T>(shared: &Shared, round: &mut Round, work: impl FnOnce(&mut Round) -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(|| work(round)));
    if done.is_err() {
        shared.counts.mixers.add(1);
        round.begin_anew();
    }
    done.ok()
}
