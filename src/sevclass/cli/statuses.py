"""What a process of the command line ends with."""

DONE, FOUND, BAD_INPUT = 0, 1, 2
"""Done; done, and something was found; bad input or usage, which outranks it."""

INTERRUPTED, PIPE_CLOSED = 130, 141
"""As a shell tells of a program that SIGINT or SIGPIPE ended."""
