"""sevclass says how severe a support incident is, why, what is owed by when, and who must come.

Read the modules in this order:
`scales` the one idea: ordered scales, floors, masks;
`pack`, then `source`, `loader`: what a pack is, and how it gets here from YAML;
`facts`, `evaluate`, `questions`, `sla`: from facts to what follows from them; `explain`: what would change it;
`calendars`: business time, on `openings` (when it is open), `working_days` (as a calendar says) and `zones`;
`classification`: what comes out, as text by `rendering`; `api`: the public face that puts the parts together;
`lint`: proofs about packs, with their `cases`;
`targets`: the same floors on other engines; `cli`: the command line.
"""

from sevclass.api import Pack, classify, load_pack
from sevclass.calendars import Calendar
from sevclass.classification import Classification
from sevclass.explain import Explanation
from sevclass.incident_facts import IncidentFacts
from sevclass.problems import CalendarError, FactsError, PackError, Problem, SevclassError

__version__ = "0.1.0"

__all__ = [
    "Calendar",
    "CalendarError",
    "Classification",
    "Explanation",
    "FactsError",
    "IncidentFacts",
    "Pack",
    "PackError",
    "Problem",
    "SevclassError",
    "__version__",
    "classify",
    "load_pack",
]
