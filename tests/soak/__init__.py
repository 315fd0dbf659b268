"""A long run under faults: `make soak`, or `python -m tests.soak --minutes 4 --sources 300`.

Some thousand sources on loopback, a fifth of which misbehave; articles on the story trickle
in; the daemon is killed, reloaded, its disk filled, its clock stepped; receivers have their
moods. In the end every article on the story must have been told, under one key.

The articles are synthetic (tests/data). Root only: it mounts a small disk. With Debian's
libfaketime the clock is stepped; without it that part is left out, and the result says so.
"""
