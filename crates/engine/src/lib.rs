//! When and where: sockets, threads, clock and files around `causerie-sfu`.

mod admission;
mod bell;
mod changes;
mod counts;
mod desk;
mod engine;
mod fault;
mod lag;
mod mixing;
mod ogg;
mod opus;
mod player;
mod players;
mod post;
mod recorder;
mod ring;
mod roads;
mod shared;
mod tap;
mod tape;
mod tcp;
mod udp;
mod wire;
mod worker;

pub use causerie_sfu::{
    Audience, By, Change, Figures, Gate, Link, PeerKey, Reason, Refusal, RoomKey, Speaker, Track,
};
pub use engine::{Config, Engine, Join, Told};
pub use fault::Fault;
pub use ogg::Unreadable;
pub use recorder::{State, Trouble};
