"""Translations of a pack: what they may say, what is inherited of them, and the pack in another language."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest

from sevclass import IncidentFacts, Pack, classify, load_pack
from sevclass.scales import Masks
from sevclass.translate import in_language
from tests.unit.written import CHILD, SMALL, loaded, refused, write

GERMAN = """\
translations:
  de:
    severities: {1: Hoch}
    facts:
      speed: {ask: Wie schnell ist es?, levels: {slow: Langsam, dead: Tot}}
      users: {ask: Wie viele?, count: Leute}
      delay: {measure: {unit: Sekunden}}
      kind: {label: {wish: Ein Wunsch}}
    criteria: {dead: {text: Es ist tot}}
    roles: {lead: Leitet}
"""
TRANSLATED = SMALL | {"translations.yaml": GERMAN}


def of(text: str) -> dict[str, str]:
    """The files with a translation into German that says this."""
    return {"x.yaml": f"translations:\n  de:\n    {text}\n"}


MANY = "{" + ", ".join(f"aa-{n}: {{}}" for n in range(100, 201)) + "}"
"""A hundred and one languages."""

# name -> the files that differ from those of `SMALL`, and everything that is said of them.
CASES: dict[str, tuple[dict[str, str], str]] = {
    "no language": (
        {"x.yaml": "translations: {german: {}, DE: {}, de-at: {}, de_AT: {}, zh-Hant-TW: {}, es-419: {}, no: {}}\n"},
        """\
x.yaml:1:16: `german` is not a language; a language is a tag of BCP 47, such as `de`, `de-AT` or `zh-Hant`
    translations: {german: {}, DE: {}, de-at: {}, de_AT: {}, zh-Hant-TW: {}, es-419: {}, no: {}}
                   ^^^^^^
x.yaml:1:28: `DE` is not a language; a language is a tag of BCP 47, such as `de`, `de-AT` or `zh-Hant`
    translations: {german: {}, DE: {}, de-at: {}, de_AT: {}, zh-Hant-TW: {}, es-419: {}, no: {}}
                               ^^
x.yaml:1:36: `de-at` is not a language; a language is a tag of BCP 47, such as `de`, `de-AT` or `zh-Hant`
    translations: {german: {}, DE: {}, de-at: {}, de_AT: {}, zh-Hant-TW: {}, es-419: {}, no: {}}
                                       ^^^^^
x.yaml:1:47: `de_AT` is not a language; a language is a tag of BCP 47, such as `de`, `de-AT` or `zh-Hant`
    translations: {german: {}, DE: {}, de-at: {}, de_AT: {}, zh-Hant-TW: {}, es-419: {}, no: {}}
                                                  ^^^^^""",
    ),
    "own language no language": (
        {"x.yaml": "language: English\ntranslations: {de: {}}\n"},
        """\
x.yaml:1:11: `English` is not a language; a language is a tag of BCP 47, such as `de`, `de-AT` or `zh-Hant`
    language: English
              ^^^^^^^""",
    ),
    "own language": (
        {"x.yaml": "translations: {en: {roles: {other: Other}}}\n"},
        """\
x.yaml:1:16: `en` is the pack's own language; leave it out, or say in `language` what the pack itself is written in
    translations: {en: {roles: {other: Other}}}
                   ^^""",
    ),
    "own language as it says": (
        {"x.yaml": "language: de-AT\ntranslations: {de: {}, de-AT: {}, en: {}}\n"},
        """\
x.yaml:2:24: `de-AT` is the pack's own language; leave it out, or say in `language` what the pack itself is written in
    translations: {de: {}, de-AT: {}, en: {}}
                           ^^^^^""",
    ),
    "shape": (
        {
            "x.yaml": """\
translations:
  de:
    sevrities: {}
    severities: {high: Hoch}
    criteria: {1: {}, dead: {when: {}}}
    facts: {speed: {asks: a, levels: {fine: 1}}, rest: {measure: {from: 0}}, lost: {flag: {yes: a}}}
    roles: {lead: "", Lead: Leitet}
  fr: []
"""
        },
        """\
x.yaml:3:5: unknown key `sevrities`; did you mean `severities`?
        sevrities: {}
        ^^^^^^^^^
