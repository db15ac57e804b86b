"""One incident over time: its event log, and where that is kept."""
