"""QR codes (ISO/IEC 18004), drawn by segno."""

import segno


def qr_svg(text: str) -> str:
    """A text as a QR code: an SVG in a data URI, to be printed at any size.

    A quarter of the code may be torn or soiled and it is still read (level Q).
    """
    return segno.make_qr(text, error="q").svg_data_uri(border=4, light="white", omitsize=True)
