"""What is learnt from incidents: the review after one.

Read the modules in this order: `gaps`: what is still to be said; `length`: how long something took; `review`: the
model; `review_reading`, `review_yaml`: from YAML and to it; `extent`: how far an incident went; `happenings`: its
events as lines; `similar`: incidents like it; `review_draft`: what a log knows; `blame`, `empty_talk`,
`review_check`: what a review lacks.
"""
