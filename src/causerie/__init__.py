"""causerie: live talk rooms with a stage, an audience and one floor queue."""
