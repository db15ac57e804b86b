"""Keep what to do, step by step.

Below the root folder these are in
`_knowledge/procedural/escalation_runbooks.yaml`. An incident shows those of
the known issues that match it, and those of which it reaches a floor.
`sevclass runbook VERB -h` has the help of a verb.

  add   adds a runbook, or each of a file
  list  all runbooks, and what is wrong with the file
  show  one runbook, whole
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sevclass.cli.shelf import RUNBOOKS, add_verbs


def add_arguments(parser: ArgumentParser) -> None:
    """What `runbook` takes: a verb, and what that takes."""
    add_verbs(parser)


def run(options: Namespace) -> int:
    """Do what the verb says: 0, or 2 if there is something wrong with what is listed.

    Raises UsageError, or SevclassError where nothing can be done.
    """
    return RUNBOOKS.run(options)
