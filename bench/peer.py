"""The peer: `reader` polls every address once. Runs in an environment of its own.

python bench/peer.py ADDRESSES DATABASE
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

from reader import make_reader

WORKERS = 20

if __name__ == "__main__":
    addresses, database = Path(sys.argv[1]).read_text().split(), sys.argv[2]
    reader = make_reader(database)
    known = {feed.url for feed in reader.get_feeds()}
    for url in addresses:
        if url not in known:
            reader.add_feed(url)
    logging.disable(logging.CRITICAL)
    began = time.process_time()
    # Else it polls nothing within the hour.
    reader.update_feeds(scheduled=False, workers=WORKERS)
    counts = {"entries": reader.get_entry_counts().total, "broken": reader.get_feed_counts(broken=True).total}  # fmt: skip
    print(json.dumps({"before": began, **counts}))