x.yaml:4:18: `high` is not a severity; a severity is a number from 1, the worst
        severities: {high: Hoch}
                     ^^^^
x.yaml:5:16: `1` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
        criteria: {1: {}, dead: {when: {}}}
                   ^
x.yaml:5:30: unknown key `when`; known are `text`
        criteria: {1: {}, dead: {when: {}}}
                                 ^^^^
x.yaml:6:21: unknown key `asks`; did you mean `ask`?
        facts: {speed: {asks: a, levels: {fine: 1}}, rest: {measure: {from: 0}}, lost: {flag: {yes: a}}}
                        ^^^^
x.yaml:6:45: 1 is not text; write `"1"`
        facts: {speed: {asks: a, levels: {fine: 1}}, rest: {measure: {from: 0}}, lost: {flag: {yes: a}}}
                                                ^
x.yaml:6:67: unknown key `from`; known are `unit`
        facts: {speed: {asks: a, levels: {fine: 1}}, rest: {measure: {from: 0}}, lost: {flag: {yes: a}}}
                                                                      ^^^^
x.yaml:6:92: unknown key `yes`; known are `false`, `true`
        facts: {speed: {asks: a, levels: {fine: 1}}, rest: {measure: {from: 0}}, lost: {flag: {yes: a}}}
                                                                                               ^^^
x.yaml:7:19: the text is empty or holds a character that cannot be shown; keep to one line, without control characters
        roles: {lead: "", Lead: Leitet}
                      ^^
x.yaml:7:23: `Lead` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
        roles: {lead: "", Lead: Leitet}
                          ^^^^
x.yaml:8:7: a list is not a mapping
      fr: []
          ^^""",
    ),
    "a level that is no name": (
        of("facts: {speed: {levels: {Slow: Langsam}}}"),
        """\
x.yaml:3:30: `Slow` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
        facts: {speed: {levels: {Slow: Langsam}}}
                                 ^^^^""",
    ),
    "many languages": (
        {"x.yaml": f"translations: {MANY}\n"},
        f"""\
x.yaml:1:1: `translations` has 101 entries; it needs at most 100
    {f"translations: {MANY}"[:100]}…
    ^^^^^^^^^^^^""",
    ),
    "names": (
        {
            "x.yaml": """\
translations:
  de:
    severities: {3: Mild}
    facts:
      sped: {}
      speed: {levels: {slwo: Langsam}}
      kind: {label: {bug: Ein Fehler}}
    criteria: {daed: {text: Tot}, zzz: {text: Weg}}
    roles: {leed: Leitet}
"""
        },
        """\
x.yaml:3:18: unknown severity `3`; severities are 1 to 2
        severities: {3: Mild}
                     ^
x.yaml:5:7: unknown fact `sped`; did you mean `speed`?
          sped: {}
          ^^^^
x.yaml:6:24: unknown level `slwo`; did you mean `slow`?
          speed: {levels: {slwo: Langsam}}
                           ^^^^
x.yaml:7:22: unknown level `bug`; `kind` has `wish`, `fault`
          kind: {label: {bug: Ein Fehler}}
                         ^^^
x.yaml:8:16: unknown criterion `daed`; did you mean `dead`?
        criteria: {daed: {text: Tot}, zzz: {text: Weg}}
                   ^^^^
x.yaml:8:35: unknown criterion `zzz`
        criteria: {daed: {text: Tot}, zzz: {text: Weg}}
                                      ^^^
x.yaml:9:13: unknown role `leed`; did you mean `lead`?
        roles: {leed: Leitet}
                ^^^^""",
    ),
    "nothing there": (
        {
            "roles.yaml": "",
            "x.yaml": """\
translations:
  de:
    description: Klein
    facts:
      people: {ask: Wie viele?}
      speed: {flag: {true: Ja}, count: Leute}
      lost: {flag: {true: Ja}}
    roles: {lead: Leitet}
""",
        },
        """\
x.yaml:3:5: the pack has no `description`; leave it out
        description: Klein
        ^^^^^^^^^^^
x.yaml:5:16: the pack has no `facts.people.ask`; leave it out
          people: {ask: Wie viele?}
                   ^^^
