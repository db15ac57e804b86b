"""What to do and what to say about an incident, by what its pack declares. Pure: nothing is read or printed here.

`messages`: drafts, from `known_values`, `promises` and `blanks`, with instants in `local_time`, by a `writer`;
`guides`: how to hold a conversation.
"""

from sevclass.playbook.guides import Guide, guide
from sevclass.playbook.messages import Draft, Incident, draft
from sevclass.playbook.writer import Writer

__all__ = ["Draft", "Guide", "Incident", "Writer", "draft", "guide"]
