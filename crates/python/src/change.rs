//! What became of one person's connection, as plain data.

use causerie_engine::Change as Happened;
use pyo3::prelude::*;

/// What became of one person's connection: the latest only, whatever lay between two readings.
#[pyclass(frozen, get_all, module = "causerie._engine")]
pub struct Change {
    peer: u64,
    room: u64,
    link: &'static str,
    answer: Option<String>,
    refusal: Option<(&'static str, &'static str)>,
    reason: Option<&'static str>,
}

impl From<Happened> for Change {
    fn from(change: Happened) -> Self {
        Self {
            peer: change.peer.0,
            room: change.room.0,
            link: change.link.word(),
            answer: change.answer,
            refusal: change.refusal.map(|refusal| (refusal.code(), refusal.sentence())),
            reason: change.reason.map(|reason| reason.word()),
        }
    }
}

#[pymethods]
impl Change {
    fn __repr__(&self) -> String {
        let Self { peer, room, link, refusal, reason, .. } = self;
        let answered = self.answer.is_some();
        format!(
            "<Change peer={peer} room={room} link={link} answered={answered} refusal={refusal:?} reason={reason:?}>"
        )
    }
}
