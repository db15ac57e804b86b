"""What to do and what to say about an incident, by what its pack declares. Pure: nothing is read or printed here.

`messages`: drafts, from `known_values`, `promises` and `blanks`, with instants in `local_time`; `guides`: conversations.
"""

from sevclass.playbook.guides import Guide, guide
from sevclass.playbook.messages import Draft, Writer, draft

__all__ = ["Draft", "Guide", "Writer", "draft", "guide"]
