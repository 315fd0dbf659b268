"""What is wrong with the monitor's work: the daemon, its ways out, its sources and stories.

Each judge takes gathered facts and returns findings; `ok` ones say what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.health.finding import Attempt, Finding, Grade, Listen, broken, doubtful, ok, span
from monitor.model import Band

_STUCK = timedelta(hours=1)
_PUT_BACK = "put the secret where sources.yaml says, readable by the service"


def daemon(
    holder: str | None, unit: str | None, main: str | None, held: str | None
) -> list[Finding]:
    """Who holds the database; `unit` is the state that systemd gives, `main` its process."""
    found = []
    if holder is None:
        mend = "systemctl start monitor (or: monitor run)"
        said = "no daemon runs: nothing is polled"
        if unit == "failed":
            mend = "journalctl -u monitor -n 50 says why; then systemctl restart monitor"
            found.append(broken("daemon", f"{said}, the service has failed", mend))
        else:
            found.append(doubtful("daemon", said, mend))
    elif unit in {"active", "activating", "failed"} and main not in {None, "0", holder}:
        found.append(
            broken(
                "daemon",
                f"process {holder} runs on the database, and the service is another"
                f" ({unit}, process {main}): the second is refused",
                f"end the one that is too many: kill {holder}",
            )
        )
    elif unit in {"failed", "activating"} and main in {None, "0"}:
        found.append(
            broken(
                "daemon",
                f"process {holder} runs on the database, so that the service cannot start ({unit})",
                f"kill {holder}, then systemctl restart monitor",
            )
        )
    else:
        found.append(ok("daemon", f"process {holder}"))
    if held:
        mend = "monitor resume, when no other monitor sends these alerts"
        found.append(doubtful("held", held, mend))
    return found


def unread(said: str, mend: str) -> list[Finding]:
    """What was written since the daemon read it, in a sentence; empty for nothing."""
    return [doubtful("configuration", said, mend)] if said else []


def ports(listens: Iterable[Listen]) -> list[Finding]:
    """Ports that the daemon wants, or has."""
    found = []
    for each in listens:
        if each.problem and not each.is_ours:
            found.append(
                broken(
                    "port",
                    f"{each.what}: {each.address} cannot be had: {each.problem}",
                    f"`ss -ltnp` shows who has it; end that, or set another listen: for {each.what}",
                )
            )
        else:
            has = "the daemon has it" if each.is_ours else "free"
            found.append(ok("port", f"{each.what}: {each.address}, {has}"))
    return found


def attempts(tried: Iterable[Attempt]) -> list[Finding]:
    """Ways out: mail servers and webhooks."""
    mends = {
        "secret": _PUT_BACK,
        "login": "correct smtp.user or its password; many providers want an app password",
        "setting": "correct channels.{channel} in sources.yaml; then monitor alerts test {channel}",
        "address": "set `private: true` if it is meant to lie in your own network",
        "connect": "check the host, port and security of {channel}, and that a firewall lets it out",
    }
    found = []
    for each in tried:
        at = f"{each.channel} ({each.kind} to {each.to})"
        if each.problem:
            mend = mends[each.stage].format(channel=each.channel)
            check = "secret" if each.stage == "secret" else each.kind
            found.append(broken(check, f"{at}: {each.problem}", mend))
        else:
            found.append(ok(each.kind, at))
    return found


def inbox(problem: str | None) -> list[Finding]:
    """The secret by which answers are signed."""
    if problem:
        return [broken("secret", f"settings.inbox: {problem}", _PUT_BACK)]
    return [ok("inbox", "its secret is there")]


def page(problem: str | None, exposed: str, *, has_password: bool) -> list[Finding]:
    """The password that the page asks for, and who else can reach it; `exposed` empty for nobody."""
    found = []
    if problem:
        found.append(broken("secret", f"settings.web: {problem}: nobody can log in", _PUT_BACK))
    if exposed:
        said, _, mend = exposed.partition(": ")
        found.append(doubtful("page", said, mend))
    if has_password and not found:
        found.append(ok("page", "its password is there"))
    return found


def channels(kinds: Sequence[str]) -> list[Finding]:
    """Whether an alert has a second way out."""
    outside = [kind for kind in kinds if kind not in {"log", "files"}]
    if not outside:
        said = f"alerts go to {' and '.join(sorted(set(kinds)))} alone: nobody is told"
        return [doubtful("channels", said, "add a channel")]
    if len(outside) == 1:
        said = f"there is one way out ({outside[0]}): while it fails, nothing is told"
        mend = "add a second channel of another kind"
        return [doubtful("channels", said, mend)]
    return [ok("channels", f"{len(outside)} ways out")]


def answers(
    now: datetime, enabled: int, last: datetime | None, ceiling: timedelta, *, running: bool
) -> list[Finding]:
    """When any source was read last."""
    if not enabled:
        said = "no source is polled"
        return [broken("sources", said, "monitor add URL, or enabled: true")]
    if last is None:
        grade: Grade = "broken" if running else "warning"
        mend = "monitor check"
        return [Finding(check="sources", grade=grade, said="no source was ever read", mend=mend)]
    if now - last > ceiling + _STUCK:
        said = f"no source answered for {span(now - last)}"
        return [broken("sources", said, "monitor check; then monitor status says what each needs")]
    return [ok("sources", f"the last was read {span(now - last)} ago")]


def names(hosts: int, problems: Mapping[str, str]) -> list[Finding]:
    """Whether names are found: `problems` by host, of `hosts` that were asked."""
    if hosts and len(problems) == hosts:
        host, why = next(iter(problems.items()))
        return [
            broken(
                "names",
                f"no name is found ({host}: {why}): the name service is dead, or the network",
                "resolvectl query example.org; cat /etc/resolv.conf",
            )
        ]
    if problems:
        said = "; ".join(f"{host}: {why}" for host, why in problems.items())
        mend = "correct the addresses in sources.yaml"
        return [doubtful("names", said, mend)]
    if not hosts:
        return [ok("names", "no host has to be looked up")]
    return [ok("names", f"{hosts} found")]


def contact(given: str | None) -> list[Finding]:
    """Sites block what nobody answers for."""
    if given:
        return [ok("contact", given)]
    said = "sites cannot tell who visits them: a nameless robot is blocked sooner"
    mend = "settings: {contact: you@example.org}"
    return [doubtful("contact", said, mend)]


def given_up(counts: Mapping[str, int], failing: Mapping[str, str]) -> list[Finding]:
    """Deliveries that were given up; `failing` has the last answer of channels that took none since."""
    found = []
    for name, count in counts.items():
        mend = f"monitor alerts resend --given-up --channel {name}"
        said = f"{name} gave up {count} {'delivery' if count == 1 else 'deliveries'}"
        if name in failing:
            said += f", the last one too: {failing[name]}"
            found.append(
                broken("delivery", said, f"monitor alerts test {name}; once it works, {mend}")
            )
        else:
            found.append(doubtful("delivery", f"{said}, and has delivered since", mend))
    return found


def queue(now: datetime, oldest: datetime | None, stranded: Mapping[str, int]) -> list[Finding]:
    """Deliveries that wait for too long, or for a channel that is no more."""
    found = [
        broken(
            "queue",
            f"{count} alerts wait for channel {name}, which sources.yaml does not have",
            f"name it again under channels:, as {name}",
        )
        for name, count in stranded.items()
    ]
    if oldest and now - oldest > _STUCK:
        said = f"the oldest alert has been waiting for {span(now - oldest)}"
        found.append(broken("queue", said, "monitor alerts shows the receiver's answer"))
    return found or [ok("queue", "nothing waits for long")]


def seeds(story: str, pieces: Mapping[str, Band]) -> list[Finding]:
    """How a story's own seeds are judged by what was learnt from them, by their names."""
    off = [name for name, band in pieces.items() if band == "off"]
    if off and len(off) * 2 >= len(pieces):
        return [
            broken(
                "seeds",
                f"{story}: {len(off)} of {len(pieces)} seeds do not match what was learnt from"
                f" them all ({', '.join(off[:3])}): they are not about one story",
                "take out those that do not belong, or part them into two stories",
            )
        ]
    if off:
        said = f"{story}: seeds that do not match the others: {', '.join(off[:3])}"
        mend = "see whether they belong: monitor try FILE"
        return [doubtful("seeds", said, mend)]
    return [ok("seeds", f"{story}: {len(pieces)} match")]
