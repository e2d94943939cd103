//! What those who run a place see of each listener: how they hear, and how well.

mod hall;

use causerie_sfu::{Audience, By, Figures, PeerKey, RoomKey};
use hall::person::Person;
use hall::{Hall, ROOM};

impl Hall {
    fn audience(&self, room: RoomKey) -> Audience {
        self.doors.audience(self.now, room, By::Lost, 0, 50)
    }

    fn figures(&self, peer: u64) -> Figures {
        let audience = self.audience(ROOM);
        *audience.some.iter().find(|it| it.peer == PeerKey(peer)).expect("they are in the audience")
    }
}

#[test]
fn a_listener_of_voices_is_told_with_what_went_to_them_and_what_they_lost() {
    let mut hall = Hall::open(1);
    hall.enter(1, 3);
    let ben = hall.enter(2, 3);
    hall.player(100);
    hall.people[ben].loses = 25;
    hall.run(20_000);

    let (ada, ben) = (hall.figures(1), hall.figures(2));

    assert_eq!(hall.audience(ROOM).some.iter().map(|it| it.peer.0).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((ada.programme, ada.by_tcp, ada.fraction_lost), (None, false, 0));
    // Five bytes in each packet of the player's, and counted every three seconds.
    assert!(ada.packets > 800 && ada.bytes == 5 * ada.packets, "{ada:?}");
    assert!((40..=90).contains(&ben.fraction_lost), "{ben:?}: a quarter is lost");
    assert!((18_000..=22_000).contains(&ben.heard_ms), "{ben:?}");
}

#[test]
fn who_hears_the_programme_is_told_with_their_copies_and_its_delay() {
    let mut hall = Hall::open(1);
    hall.programme_line = Some(0);
    hall.mixer.quiet = false;
    let lossless = hall.knock(Person::with_copies(hall.now, 1, 1), false);
    let lossy = hall.knock(Person::with_copies(hall.now, 2, 1), false);
    hall.people[lossy].loses = 30;
    hall.run(30_000);
    hall.doors.set_programme_delay(ROOM, 10_040);

    let audience = hall.audience(ROOM);

    assert_eq!((audience.all, audience.programme), (2, [1, 0, 1]));
    assert_eq!([1, 2].map(|peer| hall.figures(peer).programme), [Some(0), Some(2)]);
    assert!(hall.figures(1).delay_ms >= 10_040 && hall.people[lossless].connected);
}

#[test]
fn who_does_not_hear_and_who_is_in_another_room_is_not_in_the_audience() {
    let mut hall = Hall::open(1);
    hall.enter(1, 3);
    hall.player(100);
    hall.run(1000);
    let there = hall.audience(ROOM).all;

    hall.people[0].leave();
    hall.run(100);

    assert_eq!((there, hall.audience(ROOM).all, hall.audience(RoomKey(9)).all), (1, 0, 0));
}
