"""What to do and to say about an incident, and who does it: declared in the pack, worked out by pure functions.

Read the modules in this order. Whom to turn to: `directory_spec`, `directory_file`, `directory`: who fills a role, and
when; `paths`. The war room: `positions`: who is needed; `room_log`: what the log has of it; `cadence`: when the next
things are due there; `room`: all of it; `handover`: what to hand over. The plan: `protocol`: that of a pack, compiled;
`deeds`: what of it the log says is done; `updates`: when the next words are owed; `checklist`: what comes out; `plan`:
the way there; `ical`: for a calendar. Messages: `messages`: drafts, from `known_values`, `promises` and `blanks`, with
instants in `local_time`, by a `writer`; `guides`: how to hold a conversation. `schemas`: of what is printed.
"""

from sevclass.playbook.checklist import Plan
from sevclass.playbook.guides import Guide, guide
from sevclass.playbook.messages import Draft, Incident, draft
from sevclass.playbook.plan import plan, plan_of
from sevclass.playbook.writer import Writer

__all__ = ["Draft", "Guide", "Incident", "Plan", "Writer", "draft", "guide", "plan", "plan_of"]
