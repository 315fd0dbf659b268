"""From seed folders to profiles: files → parse → learn, order only."""

from __future__ import annotations

from monitor.config.seeds import files
from monitor.errors import ConfigError, ParseError, Problem
from monitor.model import Config, Seed, Story
from monitor.parse.seed import read_seed
from monitor.story import encoder
from monitor.story.profile import Profile, learn


def seeds(story: Story) -> tuple[Seed, ...]:
    """Every piece of every document in the story's folder.

    Raises ConfigError naming each document that cannot be read.
    """
    pieces, problems = _read(story)
    if problems:
        raise ConfigError(problems)
    return tuple(pieces)


def _read(story: Story) -> tuple[list[Seed], list[Problem]]:
    pieces: list[Seed] = []
    problems: list[Problem] = []
    for name, body in files(story.seeds):
        try:
            pieces.extend(read_seed(name, body))
        except ParseError as error:
            problems.append(
                Problem(str(story.seeds / name), 1, 1, error.detail.removeprefix(f"{name}: "))
            )
    return pieces, problems


def profiles(config: Config) -> dict[str, Profile]:
    """A profile for each story, by name.

    Raises ConfigError for a document that cannot be read, and where the sentence encoder is
    asked for and not installed.
    """
    _encoder_is_there(config)
    return {story.name: learn(story, seeds(story)) for story in config.stories}


def profiles_from_readable(config: Config) -> tuple[dict[str, Profile], tuple[Problem, ...]]:
    """The same without the documents that cannot be read, and these.

    Raises ConfigError where a story has no other document, and as `profiles`.
    """
    _encoder_is_there(config)
    found: dict[str, Profile] = {}
    unread: list[Problem] = []
    for story in config.stories:
        pieces, problems = _read(story)
        if problems and not pieces:
            raise ConfigError(problems)
        unread += problems
        found[story.name] = learn(story, pieces)
    return found, tuple(unread)


def _encoder_is_there(config: Config) -> None:
    if any(story.encoder for story in config.stories) and not encoder.installed():
        raise ConfigError([Problem(str(config.path), 1, 1, f"settings.encoder: {encoder.MISSING}")])
