"""Guides: how to hold a conversation that is hard, step by step, and what can be offered in it."""

from __future__ import annotations

from dataclasses import dataclass

from sevclass.api import Pack
from sevclass.classification import Part
from sevclass.playbook_document import GuideDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep(Part):
    """What to do, and words that would do."""

    id: str
    title: str
    text: str
    say: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Part):
    """What can be offered."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Part):
    """How to hold a conversation."""

    text: str
    steps: tuple[GuideStep, ...]
    offers: tuple[Offer, ...]


def guide(pack: Pack, kind: str) -> Guide | None:
    """The guide of that kind, with the steps that it takes from another in the order of that one; None if none is."""
    guides: dict[str, GuideDocument] = pack.model_dump().get("guides", {})
    if kind not in guides:
        return None
    written = guides[kind]
    inherited = guides[written["like"]].get("steps", {}) if "like" in written else {}
    steps = {**inherited, **written.get("steps", {})}
    return Guide(
        text=written["text"],
        steps=tuple(
            GuideStep(id=id_, title=step["title"], text=step["text"].rstrip(), say=step.get("say"))
            for id_, step in steps.items()
        ),
        offers=tuple(Offer(id=id_, text=text) for id_, text in written.get("offers", {}).items()),
    )
