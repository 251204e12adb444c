"""Counted tries and second factors in SQL."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, select

from casework.accounts.second_factor import SecondFactor
from casework.accounts.sign_in_tries import Tries
from storage.documents import FACTOR, FactorDocument
from storage.sealing import Place, Sealer
from storage.tables import second_factors, sign_in_tries
from storage.upsert import upsert


class SqlSignInStore:
    """Implements `casework.accounts.ports.SignInStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def tries(self, name_sha256: str) -> Tries | None:
        """How often this sign-in name was tried in a row."""
        query = select(sign_in_tries).where(sign_in_tries.c.name_sha256 == name_sha256)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Tries(**row)

    def put_tries(self, tries: Tries) -> bool:
        """Keep a higher count; False when somebody else counted as far meanwhile."""
        return upsert(self._connection, sign_in_tries, asdict(tries), rising="count")

    def forget_tries(self, name_sha256: str) -> None:
        """The next try is the first again."""
        of_name = sign_in_tries.c.name_sha256 == name_sha256
        self._connection.execute(delete(sign_in_tries).where(of_name))

    def forget_tries_before(self, moment: datetime) -> None:
        """Drop what was tried last before `moment`."""
        self._connection.execute(delete(sign_in_tries).where(sign_in_tries.c.last_at < moment))

    def second_factor(self, user_id: str) -> SecondFactor | None:
        """The second factor of an account, confirmed or not."""
        query = select(second_factors).where(second_factors.c.user_id == user_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        document = FACTOR.load(self._sealer.open(row["document"], _place(user_id)))
        return SecondFactor(
            user_id=user_id,
            key=bytes.fromhex(document.key),
            confirmed=row["confirmed"],
            last_step=document.last_step,
            recovery=document.recovery,
            version=row["version"],
        )

    def put_second_factor(self, factor: SecondFactor) -> bool:
        """Keep a newer version; False when the stored one is as new."""
        document = FactorDocument(
            key=factor.key.hex(), last_step=factor.last_step, recovery=factor.recovery
        )
        row = {
            "user_id": factor.user_id,
            "confirmed": factor.confirmed,
            "version": factor.version,
            "document": self._sealer.seal(FACTOR.dump(document), _place(factor.user_id)),
        }
        return upsert(self._connection, second_factors, row, rising="version")

    def drop_second_factor(self, user_id: str) -> None:
        """Back to password only."""
        self._connection.execute(delete(second_factors).where(second_factors.c.user_id == user_id))

    def confirmed_factors(self) -> frozenset[str]:
        """The users whose second factor is in force."""
        query = select(second_factors.c.user_id).where(second_factors.c.confirmed)
        return frozenset(self._connection.execute(query).scalars())


def _place(user_id: str) -> Place:
    return Place("second_factors", user_id, "document")
