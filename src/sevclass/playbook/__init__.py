"""What to do about an incident: whom to turn to, and the war room. Pure: everything comes from the pack and the log.

Read the modules in this order: `directory_spec`, `directory_file`, `directory`: who fills a role, and when; `paths`:
whom to turn to; `positions`: who is needed in a war room; `room_log`: what the log has of it; `cadence`: when the next
things are due there; `room`: all of it; `handover`: what to hand over; `schemas`: of what is printed.
"""