x.yaml:6:15: the pack has no `facts.speed.flag`; leave it out
          speed: {flag: {true: Ja}, count: Leute}
                  ^^^^
x.yaml:6:33: the pack has no `facts.speed.count`; leave it out
          speed: {flag: {true: Ja}, count: Leute}
                                    ^^^^^
x.yaml:7:21: the pack has no `facts.lost.flag.true`; leave it out
          lost: {flag: {true: Ja}}
                        ^^^^
x.yaml:8:5: the pack has no `roles`; leave it out
        roles: {lead: Leitet}
        ^^^^^""",
    ),
    "what is wrong elsewhere is told there": (
        {
            "facts.yaml": "facts:\n  speed: {ask: How?, levls: {fine: Fine, dead: Dead}}\n  kind: [wish]\n  lost:\n",
            "criteria.yaml": "criteria: {}\n",
            "rles.yaml": "rles: {lead: Leads}\n",
            "roles.yaml": "",
            "x.yaml": """\
translations:
  de:
    facts:
      speed: {levels: {fine: Gut}}
      kind: {label: {wish: Ein Wunsch}}
      lost: {ask: Weg?}
    roles: {lead: Leitet}
""",
        },
        """\
facts.yaml:2:22: unknown key `levls`; did you mean `levels`?
      speed: {ask: How?, levls: {fine: Fine, dead: Dead}}
                         ^^^^^
facts.yaml:3:9: a list is not a mapping
      kind: [wish]
            ^^^^^^
facts.yaml:4:8: null is not a mapping
      lost:
           ^
rles.yaml:1:1: unknown key `rles`; did you mean `roles`?
    rles: {lead: Leads}
    ^^^^""",
    ),
    "what the pack needs is told once": (
        {"facts.yaml": "", "criteria.yaml": "", **of("facts: {speed: {}}\n    criteria: {dead: {}}")},
        """\
