//! `Engine` for Python. Locks are short, and taken without the GIL; the media threads never hold it.

use crate::audience::Audience;
use crate::change::Change;
use crate::error;
use causerie_engine::{
    By, Config, Engine as Core, Gate, Join, PeerKey, RoomKey, Speaker, State, Told, Track,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::os::fd::BorrowedFd;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// One port, some threads, and all rooms' sound.
#[pyclass(frozen, module = "causerie._engine")]
pub struct Engine(Core);

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (*, bind, port, advertise, workers=0, max_peers=5000, reserve=0))]
    fn new(
        py: Python<'_>,
        bind: &str,
        port: u16,
        advertise: Vec<String>,
        workers: usize,
        max_peers: usize,
        reserve: u64,
    ) -> PyResult<Self> {
        let bind = address(py, bind)?;
        let advertise = advertise.iter().map(|text| address(py, text)).collect::<PyResult<Vec<Told>>>()?;
        let config = Config { bind, port, advertise, workers, max_peers, reserve };
        py.detach(|| Core::start(&config)).map(Self).map_err(|fault| error::fault(py, &fault))
    }

    #[getter]
    fn port(&self) -> u16 {
        self.0.port()
    }

    fn number_from(&self, first: u16) {
        self.0.number_from(first);
    }

    #[getter]
    fn by_tcp(&self) -> bool {
        self.0.by_tcp()
    }

    #[getter]
    fn workers(&self) -> usize {
        self.0.workers()
    }

    fn fileno(&self) -> i32 {
        self.0.fileno()
    }

    fn changes(&self, py: Python<'_>) -> Vec<Change> {
        py.detach(|| self.0.changes()).into_iter().map(Change::from).collect()
    }

    #[pyo3(signature = (*, peer, room, speaker, offer, listens=true, publishes=true, programme=None))]
    #[expect(clippy::too_many_arguments, reason = "they go by keyword")]
    fn join(
        &self,
        py: Python<'_>,
        peer: u64,
        room: u64,
        speaker: u32,
        offer: String,
        listens: bool,
        publishes: bool,
        programme: Option<usize>,
    ) {
        let (peer, room, speaker) = (PeerKey(peer), RoomKey(room), Speaker(speaker));
        py.detach(|| self.0.join(Join { peer, room, speaker, offer, listens, publishes, programme }));
    }

    #[pyo3(signature = (*, peer, room, speaker, path, r#loop=false))]
    fn play(
        &self,
        py: Python<'_>,
        peer: u64,
        room: u64,
        speaker: u32,
        path: PathBuf,
        r#loop: bool,
    ) -> PyResult<()> {
        let (peer, room, speaker) = (PeerKey(peer), RoomKey(room), Speaker(speaker));
        let played = py.detach(|| self.0.play(peer, room, speaker, &path, r#loop));
        played.map_err(|why| error::unreadable(py, why))
    }

    fn gate(&self, py: Python<'_>, peer: u64, gate: u8) -> PyResult<()> {
        let gate = Gate::from_number(gate).ok_or_else(|| PyValueError::new_err("not a gate"))?;
        py.detach(|| self.0.gate(PeerKey(peer), gate));
        Ok(())
    }

    fn hear_backstage(&self, py: Python<'_>, peer: u64, on: bool) {
        py.detach(|| self.0.hear_backstage(PeerKey(peer), on));
    }

    fn hear_at_once(&self, py: Python<'_>, peer: u64, on: bool) {
        py.detach(|| self.0.hear_at_once(PeerKey(peer), on));
    }

    fn programme(&self, py: Python<'_>, room: u64, on: bool) {
        py.detach(|| self.0.programme(RoomKey(room), on));
    }

    fn lowest_delay(&self, py: Python<'_>, peer: u64, on: bool) {
        py.detach(|| self.0.lowest_delay(PeerKey(peer), on));
    }

    fn safety_delay(&self, py: Python<'_>, room: u64, seconds: u8) {
        py.detach(|| self.0.safety_delay(RoomKey(room), Duration::from_secs(seconds.into())));
    }

    fn dump(&self, py: Python<'_>, room: u64) {
        py.detach(|| self.0.dump(RoomKey(room)));
    }

    fn lead_streams(&self, py: Python<'_>, fd: i32) -> PyResult<()> {
        if fd < 0 {
            return Err(PyValueError::new_err("not a descriptor"));
        }
        // SAFETY: the caller keeps it open during this call; we go on with a copy of our own.
        let socket = unsafe { BorrowedFd::borrow_raw(fd) };
        py.detach(|| self.0.lead_streams(socket)).map_err(PyErr::from)
    }

    fn stream(&self, py: Python<'_>, room: u64, on: bool) {
        py.detach(|| self.0.stream(RoomKey(room), on));
    }

    fn open_track(&self, py: Python<'_>, track: u32, path: PathBuf) {
        py.detach(|| self.0.open_track(Track(track), path));
    }

    fn close_track(&self, py: Python<'_>, track: u32) {
        py.detach(|| self.0.close_track(Track(track)));
    }

    #[pyo3(signature = (peer, track))]
    fn record(&self, py: Python<'_>, peer: u64, track: Option<u32>) {
        py.detach(|| self.0.record(PeerKey(peer), track.map(Track)));
    }

    fn tracks(&self, py: Python<'_>) -> Vec<(u32, u64, u64, Option<&'static str>)> {
        let states = py.detach(|| self.0.tracks());
        let row = |it: State| (it.track.0, it.bytes, it.lost, it.trouble.map(|trouble| trouble.word()));
        states.into_iter().map(row).collect()
    }

    fn leave(&self, py: Python<'_>, peer: u64) {
        py.detach(|| self.0.leave(PeerKey(peer)));
    }

    fn close_room(&self, py: Python<'_>, room: u64) {
        py.detach(|| self.0.close_room(RoomKey(room)));
    }

    fn speaking(&self, py: Python<'_>, room: u64) -> Vec<(u32, u8)> {
        let speaking = py.detach(|| self.0.speaking(RoomKey(room)));
        speaking.into_iter().map(|(speaker, level)| (speaker.0, level)).collect()
    }

    fn statistics(&self, py: Python<'_>) -> BTreeMap<String, u64> {
        py.detach(|| self.0.statistics())
    }

    #[pyo3(signature = (room, *, by, first, most))]
    fn audience(&self, py: Python<'_>, room: u64, by: &str, first: usize, most: usize) -> PyResult<Audience> {
        let by =
            By::of(by).ok_or_else(|| PyValueError::new_err(format!("“{by}” is no order of listeners.")))?;
        Ok(py.detach(|| self.0.audience(RoomKey(room), by, first, most)).into())
    }

    fn peer_statistics(&self, py: Python<'_>, peer: u64) -> Option<BTreeMap<&'static str, u64>> {
        py.detach(|| self.0.peer_statistics(PeerKey(peer)))
    }

    fn stop(&self, py: Python<'_>) {
        py.detach(|| self.0.stop());
    }
}

fn address<A: FromStr>(py: Python<'_>, text: &str) -> PyResult<A> {
    let refused = |_: A::Err| error::error(py, "media.address", format!("“{text}” is not an IPv4 address."));
    text.parse().map_err(refused)
}
