"""What is done about an incident, and by whom: declared in the pack, worked out by pure functions.

Read the modules in this order: `protocol`: the plan of a pack, compiled; `deeds`: what of it the log says is done;
`updates`: when the next words are owed; `checklist`: what comes out; `plan`: the way there; `ical`: for a calendar.
"""

from sevclass.playbook.checklist import Plan
from sevclass.playbook.plan import plan, plan_of

__all__ = ["Plan", "plan", "plan_of"]