pack: missing key `facts`; it may stand in any `*.yaml` of the pack
pack: missing key `criteria`; it may stand in any `*.yaml` of the pack""",
    ),
    "the nearest name is looked up for twenty": (
        of(f"roles: {{{', '.join(f'lead{n:02}: Leitet' for n in range(21))}}}"),
        "\n".join(
            f"x.yaml:3:{13 + 16 * n}: unknown role `lead{n:02}`{'; did you mean `lead`?' if n < 20 else ''}"
            for n in range(21)
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    found = refused(tmp_path, SMALL | files)
    if "\n    " in expected or "pack:" in expected:
        assert str(found) == expected
    else:
        assert [str(problem).partition("\n")[0] for problem in found.problems] == expected.splitlines()


# --- in another language


def test_a_pack_has_its_own_language_and_those_it_is_translated_into(tmp_path: Path) -> None:
    assert load_pack(write(tmp_path / "alone", SMALL)).languages == ("en",)
    pack = loaded(tmp_path, SMALL | {"x.yaml": "language: fr\ntranslations: {de: {}, en: {}}\n"})
    assert (pack.language, pack.languages) == ("fr", ("fr", "de", "en"))
    assert pack.in_language("en").languages == pack.languages


def test_what_is_translated_is_told_so_and_the_rest_as_it_was(tmp_path: Path) -> None:
    pack = loaded(tmp_path, TRANSLATED)
    german = pack.in_language("de")
    assert german.severities == {1: "Hoch", 2: "Low"}
    found = german.classify({"speed": "dead"})
    assert (found.name, [criterion.text for criterion in found.criteria]) == ("Hoch", ["Es ist tot"])
    assert [question.ask for question in german.classify({}).questions] == ["Wie schnell ist es?"]
    assert german.classify_json(b'{"speed": "dead"}').model_dump_json() == found.model_dump_json()
    assert german.explain({"speed": "dead"}).criteria == found.criteria


def test_a_pack_in_another_language_is_dumped_as_if_it_had_no_other(tmp_path: Path) -> None:
    dump = loaded(tmp_path, TRANSLATED).in_language("de").model_dump()
    assert "translations" not in dump
    assert {key: dump[key] for key in ("language", "severities", "roles")} == {
        "language": "de",
        "severities": {"1": "Hoch", "2": "Low"},
        "roles": {"lead": "Leitet", "deputy": "Helps"},
    }
    assert dump["facts"]["speed"]["levels"] == {"fine": "Fine", "slow": "Langsam", "dead": "Tot"}
    assert dump["facts"]["delay"]["measure"]["unit"] == "Sekunden"
    assert dump["facts"]["users"] == {"ask": "Wie viele?", "count": "Leute"}
    assert dump["facts"]["kind"] == {"ask": "Which kind?", "label": {"wish": "Ein Wunsch", "fault": "A fault"}}


def test_it_is_the_same_pack_in_every_language(tmp_path: Path) -> None:
    pack = loaded(tmp_path, TRANSLATED)
    german = pack.in_language("de")
    assert (german.name, german.version, german.digest) == (pack.name, pack.version, pack.digest)
    assert german.Facts is pack.Facts
    assert german.classify(pack.Facts(speed="dead")).severity == 1
    assert german != pack
    assert german == pack.in_language("de")
    assert (pack.in_language("en"), german.in_language("de")) == (pack, german)
    assert pack.in_language("en") is pack
    assert german.in_language("de") is german
    assert german.in_language("en").severities == pack.severities


def test_the_translations_count_for_the_digest(tmp_path: Path) -> None:
    bare, translated = (load_pack(write(tmp_path / name, files)) for name, files in (("a", SMALL), ("b", TRANSLATED)))
    assert bare.digest != translated.digest
    assert bare.digest == load_pack(write(tmp_path / "c", SMALL | {"x.yaml": "language: en\n"})).digest


def test_a_translated_pack_survives_pickle_copying_and_other_masks(tmp_path: Path) -> None:
    class Other(Masks):
        """The same masks under another name."""

    german = loaded(tmp_path, TRANSLATED).in_language("de")
    for again in (pickle.loads(pickle.dumps(german)), copy.copy(german), german.with_masks(Other)):  # noqa: S301
        assert again == german
        assert again.severities == german.severities
        assert again.in_language("en").severities == {1: "High", 2: "Low"}


def test_masks_stay_in_another_language(tmp_path: Path) -> None:
    made: list[object] = []

    class Noted(Masks):
        """Masks that say that they were made."""

        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(self)

    pack = loaded(tmp_path, TRANSLATED).with_masks(Noted)
    made.clear()
    pack.in_language("de")
    assert made != []


@pytest.mark.parametrize("language", ["de", "EN", "", "\x1b[2J"])
def test_an_unknown_language_is_refused_with_those_there_are(tmp_path: Path, language: str) -> None:
    pack = loaded(tmp_path, SMALL | {"x.yaml": "translations: {fr: {}, de-AT: {}}\n"})
    with pytest.raises(ValueError, match=r"^unknown language ") as caught:
        pack.in_language(language)
    shown = language.replace("\x1b", "\\x1b")
    assert str(caught.value) == f"unknown language `{shown}`; one of `en`, `fr`, `de-AT`"


def test_a_document_without_the_language_has_no_translation() -> None:
    with pytest.raises(KeyError, match=r"^'de'$"):
        in_language({"name": "small", "version": "1", "severities": {}, "facts": {}}, "de")


# --- extending


BASE = load_pack()


def child(tmp_path: Path, text: str) -> Pack:
    """A pack that changes the default one by this text."""
    return loaded(tmp_path, CHILD | {"x.yaml": text})


def translation(pack: Pack) -> dict[str, Any]:
    found: dict[str, Any] = pack.model_dump()["translations"]["de"]
    return found


def test_translations_are_inherited_and_added_to(tmp_path: Path) -> None:
    pack = child(
        tmp_path,
        """\
facts: {mood: {ask: How are they?, levels: {calm: Calm, angry: Angry}}}
translations:
  de: {facts: {mood: {ask: Wie geht es ihnen?}}, roles: {support: Antwortet}}
  fr: {roles: {support: Répond}}
