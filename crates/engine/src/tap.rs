//! Where programmes are drawn off for streams: a datagram for each tick, to a program of our own that makes files of it.

use crate::mixing::Tick;
use causerie_sfu::RoomKey;
use std::collections::HashSet;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The tap: shut until somebody takes from it.
#[derive(Default)]
pub struct Tap(Mutex<Open>);

#[derive(Default)]
struct Open {
    socket: Option<OwnedFd>,
    rooms: HashSet<RoomKey>,
    /// Written anew for each tick, grown once.
    datagram: Vec<u8>,
}

impl Tap {
    /// From now on what is drawn goes here; the descriptor stays the caller's.
    pub fn lead(&self, socket: BorrowedFd<'_>) -> io::Result<()> {
        self.open().socket = Some(socket.try_clone_to_owned()?);
        Ok(())
    }

    /// Draw this room's programme, or no longer.
    pub fn draw(&self, room: RoomKey, on: bool) {
        let mut open = self.open();
        if on {
            open.rooms.insert(room);
        } else {
            open.rooms.remove(&room);
        }
    }

    /// Pour one tick, where this room is drawn; false when nobody took it, for the caller to count.
    pub fn pour(&self, room: RoomKey, tick: u64, leaves: &Tick) -> bool {
        let Open { socket, rooms, datagram } = &mut *self.open();
        match socket {
            Some(socket) if rooms.contains(&room) => {
                write(datagram, room, tick, leaves);
                send(socket, datagram)
            }
            _ => true,
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room, tick, level, whether it is quiet, length of the Opus packet, the packet, and 20 ms of sound in 16 bits; all
/// numbers little endian.
fn write(bytes: &mut Vec<u8>, room: RoomKey, tick: u64, leaves: &Tick) {
    bytes.clear();
    bytes.extend_from_slice(&room.0.to_le_bytes());
    bytes.extend_from_slice(&tick.to_le_bytes());
    let payload = leaves.payload();
    bytes.extend_from_slice(&[leaves.level, u8::from(leaves.quiet)]);
    bytes.extend_from_slice(&(payload.len() as u16).to_le_bytes());
    bytes.extend_from_slice(payload);
    let whole = |sample: &f32| (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16;
    leaves.sound.iter().for_each(|sample| bytes.extend_from_slice(&whole(sample).to_le_bytes()));
}

fn send(socket: &OwnedFd, bytes: &[u8]) -> bool {
    // SAFETY: the bytes are ours, and as many as is said.
    let sent = unsafe {
        let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
        libc::send(socket.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), flags)
    };
    sent >= 0
}

#[cfg(test)]
mod tests {
    use super::Tap;
    use crate::mixing::Tick;
    use causerie_mix::{FRAME, Mixed};
    use causerie_sfu::RoomKey;
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixDatagram;
    use std::time::{Duration, Instant};

    const ROOM: RoomKey = RoomKey(0x0102);

    fn pour(tap: &Tap, room: RoomKey) -> bool {
        let sound = [0.5; FRAME];
        let mixed = Mixed {
            payload: b"opus",
            sound: &sound,
            level: 6,
            speakers: &[],
            quiet: false,
            delay: Duration::ZERO,
        };
        tap.pour(room, 7, &Tick::of(Instant::now(), &mixed))
    }

    #[test]
    fn a_tick_of_a_room_that_is_drawn_goes_out_whole() {
        let (ours, theirs) = UnixDatagram::pair().expect("two ends");
        theirs.set_nonblocking(true).expect("a socket");
        let tap = Tap::default();
        tap.lead(ours.as_fd()).expect("a descriptor");
        tap.draw(ROOM, true);

        assert!(pour(&tap, ROOM) && pour(&tap, RoomKey(9)));

        let mut bytes = [0; 4000];
        let length = theirs.recv(&mut bytes).expect("a datagram");
        assert_eq!(length, 20 + 4 + 2 * FRAME);
        assert_eq!(bytes[..20], [2, 1, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 6, 0, 4, 0]);
        assert_eq!((&bytes[20..24], &bytes[24..28]), (&b"opus"[..], &[0, 64, 0, 64][..]));
        assert!(theirs.recv(&mut bytes).is_err(), "the other room is not drawn");
    }

    #[test]
    fn who_does_not_take_it_loses_it_and_nobody_waits() {
        let (ours, theirs) = UnixDatagram::pair().expect("two ends");
        let tap = Tap::default();
        tap.lead(ours.as_fd()).expect("a descriptor");
        tap.draw(ROOM, true);

        let taken = (0..2000).filter(|_| pour(&tap, ROOM)).count();
        drop(theirs);
        let after = pour(&tap, ROOM);
        tap.draw(ROOM, false);

        assert!((1..2000).contains(&taken), "{taken}");
        assert_eq!((after, pour(&tap, ROOM)), (false, true));
    }
}
