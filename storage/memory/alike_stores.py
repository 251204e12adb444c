"""Twins of the stores of residents and of pairs of files."""

from collections.abc import Iterator

from casework.alike.pairs import AlikePair, AlikeState
from casework.alike.ports import KnownResident
from casework.cases.case import Case
from casework.errors import NotFoundError, StaleVersionError
from matching.model import Probe
from storage.memory.state import State, StoredResident, require


class MemoryResidentStore:
    """Twin of `storage.residents.SqlResidentStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def stale(self, limit: int) -> tuple[Case, ...]:
        """Covers of files that were never read or have grown since."""
        read = self._state.residents
        grown = [
            case
            for case in self._state.cases.values()
            if case.case_id not in read or read[case.case_id].case_version != case.version
        ]
        return tuple(sorted(grown, key=lambda case: (case.opened_at, case.case_id))[:limit])

    def keep(self, case: Case, probe: Probe | None) -> None:
        """Keep what the file says at this version of it."""
        require(self._state.cases, case.case_id)
        self._state.resident_revision += 1
        self._state.residents[case.case_id] = StoredResident(
            case_version=case.version, revision=self._state.resident_revision, probe=probe
        )

    def changed_since(self, revision: int) -> Iterator[KnownResident]:
        """Residents with a greater revision."""
        stored = sorted(self._state.residents.items(), key=lambda item: item[1].revision)
        return iter(
            [
                KnownResident(case_id=case_id, probe=each.probe)
                for case_id, each in stored
                if each.revision > revision
            ]
        )

    def revision(self) -> int:
        """The greatest revision given so far."""
        return self._state.resident_revision


class MemoryAlikeStore:
    """Twin of `storage.alike_pairs.SqlAlikeStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, pair: AlikePair) -> None:
        """Keep a new pair."""
        for case_id in pair.case_ids:
            require(self._state.cases, case_id)
        known = self._state.alike.values()
        if pair.pair_id in self._state.alike or any(pair.case_ids == x.case_ids for x in known):
            raise StaleVersionError("这两份档案已经比过，请刷新后再看。")
        self._state.alike[pair.pair_id] = pair

    def save(self, pair: AlikePair, *, read_version: int) -> None:
        """Replace a pair if nobody was faster."""
        stored = self._state.alike.get(pair.pair_id)
        if stored is None or stored.version != read_version:
            raise StaleVersionError("这两份档案刚被别人核对过，请刷新后再看。")
        self._state.alike[pair.pair_id] = pair

    def get(self, pair_id: str) -> AlikePair:
        """One pair."""
        if pair_id not in self._state.alike:
            raise NotFoundError("没有这一对档案，或您无权查看。")
        return self._state.alike[pair_id]

    def of_case(self, case_id: str) -> tuple[AlikePair, ...]:
        """All pairs of a file, strongest first."""
        return _strongest(x for x in self._state.alike.values() if case_id in x.case_ids)

    def waiting(self, station: str, limit: int) -> tuple[AlikePair, ...]:
        """Pairs that nobody judged with a file of this station, strongest first."""
        cases = self._state.cases
        return _strongest(
            pair
            for pair in self._state.alike.values()
            if pair.state is AlikeState.PROPOSED
            and station in {cases[case_id].station for case_id in pair.case_ids}
        )[:limit]


def _strongest(pairs: Iterator[AlikePair]) -> tuple[AlikePair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.ranked.bits, pair.pair_id)))
