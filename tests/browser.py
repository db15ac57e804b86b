"""Debian's chromium, headless: draws a page, prints it, and tells of every request that it makes.

    with Browser() as browser:
        page = browser.open(path)
        page.requests          # every address asked for but that of the page itself; empty for one that is whole
        page.errors            # what its scripts threw, and what was written to the console as an error
        page.evaluate("document.title")
        page.screenshot(path_of_png, width=800)
        page.pdf(path_of_pdf)  # on A4

It is spoken to through two pipes, so that no port is opened. Nothing that it asks for is reached: its proxy is a port
that nobody listens at, and no name is resolved. A test that needs it is marked `browser`.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from select import select
from tempfile import mkdtemp
from time import monotonic
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium")
"""Where it is; None where it is not installed."""
_WAIT_S = 60.0
_A4_INCHES = {"paperWidth": 8.27, "paperHeight": 11.69}
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class BrowserError(Exception):
    """The browser did not do what it was asked for."""


class Browser:
    """One process of the browser, with an empty profile of its own."""

    def __init__(self) -> None:
        if CHROMIUM is None:
            raise BrowserError("no chromium")
        self._profile = mkdtemp(prefix="sevclass-browser-")
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self._out, self._in = ours_out, ours_in
        # The browser reads from descriptor 3 and writes to 4: a shell puts them there.
        script = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", CHROMIUM, *_FLAGS, f"--user-data-dir={self._profile}"],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self._profile},
        )
        for descriptor in (theirs_in, theirs_out):
            os.close(descriptor)
        self._rest, self._number = b"", 0
        self._events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(BrowserError, OSError):
            self.call("Browser.close")
        try:
            self._process.wait(_WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for descriptor in (self._in, self._out):
            os.close(descriptor)
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, where: Path | str, *, scripts: bool = True) -> Page:
        """A page, drawn: a file, or an address such as `data:text/html,…`; without `scripts` none of it runs."""
        address = where.resolve().as_uri() if isinstance(where, Path) else where
        return Page(self, address, scripts=scripts)

    def call(self, method: str, session: str | None = None, **params: object) -> dict[str, Any]:
        """Ask for something, and wait for the answer.

        Raises BrowserError.
        """
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        data = json.dumps(asked).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            told = self._next(monotonic() + _WAIT_S)
            if told.get("id") != self._number:
                self._events.append(told)
                continue
            if "error" in told:
                raise BrowserError(f"{method}: {told['error']['message']}")
            result: dict[str, Any] = told["result"]
            return result

    def wait_for(self, method: str, session: str) -> None:
        """Wait until something has happened in a session.

        Raises BrowserError.
        """
        end = monotonic() + _WAIT_S
        while not any(told.get("method") == method for told in self.events(session)):
            self._events.append(self._next(end))

    def events(self, session: str) -> list[dict[str, Any]]:
        """All that has happened in a session."""
        return [told for told in self._events if told.get("sessionId") == session]

    def _next(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select([self._in], [], [], max(0.0, end - monotonic()))[0]:
                raise BrowserError("the browser does not answer")
            read = os.read(self._in, 2**20)
            if not read:
                raise BrowserError("the browser has ended")
            self._rest += read
        one, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(one)
        return told


class Page:
    """A page that has been drawn."""

    def __init__(self, browser: Browser, address: str, *, scripts: bool) -> None:
        self._browser, self._address = browser, address
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._session: str = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Page.navigate", url=address)
        browser.wait_for("Page.loadEventFired", self._session)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Ask for something of the protocol.

        Raises BrowserError.
        """
        return self._browser.call(method, self._session, **params)

    @property
    def requests(self) -> list[str]:
        """Every address that was asked for but that of the page itself; what stands in the page needs no asking."""
        asked = [told["request"]["url"] for told in self._told("Network.requestWillBeSent")]
        return [url for url in asked if url != self._address and not url.startswith(("data:", "blob:", "about:"))]

    @property
    def errors(self) -> list[str]:
        """What scripts threw, and what was logged as an error."""
        thrown = [told["exceptionDetails"] for told in self._told("Runtime.exceptionThrown")]
        logged = [told["entry"] for told in self._told("Log.entryAdded")]
        return [
            *(one.get("exception", {}).get("description", one["text"]) for one in thrown),
            *(one["text"] for one in logged if one["level"] == "error"),
        ]

    def _told(self, method: str) -> list[Mapping[str, Any]]:
        self.call("Runtime.getIsolateId")  # what has happened until now is told before the answer
        return [told["params"] for told in self._browser.events(self._session) if told.get("method") == method]

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - whatever it gives
        """The value of an expression of JavaScript, of a promise that which it is kept with.

        Raises BrowserError with what it throws.
        """
        found = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            thrown = found["exceptionDetails"]
            raise BrowserError(thrown.get("exception", {}).get("description", thrown["text"]))
        return found["result"].get("value")

    def html(self) -> str:
        """The page as it stands, after its scripts."""
        document = self.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        found: str = self.call("DOM.getOuterHTML", nodeId=document)["outerHTML"]
        return found

    def screenshot(self, path: Path, *, width: int = 1000, height: int = 800, whole: bool = True) -> None:
        """A PNG of it, whole however long it is, or what fits."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))

    def pdf(self, path: Path) -> None:
        """A PDF of it on A4, with the margins of its own style sheet."""
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True, **_A4_INCHES)["data"]
        path.write_bytes(base64.b64decode(data))


if __name__ == "__main__":
    # To look at a page: python -m tests.browser PAGE.html picture.png|pages.pdf
    with Browser() as opened:
        shown = opened.open(Path(sys.argv[1]))
        target_path = Path(sys.argv[2])
        shown.pdf(target_path) if target_path.suffix == ".pdf" else shown.screenshot(target_path)
        for line in (*shown.requests, *shown.errors):
            sys.stderr.write(f"{line}\n")
