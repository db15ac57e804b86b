"""Blame: a text that says who it was, where it should say what made it possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_NAME = r"(?P<name>[^\W\d_a-z][\w'\u2019-]+(?: [^\W\d_a-z][\w'\u2019-]+)?)"
_OF_PEOPLE = (
    r"forgot|forgets|neglected|was careless|was negligent|made (?:a|the) mistake|messed up|screwed up|did wrong"
)
_OF_ANYTHING = (
    r"failed to|should have|should've|should not have|shouldn't have|overlooked|ignored|did not bother|didn't bother"
)
# A name begins where a word does, so that no text is gone through from each of its letters again.
_PATTERN = re.compile(rf"(?<!\w)(?<!\w['\u2019-]){_NAME} (?:{_OF_PEOPLE}|{_OF_ANYTHING})\b")
_MOST = 20_000
"""How much of a text is looked at."""
_NO_PERSON = re.compile(
    r"an?|the|th(?:at|is|[eo]se|ey)|it|he|she|we|who|which|you|i|our|one|no|each|every(?:body|one)?|nobody|nothing"
    r"|alarms?|alert(?:s|ing)?|apis?|application|architects?|automation|backups?|builds?|caching|checks?|clients?"
    r"|cluster|code|config|configuration|customers?|dashboards?|databases?|dba|deployments?|devops|documentation"
    r"|engineering|failover|finance|gateway|infrastructure|jobs?|legal|load|logging|logs?|management|marketing|metrics?"
    r"|migrations?|monitoring|network|nodes?|on-?call|operations|people|pipelines?|platform|pools?|process(?:es)?"
    r"|products?|qa|queues?|releases?|retr(?:y|ies)|reviews?|roll(?:back|out)s?|runbooks?|sales|scheduler|scripts?"
    r"|security|servers?|services?|software|sre|staging|storage|support|systems?|teams?|tests?|testing|tool(?:s|ing)"
    r"|training|upgrades?|validation|vendors?"
)
"""The last word of what is no person."""
_ALSO_WORDS = re.compile(
    r"art|bill|chase|dawn|dean|drew|earl|faith|frank|gene|grace|grant|hope|jack|joy|june|lance|mark|max|may|min|pat|ray"
    r"|rich|rob|rose|sandy|summer|sue|will"
)
"""Names that in small letters mean something else."""


def blamed(text: str, people: Iterable[str]) -> Iterator[str]:
    """The names of people that a text gives, each once: those known, and whoever "forgot" or "should have".

    Among `people` may be teams and machines; what is surely one is passed over.
    """
    looked = text[:_MOST]
    told: dict[str, str] = {}
    for name in filter(_is_person, people):
        for found in _alone(name).finditer(looked):
            if not _ALSO_WORDS.fullmatch(found[0]):
                told.setdefault(name.casefold(), found[0])
    for match in _PATTERN.finditer(looked):
        name = match["name"]
        if _is_person(name) and not any(known in name.casefold() for known in told):
            told[name.casefold()] = name
    yield from told.values()


@lru_cache(maxsize=10_000)
def _alone(name: str) -> re.Pattern[str]:
    """The name as words of its own."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _is_person(name: str) -> bool:
    """Whether it may be the name of a person: not a team or a thing, by its last word, and no abbreviation."""
    *_, last = ("", *name.casefold().split())
    return bool(last) and not _NO_PERSON.fullmatch(last) and not (name.isupper() and len(name) > 1)
