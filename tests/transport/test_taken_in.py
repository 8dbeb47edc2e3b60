"""New connections are taken in a few at a time, so that a crowd at the door keeps nobody waiting who is inside."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import gevent

from scoring.transport.fair_queue import FairQueue
from scoring.transport.http_server import Server, nobody_known

CROWD, A_FEW = 60, 20


def test_of_a_crowd_at_the_door_a_few_are_taken_in_between_two_looks() -> None:
    taken: list[object] = []
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=CROWD))
        listening.setblocking(False)
        server = Server(listening, None, FairQueue(), nobody_known)
        server.do_handle = lambda sock, _address: taken.append(stack.enter_context(sock))
        for _ in range(CROWD):
            stack.enter_context(socket.create_connection(listening.getsockname()))
        server.start()
        stack.callback(server.stop)
        looks = []
        while len(taken) < CROWD:
            before = len(taken)
            gevent.sleep(0)
            looks.append(len(taken) - before)
        assert max(looks) <= A_FEW
