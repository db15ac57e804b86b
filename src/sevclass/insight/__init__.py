"""What is learnt from incidents: the review after one, and the figures of many.

Read the modules in this order. The review: `gaps`: what is still to be said; `length`: how long something took;
`review`: the model; `review_reading`, `review_yaml`: from YAML and to it; `reach`, `extent`: how far an incident went;
`happenings`: its events as lines; `similar`: incidents like it; `review_draft`: what a log knows; `blame`,
`empty_talk`, `review_check`: what a review lacks. The report: `period`: which time; `samples`: what the figures need of
each incident; `sampling`: how that is had from its log; `figures`: what is counted; `metrics`: how; `goals`: how that
stands against what the pack aims at; `trends`: what rises, and what comes again; `weeks`: how many came when;
`highlights`; `report`: all of it.
"""
