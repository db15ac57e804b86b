"""sevclass says how severe a support incident is, why, what is owed by when, and who must come.

Read the modules in this order:
`scales` the one idea: ordered scales, floors, masks;
`document`: what a pack says; `pack`, then `source`, `loader`: how it gets here from YAML; `shipped`: or from the build;
`facts`, `evaluate`, `questions`, `sla`: from facts to what follows from them; `explain`: what would change it;
`calendars`: business time, on `openings` (when it is open), `working_days` (as a calendar says) and `zones`;
`classification`: what comes out, as text by `rendering`; `api`: the public face that puts the parts together;
`lint`: proofs about packs, with their `cases`;
`incident`: one incident over time; its `store`, on `journal`, `lock` and `disk`, keeps it;
`playbook`: what to do and to say about it; `templates`, on `constructs`: what messages are made from;
`insight`: what is learnt from incidents: the review after one, the report over many;
`targets`: the same floors on other engines; `cli`: the command line.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sevclass import incident
    from sevclass.api import Pack, classify, load_pack
    from sevclass.calendars import Calendar
    from sevclass.classification import Classification
    from sevclass.explain import Explanation
    from sevclass.incident_facts import IncidentFacts
    from sevclass.problems import (
        CalendarError,
        DirectoryError,
        FactsError,
        IncidentError,
        MessageError,
        PackError,
        Problem,
        SevclassError,
        StoreError,
        TopicError,
    )

__version__ = "0.1.0"

__all__ = [
    "Calendar",
    "CalendarError",
    "Classification",
    "DirectoryError",
    "Explanation",
    "FactsError",
    "IncidentError",
    "IncidentFacts",
    "MessageError",
    "Pack",
    "PackError",
    "Problem",
    "SevclassError",
    "StoreError",
    "TopicError",
    "__version__",
    "classify",
    "incident",
    "load_pack",
]

# A name is imported when it is asked for (PEP 562), so that nobody waits for what they do not use.
_HOMES = {
    "api": ("Pack", "classify", "load_pack"),
    "calendars": ("Calendar",),
    "classification": ("Classification",),
    "explain": ("Explanation",),
    "incident_facts": ("IncidentFacts",),
    "problems": (
        "CalendarError",
        "DirectoryError",
        "FactsError",
        "IncidentError",
        "MessageError",
        "PackError",
        "Problem",
        "SevclassError",
        "StoreError",
        "TopicError",
    ),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # pragma: no branch - a type checker goes by the imports above, and tells a misspelt name

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - they differ
        if name == "incident":
            return import_module(f"{__name__}.incident")
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
