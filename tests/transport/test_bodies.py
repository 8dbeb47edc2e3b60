"""The body of a request must come within its time, whatever drips in."""

from __future__ import annotations

import pytest
from gevent import socket

from scoring.transport.bodies import BODY_A_SECOND, BODY_WITHIN, Body


def test_a_body_that_drips_is_broken_off_and_one_that_comes_is_read() -> None:
    here, there = socket.socketpair()
    with here, there, here.makefile("rb") as read:
        there.sendall(b"name=x" + b"abc")
        assert Body(read, 6).read() == b"name=x"
        dripping = Body(read, 500)
        dripping.left = 0.05
        with pytest.raises(ConnectionResetError):
            dripping.read()
        assert dripping.left <= 0


def test_a_larger_body_may_take_longer() -> None:
    assert Body(None, BODY_A_SECOND * 60).left == BODY_WITHIN + 60
