"""What a process that runs jobs is called in leases and signs of life."""

import os
import socket
from uuid import uuid4


def worker_name() -> str:
    """Host, process id and a random part: process ids come back, names never do."""
    return f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
