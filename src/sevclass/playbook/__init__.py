"""What is done about an incident, and by whom: declared in the pack, worked out by pure functions.

Read the modules in this order: `protocol`: the plan of a pack, compiled; `deeds`: what of it the log says is done;
`updates`: when the next words are owed; `plan`: what comes out; `ical`: the same for a calendar.
"""

from sevclass.playbook.plan import Plan, plan, plan_of

__all__ = ["Plan", "plan", "plan_of"]
