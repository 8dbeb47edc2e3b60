"""The forms of the judges' screens: the PIN, and what a sheet posts."""

from __future__ import annotations

import unicodedata

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, DataRequired, NumberRange, Regexp

ENTRY = "typed-"  # the entries' names begin with this, so that no criterion can be taken for another field
DRAFT, CHECK, SUBMIT, KEEP = "draft", "check", "submit", "keep"


def only_digits(raw: str | None) -> str:
    """A PIN as it was meant: full-width digits become plain ones, blanks and hyphens go."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", raw or "") if sign not in " -\t")


def is_script() -> bool:
    """Whether the sender is the tablet's script, which wants the socket's answer and no page."""
    return request.accept_mimetypes.best == "application/json"


def typed_entries() -> dict[str, str]:
    """The entries of the sheet that was sent, by name."""
    return {name[len(ENTRY) :]: text for name, text in request.form.items() if name.startswith(ENTRY)}


class PinForm(FlaskForm):
    """The six digits on the card at the seat."""

    pin = StringField(
        filters=[only_digits],
        validators=[
            DataRequired(_l("Please enter the PIN.")),
            Regexp(r"[0-9]{6}\Z", message=_l("A PIN has six digits. Please check the card at your seat.")),
        ],
    )


class SheetForm(FlaskForm):
    """A sheet as a form posts it: what to do with it, the version it rests on, its submission id and its entries."""

    verb = StringField(validators=[AnyOf([DRAFT, CHECK, SUBMIT, KEEP])])
    base = IntegerField(default=0, validators=[NumberRange(0, 2**31 - 1)])
    submission = StringField()
    reason = StringField()

    @property
    def typed(self) -> dict[str, str]:
        """The entries by name, exactly as they were typed."""
        return typed_entries()
