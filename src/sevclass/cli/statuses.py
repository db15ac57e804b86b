"""What a process of the command line ends with."""

DONE, FOUND, BAD_INPUT = 0, 1, 2
"""Done; done, and something was found; bad input or usage, which outranks it."""

INTERRUPTED, PIPE_CLOSED = 130, 141
"""As a shell tells of a program that SIGINT or SIGPIPE ended."""


class Stopped(KeyboardInterrupt):
    """A signal other than SIGINT asks to end; `status` tells of it as a shell does."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number
