"""What every test leaves behind as it found it."""

import gc
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

# What is said of a commit must not hang on luck: made-up input is the same at every run, and has
# the time that a busy machine takes. `pytest --hypothesis-profile=default` looks further, at random.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

# As the commands have it (`monitor.cli.main`): nearly all that was collected and learnt stays, and
# at Python's own thresholds a seventh of the time of the tests goes into looking through it.
gc.set_threshold(100_000, 50)


@pytest.fixture
def frozen() -> None:
    """For what measures its own time: a collection goes through all that other tests left.

    It is out of the collector's sight, as what the daemon holds from its start is there.
    """
    gc.freeze()


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """A command that runs in this process sets logging and the collector up for itself."""
    threshold = gc.get_threshold()
    yield
    structlog.reset_defaults()
    gc.set_threshold(*threshold)
    gc.unfreeze()
