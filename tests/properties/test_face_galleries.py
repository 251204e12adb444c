"""Whatever happens to a gallery, it answers as a plain loop over the database does.

People come, are photographed again, are replaced and erased; processes end and start, snapshots are
written, damaged and swapped. The bounds of the layers are so low that every change passes through
all of them. Coordinates are small whole numbers: many exact ties, and no rounding anywhere.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.search.gallery import GalleryName, OwnerKind, StoredFace
from matching.face.embedding import pack, unpack
from matching.face.exact_index import ExactIndex
from matching.face.index import FaceIndex, FaceRow
from runtime.face_galleries import FaceGalleries
from storage.face_snapshots import SnapshotFolder, SnapshotRefusedError
from storage.memory.unit_of_work import memory_work
from tests.small_layers import SmallLayers

GALLERY = GalleryName(kind=OwnerKind.RECORD, model_id="test:1")

Point = tuple[int, int, int]
points = st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(0, 3))
people = st.sampled_from([f"person{number:02}" for number in range(30)])
photos = st.lists(points, min_size=1, max_size=3)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one gallery says."""

    size: int
    nearest: list[tuple[float, str, str]]
    photos: dict[str, int]


class Gallery(RuleBasedStateMachine):
    """A station's gallery of records, and what it must answer."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="guitu-galleries-"))
        self.folder = SnapshotFolder(self.home, kind=SmallLayers)
        self.open_work = memory_work()
        self.faces: dict[str, StoredFace] = {}
        self.erased: set[str] = set()
        self.count = 0
        self.begin()

    def teardown(self) -> None:
        self.galleries.close()
        shutil.rmtree(self.home)

    def begin(self) -> None:
        self.galleries = FaceGalleries(self.open_work, self.folder, kind=SmallLayers)

    @initialize(crowd=st.lists(points, min_size=12, max_size=30))
    def a_crowd_is_there(self, crowd: list[Point]) -> None:
        for number, point in enumerate(crowd):
            self.add(f"person{number:02}", [point])

    @rule(who=people, new=photos)
    def add(self, who: str, new: list[Point]) -> None:
        with self.open_work() as work:
            work.faces.add_many(self.fresh(who, new))
            work.commit()
        self.erased.discard(who)

    @rule(who=people, new=photos)
    def replace(self, who: str, new: list[Point]) -> None:
        with self.open_work() as work:
            work.faces.remove_owner(OwnerKind.RECORD, who)
            self.forget(who)
            work.faces.add_many(self.fresh(who, new))
            work.commit()
        self.erased.discard(who)

    @rule(who=people)
    def erase(self, who: str) -> None:
        with self.open_work() as work:
            work.faces.remove_owner(OwnerKind.RECORD, who)
            work.commit()
        self.forget(who)
        self.erased.add(who)

    @rule()
    def the_process_ends_and_another_begins(self) -> None:
        self.galleries.close()
        self.begin()

    @rule(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 8))
    def a_snapshot_is_damaged_while_nobody_runs(self, place: float, bit: int) -> None:
        self.galleries.close()
        for path in self.home.iterdir():
            whole = bytearray(path.read_bytes())
            at = int(place * len(whole))
            if bit < 8 and whole:
                whole[at] ^= 1 << bit
            path.write_bytes(whole if bit < 8 else whole[:at])
            event("a snapshot was damaged")
        self.begin()

    @rule(asked=points, k=st.integers(1, 12))
    def a_search_answers_as_a_plain_loop_does(self, asked: Point, k: int) -> None:
        self.galleries.refresh()
        event(f"whole at once: {self.galleries.now().are_whole}")
        # One thread: when this is done, so is every rebuild and snapshot before it.
        self.galleries._background.submit(int).result()
        self.galleries.refresh()
        galleries = self.galleries.now()
        assert galleries.are_whole
        index = galleries.index(GALLERY.kind, GALLERY.model_id)
        if index is not None:
            event(f"a scan answered: {index.base is not None}")
        expected = ExactIndex.build(map(row_of, self.faces.values()))
        assert answer(index, asked, k) == answer(expected, asked, k)

    @invariant()
    def nobody_erased_is_in_a_snapshot_that_can_be_opened(self) -> None:
        with self.open_work() as work:
            pin = work.faces.pinned(GALLERY)
        if pin is None or not self.folder.has(pin):
            return
        try:
            held = self.folder.read(pin)
        except SnapshotRefusedError:  # damaged by the rule above
            return
        _, owners = held.ids
        assert not self.erased & {owners[row] for row in range(len(owners))}

    def fresh(self, who: str, new: list[Point]) -> list[StoredFace]:
        faces = []
        for point in new:
            self.count += 1
            face_id = f"face{self.count:04}"
            faces.append(
                StoredFace(
                    face_id=face_id,
                    owner_kind=OwnerKind.RECORD,
                    owner_id=who,
                    photo_id=None,
                    engine="test",
                    model_id=GALLERY.model_id,
                    vector=pack(point),
                )
            )
        self.faces |= {face.face_id: face for face in faces}
        return faces

    def forget(self, who: str) -> None:
        self.faces = {key: face for key, face in self.faces.items() if face.owner_id != who}


def row_of(face: StoredFace) -> FaceRow:
    return FaceRow(face_id=face.face_id, owner_id=face.owner_id, vector=unpack(face.vector))


def answer(index: FaceIndex | None, asked: Point, k: int) -> Answer:
    if index is None or not index.size:
        return Answer(0, [], {})
    hits = index.search(np.array(asked, np.float32), k)
    return Answer(
        index.size,
        [(hit.distance, hit.owner_id, hit.face_id) for hit in hits],
        {hit.owner_id: len(index.vectors_of(hit.owner_id)) for hit in hits},
    )


TestGallery = Gallery.TestCase
TestGallery.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
