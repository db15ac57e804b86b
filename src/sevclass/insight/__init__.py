"""What many incidents show: figures of a period, and the report that is made of them.

Read the modules in this order: `period`: which time; `samples`: what the figures need of each incident; `sampling`: how
that is had from its log; `figures`: what is counted; `metrics`: how; `goals`: how that stands against what the pack
aims at; `trends`: what rises, and what comes again; `report`: all of it.
"""
