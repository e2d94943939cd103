//! Listeners of our own for Python, to see how many a machine carries.

use crate::error;
use causerie_crowd::{Crowd as Gathered, Refused};
use pyo3::prelude::*;
use std::collections::BTreeMap;

/// Honest listeners, on a thread of their own.
#[pyclass(frozen, module = "causerie._engine")]
pub struct Crowd(Gathered);

#[pymethods]
impl Crowd {
    #[new]
    fn new(py: Python<'_>) -> PyResult<Self> {
        Ok(Self(py.detach(Gathered::gather)?))
    }

    fn offer(&self, py: Python<'_>) -> PyResult<(u64, String)> {
        py.detach(|| self.0.offer()).map_err(|why| refused(py, why))
    }

    fn answer(&self, py: Python<'_>, number: u64, answer: &str) -> PyResult<()> {
        py.detach(|| self.0.answer(number, answer)).map_err(|why| refused(py, why))
    }

    fn figures(&self, py: Python<'_>) -> BTreeMap<&'static str, u64> {
        let it = py.detach(|| self.0.figures());
        [
            ("up", it.up),
            ("gone", it.gone),
            ("packets", it.packets),
            ("missing", it.missing),
            ("gap_ms", it.gap),
        ]
        .into()
    }

    fn leave(&self, py: Python<'_>) {
        py.detach(|| self.0.leave());
    }
}

fn refused(py: Python<'_>, why: Refused) -> PyErr {
    match why {
        Refused::Io(error) => error.into(),
        Refused::Unfit => error::error(py, "crowd.unfit", "This answer does not fit the offer.".to_owned()),
    }
}
