"""The plugin that the how-to shows: a ticket's event in, a comment and tags out."""

from __future__ import annotations

import builtins
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from examples.desk_plugin import Reply, on_ticket
from sevclass import Pack, load_pack

ROOT = Path(__file__).resolve().parents[2]
OPENED = "2026-03-03T09:05:00Z"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("support")


def reply_to(pack: Pack, fields: Mapping[str, object], created_at: str | None = OPENED) -> Reply:
    ticket = {"id": 1042, "created_at": created_at, "custom_fields": {f"cf_{k}": v for k, v in fields.items()}}
    return on_ticket({"type": "ticket.created", "ticket": ticket}, pack)


def test_a_comment_says_what_it_is_why_and_what_to_ask(pack: Pack) -> None:
    reply = reply_to(pack, {"functionality": "down", "environment": "production"})

    assert reply.comment.splitlines() == [
        "**Severity 1 Critical**",
        "",
        "- The live system does not work at all (`production-down`)",
        "",
        "First response by 2026-03-03 09:20 UTC.",
        "",
        "Please find out:",
        "",
        "- Is a strategic account among the customers affected? (`strategic_account`)",
    ]
    assert reply.tags == ("sev-1", "sev-war-room")


def test_without_a_reason_or_an_opening_it_says_so(pack: Pack) -> None:
    harmless = {"functionality": "working", "performance": "normal", "security": "none"}

    reply = reply_to(pack, harmless, created_at=None)

    assert reply.comment.splitlines()[:4] == ["**Severity 4 Low**, could be 1 Critical", "", "No criterion is met.", ""]
    assert "First response" not in reply.comment
    assert reply.tags == ("sev-4", "sev-could-be-1")


@pytest.mark.parametrize("empty", [pytest.param("", id="empty"), pytest.param(None, id="null")])
def test_an_empty_field_is_unknown(pack: Pack, empty: object) -> None:
    assert reply_to(pack, {"functionality": "moderate", "security": empty}) == reply_to(
        pack, {"functionality": "moderate"}
    )


@pytest.mark.parametrize("fields", [pytest.param({"custom_fields": None}, id="null"), pytest.param({}, id="absent")])
def test_a_ticket_without_fields_is_unknown(pack: Pack, fields: dict[str, Any]) -> None:
    assert on_ticket({"ticket": {"id": 1, **fields}}, pack).tags == ("sev-4", "sev-could-be-1")


def test_zero_and_false_are_answers(pack: Pack) -> None:
    asked = reply_to(pack, {"functionality": "down", "environment": "production"}).comment
    answered = reply_to(
        pack, {"functionality": "down", "environment": "production", "strategic_account": False}
    ).comment

    assert "`strategic_account`" in asked
    assert "`strategic_account`" not in answered
    assert "sev-could-be-1" in reply_to(pack, {"enterprise_customers": 0}).tags


def test_fields_that_are_no_facts_are_passed_over(pack: Pack) -> None:
    assert reply_to(pack, {"data_loss": True, "product_area": "API"}) == reply_to(pack, {"data_loss": True})


def test_bad_values_are_listed_whatever_they_hold(pack: Pack) -> None:
    reply = reply_to(pack, {"security": "`# x`\n\n[a](b)", "enterprise_customers": "2"}, created_at="today")

    assert reply.comment.splitlines() == [
        "**Severity unknown.** Please mend:",
        "",
        "    facts.security: unknown level ``# x`\\n\\n[a](b)`; it is one of `none`, `issue`, `breach`",
        "    facts.enterprise_customers: `2` is not a whole number; it is a count of customers",
        "    opened_at: `today` is not an instant; for example `2026-03-02T14:23:00Z`",
    ]
    assert reply.tags == ("sev-unknown",)


def test_every_tag_can_be_told_from_the_desks_own(pack: Pack) -> None:
    tags = (
        *reply_to(pack, {"data_loss": True}).tags,
        *reply_to(pack, {}).tags,
        *reply_to(pack, {"data_loss": "?"}).tags,
    )

    assert {tag[:4] for tag in tags} == {"sev-"}


def test_it_asks_no_network_and_opens_no_file(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    expected = reply_to(pack, {"data_loss": True})
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(builtins, "open", refuse)

    assert reply_to(pack, {"data_loss": True}) == expected


def test_two_packs_do_not_meet(pack: Pack) -> None:
    acme = load_pack(ROOT / "examples" / "acme-pack")
    fields = {"tier_2_3_customers": 2, "payments": "delayed"}

    assert reply_to(acme, fields).tags[0] == "sev-3"
    assert reply_to(pack, fields).tags[0] == "sev-2"
    assert reply_to(acme, {**fields, "environment": "production"}).tags[0] == "sev-2"
