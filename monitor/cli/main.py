"""The command `monitor`: which command lives where, errors to exit codes.

Exit status: 0 done, 1 the work failed, 2 wrong usage or configuration.
"""

from __future__ import annotations

import difflib
import gc
import importlib
import io
import os
import sys
from pathlib import Path

import click

from monitor import __version__
from monitor.errors import ConfigError, MonitorError
from monitor.store.denied import denied

# Name -> (module, help line), in groups: `monitor --help` imports none of them.
_GROUPS = {
    "Begin": {
        "init": ("begin", "Write a commented sources.yaml and seeds: yours, or the shipped."),
        "add": ("add", "Find the feed, sitemap or listing behind an address and add it."),
        "import": ("exchange", "Add the feeds of an OPML file to sources.yaml."),
        "check": ("check", "Check the configuration, then each source, channel and story once."),
        "try": ("attempt", "Fetch one address, show what is read and how it would be judged."),
    },
    "Work": {
        "run": ("operate", "Run the daemon until SIGTERM or Ctrl-C."),
        "reload": ("reload", "Let the running daemon read configuration and seeds again."),
        "poll": ("operate", "Make one round now: poll, read, judge, deliver."),
    },
    "Look": {
        "status": ("status", "Sources, stories, queue and gaps at a glance."),
        "developments": ("developments", "List the events of a story."),
        "articles": ("look", "List stored articles that belong to a story, or nearly."),
        "search": ("search", "Find words in the stored articles."),
        "explain": ("explain", "Say why an article was alerted, or why not."),
        "alerts": ("alerts", "The delivery log; send again; try every channel."),
    },
    "Mend and teach": {
        "label": ("label", "Say that an article belongs to a story, or does not."),
        "known": ("known", "Say that you know of a trouble of a source, a story or the monitor."),
        "development": ("developments", "One event: show, merge, split, rename, mute, note, undo."),
        "story": ("story", "What was learnt; a replay under other settings; its measures."),
    },
    "Take out": {
        "export": ("export", "A story as CSV, JSON Lines, WARC or dossier; the sources as OPML."),
        "evidence": ("evidence", "Check that the bytes that were judged are unchanged."),
    },
    "Keep": {
        "doctor": ("doctor", "Say what is wrong around the monitor, each thing with its mend."),
        "backup": ("care", "Write database, configuration and seeds into one file."),
        "restore": ("care", "Unpack a backup into an empty folder; it starts held."),
        "resume": ("care", "Let a restored monitor send again."),
        "service": ("service", "The systemd service: install, remove, status."),
        "inspect": ("inspect", "The pure parts alone, over files or JSON Lines."),
    },
}
_GARBAGE = 100_000  # objects made before the next look for garbage
_COMMANDS = {name: found for group in _GROUPS.values() for name, found in group.items()}


class _Commands(click.Group):
    """Imports a command's module when it is used, not when it is listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"monitor.cli.{_COMMANDS[cmd_name][0]}")
        found = getattr(module, f"{cmd_name}_command")
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, _COMMANDS))
        for title, group in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), line) for name, (_, line) in group.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = difflib.get_close_matches(args[0], _COMMANDS, 1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Start with `monitor init`, look with `monitor check`, then `monitor run`. Shell completion:"
        ' eval "$(_MONITOR_COMPLETE=bash_source monitor)" (or zsh_source, fish_source).'
        " Exit status: 0 done, 1 the work failed, 2 wrong usage or configuration."
    ),
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration; ./sources.yaml where left out.",
)
@click.version_option(__version__, prog_name="story-monitor")
@click.pass_context
def commands(ctx: click.Context, config: Path | None) -> None:
    """Follow one unfolding news story.

    Polls the sources in sources.yaml, stores what is new, folds copies, decides
    what belongs to the story of the seeds and says why, and sends one alert for
    each new development.
    """
    ctx.obj = config


def main(argv: list[str] | None = None) -> None:
    """Run a command and exit with its status."""
    # Nearly all that is made before the work begins stays; each look for garbage goes through it.
    gc.set_threshold(_GARBAGE, 50)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no Arabic shows what it can, and no traceback.
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    out = sys.stdout
    try:
        status = commands.main(argv, prog_name="monitor", standalone_mode=False)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except MonitorError as error:
        click.echo(f"monitor: {error}", err=True)
        sys.exit(1)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except PermissionError as error:
        click.echo(f"monitor: {denied(Path(error.filename or '.'))}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except SystemExit:
        # `monitor articles | head` is no failure. Click puts another in the place of what was cut
        # off and says 1; and Python must not complain at exit.
        if sys.stdout is out:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
