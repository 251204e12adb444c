"""Pairs of files that may be one person's, in SQL: states are plain, evidence and reasons sealed."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, or_, select, update

from casework.alike.pairs import AlikePair, AlikeState
from casework.errors import NotFoundError, StaleVersionError
from storage.documents import ALIKE, AlikeDocument
from storage.sealing import Place, Sealer
from storage.tables import alike_pairs, cases

_A = alike_pairs.c
#: Strongest first; the id makes the order total.
_ORDER = (_A.bits.desc(), _A.pair_id)


class SqlAlikeStore:
    """Implements `casework.alike.ports.AlikeStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add(self, pair: AlikePair) -> None:
        """Keep a new pair."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(alike_pairs).values(self._columns(pair)))
        except StaleVersionError as error:
            raise StaleVersionError("这两份档案已经比过，请刷新后再看。") from error

    def save(self, pair: AlikePair, *, read_version: int) -> None:
        """Replace a pair if nobody was faster."""
        done = self._connection.execute(
            update(alike_pairs)
            .where(_A.pair_id == pair.pair_id, _A.version == read_version)
            .values(self._columns(pair))
        )
        if done.rowcount != 1:
            raise StaleVersionError("这两份档案刚被别人核对过，请刷新后再看。")

    def get(self, pair_id: str) -> AlikePair:
        """One pair."""
        query = select(alike_pairs).where(_A.pair_id == pair_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFoundError("没有这一对档案，或您无权查看。")
        return self._pair(row)

    def of_case(self, case_id: str) -> tuple[AlikePair, ...]:
        """All pairs of a file, strongest first."""
        return self._found(or_(_A.later_id == case_id, _A.earlier_id == case_id))

    def waiting(self, station: str, limit: int) -> tuple[AlikePair, ...]:
        """Pairs that nobody judged with a file of this station, strongest first."""
        ours = select(cases.c.case_id).where(cases.c.station == station)
        is_ours = or_(_A.later_id.in_(ours), _A.earlier_id.in_(ours))
        return self._found(is_ours & (_A.state == AlikeState.PROPOSED.value), limit)

    def _found(
        self, wanted: ColumnElement[bool], limit: int | None = None
    ) -> tuple[AlikePair, ...]:
        query = select(alike_pairs).where(wanted).order_by(*_ORDER).limit(limit)
        return tuple(self._pair(row) for row in self._connection.execute(query).mappings())

    def _columns(self, pair: AlikePair) -> Mapping[str, object]:
        document = AlikeDocument(
            ranked=pair.ranked,
            versions=dict(pair.versions),
            judged=dict(pair.judged),
            judged_at=pair.judged_at,
            whats_new=pair.whats_new,
            decisions=pair.decisions,
        )
        return {
            "pair_id": pair.pair_id,
            "later_id": pair.later_id,
            "earlier_id": pair.earlier_id,
            "state": pair.state.value,
            "bits": pair.ranked.bits,
            "found_at": pair.found_at,
            "version": pair.version,
            "document": self._sealer.seal(ALIKE.dump(document), _place(pair.pair_id)),
        }

    def _pair(self, row: RowMapping) -> AlikePair:
        document = ALIKE.load(self._sealer.open(row["document"], _place(row["pair_id"])))
        return AlikePair(
            pair_id=row["pair_id"],
            later_id=row["later_id"],
            earlier_id=row["earlier_id"],
            ranked=document.ranked,
            versions=document.versions,
            found_at=row["found_at"],
            state=AlikeState(row["state"]),
            judged=document.judged,
            judged_at=document.judged_at,
            whats_new=document.whats_new,
            decisions=document.decisions,
            version=row["version"],
        )


def _place(pair_id: str) -> Place:
    return Place("alike_pairs", pair_id, "document")
