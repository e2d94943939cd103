//! The seam between Python and the media core: few methods, plain data, commands that never block.

mod audience;
mod change;
mod crowd;
mod engine;
mod error;
mod track;

use causerie_engine::Gate;
use pyo3::prelude::*;

#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__doc__", "The media core as Python sees it; `_engine.pyi` tells what each call means.")?;
    module.add("GATE_SHUT", Gate::Shut as u8)?;
    module.add("GATE_STAGE", Gate::Stage as u8)?;
    module.add("GATE_BACKSTAGE", Gate::Backstage as u8)?;
    module.add("EngineError", module.py().get_type::<error::EngineError>())?;
    module.add_class::<audience::Audience>()?;
    module.add_class::<audience::Figures>()?;
    module.add_class::<change::Change>()?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<crowd::Crowd>()?;
    module.add_class::<track::Track>()?;
    module.add_class::<track::Sound>()
}
