"""How long a job may take, and who notices when it takes longer. Each limit lies inside the next."""

from typing import Final

#: Seconds after which a job is told to stop, where the interpreter can be told.
SOFT_LIMIT: Final = 180
#: Seconds after which a worker process is killed: its lease (storage.outbox.LEASE) still runs.
HARD_LIMIT: Final = 240
#: Seconds after which Redis hands an unacknowledged message to somebody else.
VISIBILITY: Final = 900