""",
    )
    base = translation(BASE)
    assert pack.languages == ("en", "de", "fr")
    assert translation(pack) == {
        "severities": base["severities"],
        "facts": base["facts"] | {"mood": {"ask": "Wie geht es ihnen?"}},
        "criteria": base["criteria"],
        "roles": base["roles"] | {"support": "Antwortet"},
        "war_room_setup": base["war_room_setup"],
        "paths": base["paths"],
        "causes": base["causes"],
        "plan": base["plan"],
        "messages": base["messages"],
        "blanks": base["blanks"],
        "guides": base["guides"],
    }


def test_a_translation_is_inherited_as_long_as_its_text_is(tmp_path: Path) -> None:
    pack = child(
        tmp_path,
        """\
severities: {1: Burning, 2: High}
facts:
  security: {ask: Is it safe?, levels: {breach: Someone is in}}
  strategic_account: {flag: , count: accounts}
criteria:
  1: {data-loss: {text: Data is gone}, public-outage: {text: All can see it}}
  2: {inconvenience: {}, multiple-tier-2-3: }
  4:
roster: {2: {customer-success-manager: involved}}
translations: {de: {criteria: {public-outage: {text: Alle sehen es}}}}
""",
    )
    base, found = translation(BASE), translation(pack)
    assert found["severities"] == {key: base["severities"][key] for key in ("2", "3", "4")}
    assert found["facts"]["security"] == {
        "levels": {key: base["facts"]["security"]["levels"][key] for key in ("none", "issue")}
    }
    assert found["facts"]["strategic_account"] == {"ask": base["facts"]["strategic_account"]["ask"]}
    assert found["criteria"]["public-outage"] == {"text": "Alle sehen es"}
    gone = {"data-loss", "multiple-tier-2-3", "minor-issue", "cosmetic", "feature-request", "question"}
    assert base["criteria"].keys() - found["criteria"].keys() == gone
    assert found["criteria"]["inconvenience"] == base["criteria"]["inconvenience"]


def test_the_description_is_not_inherited_and_so_its_translation_is_not(tmp_path: Path) -> None:
    assert "description" in translation(BASE)
    assert "description" not in translation(child(tmp_path, "description: Another\n"))


@pytest.mark.parametrize("text", ["translations:\n", "translations: {de: }\n"])
def test_a_language_is_deleted_with_null(tmp_path: Path, text: str) -> None:
    assert child(tmp_path, text).languages == ("en",)


def test_a_text_of_a_translation_is_deleted_with_null(tmp_path: Path) -> None:
    found = translation(child(tmp_path, "translations: {de: {criteria: {question: }, roles: }}\n"))
    assert "question" not in found["criteria"]
    assert "roles" not in found


# name -> what the pack that extends the default one says, and everything that is said of it.
EXTENDING: dict[str, tuple[str, str]] = {
    "another language": (
        "language: de\n",
        """\
x.yaml:1:1: the language of an inherited pack stays; add a language in `translations`
    language: de
    ^^^^^^^^""",
    ),
    "no language": (
        "language:\n",
        """\
x.yaml:1:1: the language of an inherited pack stays; add a language in `translations`
    language:
    ^^^^^^^^""",
    ),
    "into its own language": (
        "language: en\ntranslations: {en: {}}\n",
        """\
x.yaml:2:16: `en` is the pack's own language; leave it out, or say in `language` what the pack itself is written in
    translations: {en: {}}
                   ^^""",
    ),
    "of what is deleted": (
        """\
facts: {engineering_needed: , security: {levels: {issue: }}}
criteria: {1: {data-loss: }}
roster: {2: {engineering: }}
war_room: {security: {security: breach}}
war_room_setup: {positions: {scribe: , security-expert: }, protocols: {one-voice: }}
paths: {consult: , delegate: {documentation: }}
plan: {phases: {triage: {questions: {resources: }}}}
translations:
  de:
    facts: {engineering_needed: {ask: Wer?}, security: {levels: {issue: Schwach}}}
    criteria: {data-loss: {text: Weg}}
    war_room_setup: {positions: {scribe: {text: Schreibt}}, protocols: {one-voice: Einer}}
    paths: {consult: {executive-decisions: {text: Oben}}, delegate: {documentation: {text: Akten}}}
""",
        """\
