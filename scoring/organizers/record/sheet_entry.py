"""A sheet that is typed at the desk as on its tablet: what was sent of it, and the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request

ENTRY = "typed-"


def typed_sent() -> dict[str, str]:
    """What stands in the fields of the sheet that was sent, by the names of its entries."""
    return {name[len(ENTRY) :]: text for name, text in request.form.items() if name.startswith(ENTRY)}


def page(
    screen: str,
    sheet: Mapping[str, Any],
    typed: Mapping[str, str] | None,
    refusal: Mapping[str, Any] | None,
    **shown: Any,
) -> str:
    """The page of that name with the sheet: as it was typed if it was just refused, else as it is stored."""
    return render_template(
        f"organizers/record/{screen}.html",
        entry=sheet,
        judged=sheet["judged"],
        tablet=sheet["tablet"],
        typed=sheet["tablet"]["sheet"]["typed"] if typed is None else typed,
        refusal=refusal or {},
        **shown,
    )
