"""One file with all that a monitor knows, and the way back from it.

A `.tar.gz` of the database, sources.yaml and the seeds, with a manifest of hashes at
its head. Secrets in files and credentials are not in it; the manifest names them.
"""

from monitor.backup.make import make
from monitor.backup.manifest import Manifest, Progress
from monitor.backup.restore import Restored, restore

__all__ = ["Manifest", "Progress", "Restored", "make", "restore"]
