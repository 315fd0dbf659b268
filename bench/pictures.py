"""Pictures of real mails: the bytes that a channel sends, in headless Chromium.

    .venv/bin/python -m bench.pictures [FOLDER]      # default: docs/pictures

Needs `chromium-headless-shell` (Debian: apt install chromium-headless-shell fonts-noto-core);
a whole Chromium makes no window of a phone's width. The articles are the invented ones of
tests/data, judged and rendered by the monitor itself.
"""

from __future__ import annotations

import email
import email.policy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import alerts, mailed

WIDTHS = {"phone": (390, 844), "desktop": (900, 940)}
# Which mail of each reader is shown, by the word that its subject begins with.
SHOWN = {"ar": ("نفي", "تصحيح"), "en": ("DENIED", "NEW")}


def main() -> None:
    """Write one picture a reader, width and light."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    chromium = shutil.which("chromium-headless-shell")
    if chromium is None:
        sys.exit("no chromium-headless-shell on the PATH: apt install chromium-headless-shell")
    folder.mkdir(parents=True, exist_ok=True)
    for language in SHOWN:
        pages = html_of(language)
        for number, page in enumerate(pages):
            for width in WIDTHS:
                for light in ("light", "dark"):
                    # A second mail is for the eye at work and not for the documentation.
                    kept = folder if number == 0 else Path(tempfile.gettempdir())
                    shoot(chromium, page, kept / f"mail-{language}-{width}-{light}.png", width)


def html_of(language: str) -> list[str]:
    """The HTML of the shown mails, taken from the bytes."""
    channel = alerts.email(language, name=language, timezone="Asia/Riyadh")
    store = mailed.settled([channel], mailed.rows())
    mails = [
        email.message_from_bytes(body, policy=email.policy.default)
        for body in mailed.bodies(store, language)
    ]
    return [
        next(m for m in mails if str(m["Subject"]).startswith(word))
        .get_body(("html",))
        .get_content()
        for word in SHOWN[language]
    ]


def shoot(chromium: str, page: str, target: Path, width: str) -> None:
    """One picture; the wish for dark is Chromium's own."""
    wide, high = WIDTHS[width]
    dark = "dark" in target.name
    with tempfile.TemporaryDirectory() as home:
        source = Path(home, "mail.html")
        source.write_text(page, "utf-8")
        subprocess.run(
            [
                chromium,
                "--no-sandbox",
                "--hide-scrollbars",
                f"--user-data-dir={home}/profile",
                f"--blink-settings=preferredColorScheme={0 if dark else 1}",
                f"--window-size={wide},{high}",
                f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    main()
