//! Refusals of the media core as Python exceptions.

use causerie_engine::{Fault, Unreadable};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

pyo3::create_exception!(
    causerie._engine,
    EngineError,
    PyException,
    "Why the media core cannot do what was asked: a code for programs, a sentence for people."
);

/// The core could not start.
pub fn fault(py: Python<'_>, fault: &Fault) -> PyErr {
    error(py, fault.code(), fault.to_string())
}

/// A file cannot be played.
pub fn unreadable(py: Python<'_>, why: Unreadable) -> PyErr {
    error(py, "player.unreadable", why.0.to_owned())
}

/// A take cannot be read.
pub fn take(py: Python<'_>, why: &causerie_take::Unreadable) -> PyErr {
    error(py, "take.unreadable", why.to_string())
}

/// An exception with its code.
pub fn error(py: Python<'_>, code: &str, sentence: String) -> PyErr {
    let error = EngineError::new_err(sentence);
    error.value(py).setattr("code", code).err().unwrap_or(error)
}
