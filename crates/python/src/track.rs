//! A speaker's log for Python: what is in it, and its sound.

use crate::error;
use causerie_take::{Sound as Playing, Track as Log, Unreadable};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Most samples of one reading: a minute.
const MOST: usize = 60 * causerie_take::RATE as usize;

/// One person's log of a take.
#[pyclass(frozen, module = "causerie._engine")]
pub struct Track(Log);

/// A track that plays.
#[pyclass(frozen, module = "causerie._engine")]
pub struct Sound(Mutex<Playing>);

#[pymethods]
impl Track {
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        py.detach(|| Log::open(&path)).map(Self).map_err(|why| error::take(py, &why))
    }

    #[getter]
    fn came(&self) -> Option<(i64, i64)> {
        self.0.came
    }

    #[getter]
    fn packets(&self) -> u64 {
        self.0.packets
    }

    #[getter]
    fn lost(&self) -> u64 {
        self.0.lost
    }

    #[getter]
    fn torn(&self) -> Option<u64> {
        self.0.torn.map(|torn| torn.at)
    }

    fn spans(&self, py: Python<'_>) -> PyResult<Vec<(i64, i64)>> {
        let spans = py.detach(|| self.0.spans()).map_err(|why| error::take(py, &why))?;
        Ok(spans.into_iter().map(|span| (span.begins, span.ends)).collect())
    }

    fn sound(&self, py: Python<'_>, begins: i64) -> PyResult<Sound> {
        let sound = py.detach(|| self.0.sound(begins)).map_err(|why| error::take(py, &why))?;
        Ok(Sound(Mutex::new(sound)))
    }
}

#[pymethods]
impl Sound {
    fn read<'py>(&self, py: Python<'py>, samples: usize) -> PyResult<Bound<'py, PyBytes>> {
        let samples = samples.min(MOST);
        let mut sound = vec![0.0_f32; samples];
        py.detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut sound))
            .map_err(|error| error::take(py, &Unreadable::Io(error)))?;
        PyBytes::new_with(py, samples * 4, |bytes| {
            let places = bytes.chunks_exact_mut(4).zip(sound);
            places.for_each(|(place, sample)| place.copy_from_slice(&sample.to_le_bytes()));
            Ok(())
        })
    }
}
