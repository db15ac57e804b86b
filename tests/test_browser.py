"""The browser that other tests use tells what a page does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, BrowserError

pytestmark = pytest.mark.browser
PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


def _page(folder: Path, html: str) -> Path:
    path = folder / "page.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{html}", encoding="utf-8")
    return path


def test_a_page_that_is_whole_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    page = browser.open(_page(tmp_path, "<title>Grüße</title><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))

    assert page.evaluate("document.title") == "Grüße"
    assert page.requests == []
    assert page.errors == []


def test_a_request_and_an_error_are_told(browser: Browser, tmp_path: Path) -> None:
    html = "<img src='http://example.org/a.png'><script>throw new Error('here')</script>"
    page = browser.open(_page(tmp_path, html))

    assert page.requests == ["http://example.org/a.png"]
    assert any("here" in error for error in page.errors)
    assert any("ERR_" in error for error in page.errors), "nothing was reached"


def test_an_address_on_this_machine_is_not_reached_either(browser: Browser, tmp_path: Path) -> None:
    page = browser.open(_page(tmp_path, "<script>fetch('http://127.0.0.1:1/').catch(() => {})</script>"))

    assert page.evaluate("fetch('http://localhost:2/').catch(error => 'refused')") == "refused"
    assert page.requests == ["http://127.0.0.1:1/", "http://localhost:2/"]


def test_scripts_can_be_left_out(browser: Browser, tmp_path: Path) -> None:
    path = _page(tmp_path, "<p>before<script>document.body.textContent = 'after'</script>")

    assert "before" in browser.open(path, scripts=False).html()
    assert "after" in browser.open(path).html()


def test_what_cannot_be_evaluated_is_told(browser: Browser, tmp_path: Path) -> None:
    page = browser.open(_page(tmp_path, ""))

    with pytest.raises(BrowserError, match="ReferenceError: nothing is not defined"):
        page.evaluate("nothing")
    with pytest.raises(BrowserError, match=r"No\.such: "):
        page.call("No.such")


def test_a_picture_and_a_pdf(browser: Browser, tmp_path: Path) -> None:
    page = browser.open(_page(tmp_path, "<p style='height: 3000px'>long"))

    page.screenshot(picture := tmp_path / "whole.png", width=400, height=300)
    page.screenshot(part := tmp_path / "part.png", width=400, height=300, whole=False)
    page.pdf(pages := tmp_path / "pages.pdf")

    assert picture.read_bytes().startswith(PNG)
    size = [int.from_bytes(picture.read_bytes()[start : start + 4]) for start in (16, 20)]
    assert size[0] == 400
    assert size[1] > 3000
    assert int.from_bytes(part.read_bytes()[20:24]) == 300
    assert pages.read_bytes().startswith(PDF)