x.yaml:10:13: unknown fact `engineering_needed`; it is deleted at x.yaml:1:9
        facts: {engineering_needed: {ask: Wer?}, security: {levels: {issue: Schwach}}}
                ^^^^^^^^^^^^^^^^^^
x.yaml:10:66: unknown level `issue`; it is deleted at x.yaml:1:51
        facts: {engineering_needed: {ask: Wer?}, security: {levels: {issue: Schwach}}}
                                                                     ^^^^^
x.yaml:11:16: unknown criterion `data-loss`; it is deleted at x.yaml:2:16
        criteria: {data-loss: {text: Weg}}
                   ^^^^^^^^^
x.yaml:12:34: unknown position `scribe`; it is deleted at x.yaml:5:30
        war_room_setup: {positions: {scribe: {text: Schreibt}}, protocols: {one-voice: Einer}}
                                     ^^^^^^
x.yaml:12:73: unknown protocol `one-voice`; it is deleted at x.yaml:5:72
        war_room_setup: {positions: {scribe: {text: Schreibt}}, protocols: {one-voice: Einer}}
                                                                            ^^^^^^^^^
x.yaml:13:13: the pack has no `paths.consult`; leave it out
        paths: {consult: {executive-decisions: {text: Oben}}, delegate: {documentation: {text: Akten}}}
                ^^^^^^^
x.yaml:13:70: unknown topic `documentation`; it is deleted at x.yaml:6:31
        paths: {consult: {executive-decisions: {text: Oben}}, delegate: {documentation: {text: Akten}}}
                                                                         ^^^^^^^^^^^^^""",
    ),
    "nothing to delete": (
        "translations: {fr: , de: {roles: {suport: }}}\n",
        """\
x.yaml:1:16: nothing inherited is called `fr` here
    translations: {fr: , de: {roles: {suport: }}}
                   ^^
x.yaml:1:35: nothing inherited is called `suport` here; did you mean `support`?
    translations: {fr: , de: {roles: {suport: }}}
                                      ^^^^^^""",
    ),
    "malformed": (
        "translations: {de: German, fr: {facts: [], roles: {support: {}}}}\ncriteria: {1: {data-loss: {text: Gone}}}\n",
        """\
x.yaml:1:20: `German` is not a mapping
    translations: {de: German, fr: {facts: [], roles: {support: {}}}}
                       ^^^^^^
x.yaml:1:40: a list is not a mapping
    translations: {de: German, fr: {facts: [], roles: {support: {}}}}
                                           ^^
x.yaml:1:61: a mapping is not text
    translations: {de: German, fr: {facts: [], roles: {support: {}}}}
                                                                ^^""",
    ),
    "malformed where a text is another one": (
        "criteria: {1: {data-loss: {text: Gone}}}\ntranslations: {de: {criteria: Weg, facts: {security: {}}}}\n",
        """\
x.yaml:2:31: `Weg` is not a mapping
    translations: {de: {criteria: Weg, facts: {security: {}}}}
                                  ^^^""",
    ),
    "all malformed": (
        "translations: German\n",
        """\
x.yaml:1:15: `German` is not a mapping
    translations: German
                  ^^^^^^""",
    ),
}


@pytest.mark.parametrize("case", EXTENDING)
def test_a_mistake_of_a_pack_that_extends_another(tmp_path: Path, case: str) -> None:
    text, expected = EXTENDING[case]
    assert str(refused(tmp_path, CHILD | {"x.yaml": text})) == expected


def test_the_same_language_may_be_said_again(tmp_path: Path) -> None:
    assert child(tmp_path, "language: en\n").languages == ("en", "de")


# --- the German of the default pack


def test_the_default_pack_answers_in_german() -> None:
    german = load_pack().in_language("de")
    found = german.classify({"functionality": "down", "environment": "production"})
    assert (found.name, found.criteria[0].text) == ("Kritisch", "Das laufende System funktioniert überhaupt nicht")
    assert german.Facts is IncidentFacts
    assert german.classify(IncidentFacts(data_loss=True)).severity == 1
    assert classify({}).questions[0].ask == "How well does the product still work for those affected?"
    assert german.classify({}).questions[0].ask == "Wie gut funktioniert das Produkt bei den Betroffenen noch?"
