"""What to do about an incident, and who does it: declared in the pack, worked out by pure functions.

Read the modules in this order. Whom to turn to: `directory_spec`, `directory_file`, `directory`: who fills a role, and
when; `paths`. The war room: `positions`: who is needed; `room_log`: what the log has of it; `cadence`: when the next
things are due there; `room`: all of it; `handover`: what to hand over. The plan: `protocol`: that of a pack, compiled;
`deeds`: what of it the log says is done; `updates`: when the next words are owed; `checklist`: what comes out; `plan`:
the way there; `ical`: for a calendar. `schemas`: of what is printed.
"""

from sevclass.playbook.checklist import Plan
from sevclass.playbook.plan import plan, plan_of

__all__ = ["Plan", "plan", "plan_of"]
