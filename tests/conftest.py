"""What every test leaves behind as it found it."""

from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

# What is said of a commit must not hang on luck: made-up input is the same at every run.
# `pytest --hypothesis-profile=default` looks further, at random.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """A command that runs in this process sets logging up for itself."""
    yield
    structlog.reset_defaults()
