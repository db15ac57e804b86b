"""Keep what is known to go wrong, what helps, and what customers may be told.

Below the root folder these are in `_knowledge/semantic/known_issues.yaml`. An
incident shows those of which it reaches a floor, or that it names by an id.
`sevclass known-issue VERB -h` has the help of a verb.

  add   adds a known issue, or each of a file
  list  all known issues, and what is wrong with the file
  show  one known issue, whole
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sevclass.cli.shelf import ISSUES, add_verbs


def add_arguments(parser: ArgumentParser) -> None:
    """What `known-issue` takes: a verb, and what that takes."""
    add_verbs(parser)


def run(options: Namespace) -> int:
    """Do what the verb says: 0, or 2 if there is something wrong with what is listed.

    Raises UsageError, or SevclassError where nothing can be done.
    """
    return ISSUES.run(options)
