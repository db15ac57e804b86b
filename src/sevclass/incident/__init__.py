"""One incident over time: from its log of events to its state and its clocks.

Read the modules in this order: `events`: what can happen; `log`: how it is written; `timeline`: in order;
`rules`: what a pack says; `facts_said`, `ruling`: the facts and the severity in force; `countdown`, `track`, `clocks`:
what is owed; `course`: all of it, event by event; `readings`, `history`, `state`: what comes out; `replay`: the way.
`store`: where the files are; `journal`: how a log is added to, on `disk`, under a `lock`.
"""

from sevclass.incident.events import Event
from sevclass.incident.log import Entry, Log, read_log
from sevclass.incident.replay import replay
from sevclass.incident.state import IncidentState

__all__ = ["Entry", "Event", "IncidentState", "Log", "read_log", "replay"]
