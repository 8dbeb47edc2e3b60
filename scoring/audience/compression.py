"""Makes the audience's answers small: hundreds of phones open the same page over one wireless network."""

from __future__ import annotations

import gzip

import brotli
from flask import Response, request

CODINGS = ("br", "gzip")  # the best first
WORTHWHILE = 1024  # bytes; below it the answer fits into one packet anyway
BROTLI_QUALITY = 5  # the last level whose time stays near gzip's


def compress(response: Response) -> Response:
    """Encode a whole text answer in the best way that the browser takes."""
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    plain = response.get_data()
    coding = request.accept_encodings.best_match(CODINGS)
    if coding is None or len(plain) < WORTHWHILE:
        return response
    response.set_data(encoded(plain, coding))
    response.headers["Content-Encoding"] = coding
    return response


def encoded(plain: bytes, coding: str) -> bytes:
    """The text in one of CODINGS."""
    if coding == "br":
        return brotli.compress(plain, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return gzip.compress(plain, compresslevel=6, mtime=0)
