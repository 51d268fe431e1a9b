"""QR codes: an image that prints at any size, and says what it was given."""

from urllib.parse import unquote
from xml.etree import ElementTree as ET

import segno

from depot.pages.qr import qr_svg


URL = "https://depot.example/offres/d31f2a09d74a5abaa2d2dd78f3158169"
START = "data:image/svg+xml;charset=utf-8,"


def drawing(text: str) -> ET.Element:
    uri = qr_svg(text)
    assert uri.startswith(START)
    return ET.fromstring(unquote(uri.removeprefix(START)))  # noqa: S314 - ours


def test_a_code_has_no_size_of_its_own_and_its_quiet_zone() -> None:
    svg = drawing(URL)
    side = segno.make_qr(URL, error="q").symbol_size(border=4)[0]

    assert svg.get("viewBox") == f"0 0 {side} {side}"
    assert {svg.get("width"), svg.get("height")} == {None}
    assert {child.tag.rpartition("}")[2] for child in svg} == {"path"}


def test_another_address_is_another_code() -> None:
    assert qr_svg(URL) == qr_svg(URL)
    assert qr_svg(URL) != qr_svg(URL[:-1] + "8")


def test_a_code_weighs_little_in_an_answer() -> None:
    assert len(qr_svg(URL)) < 6_000
