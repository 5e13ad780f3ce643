//! Wires the pipeline; owns the clock and the tasks.
