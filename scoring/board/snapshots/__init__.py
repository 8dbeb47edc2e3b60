"""The types of what screens are shown, by screen; the tables of docs/live-protocol.md are made of them.

A field says in its annotation what it means, where its name does not; `./dev protocol` writes the tables again. A type
whose fields say nothing is written out where it is used, such as `{zh, en}`.
"""
