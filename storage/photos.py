"""The photo vault in SQL: sealed, and written whole or not at all with its transaction."""

from sqlalchemy import Connection, insert, select

from casework.errors import NotFoundError
from storage.sealing import Place, Sealer
from storage.tables import photos


class SqlPhotoVault:
    """Implements `casework.ports.PhotoVault`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def put(self, photo_id: str, data: bytes) -> None:
        """Keep a photo as uploaded."""
        sealed = self._sealer.seal(data, _place(photo_id))
        self._connection.execute(insert(photos).values(photo_id=photo_id, data=sealed))

    def get(self, photo_id: str) -> bytes:
        """The bytes as uploaded."""
        sealed = self._connection.execute(
            select(photos.c.data).where(photos.c.photo_id == photo_id)
        ).scalar()
        if sealed is None:
            raise NotFoundError("没有这张照片，或您无权查看。")
        return self._sealer.open(sealed, _place(photo_id))


def _place(photo_id: str) -> Place:
    return Place("photos", photo_id, "data")
