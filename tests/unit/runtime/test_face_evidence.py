"""What the galleries say of a resident's photos."""

from dataclasses import replace
from datetime import date

import numpy as np

from casework.search.gallery import GalleryName, OwnerKind, StoredFace
from matching.face.embedding import Vector, pack
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from matching.face.reading import FaceQuality
from matching.model import Candidate, Probe
from runtime.face_evidence import NearRecords, face_matches, nearest
from runtime.face_galleries import Galleries
from tests.samples import a_face

MODEL = "face-recognition:test"
PROBE = Probe(case_id="c1", found_on=date(2020, 1, 1))


def vector(*components: float) -> Vector:
    return np.array(components, dtype=np.float32)


def galleries(*rows: FaceRow, are_whole: bool = True) -> Galleries:
    name = GalleryName(kind=OwnerKind.RECORD, model_id=MODEL)
    return Galleries(indexes={name: LayeredIndex.build(rows)}, are_whole=are_whole)


def photo(*components: float, quality: FaceQuality | None = None) -> StoredFace:
    return replace(
        a_face(),
        vector=pack(components),
        engine="face-recognition",
        model_id=MODEL,
        quality=quality,
    )


def row(owner_id: str, *components: float, is_poor: bool = False) -> FaceRow:
    return FaceRow(
        face_id=f"f-{owner_id}", owner_id=owner_id, vector=vector(*components), is_poor=is_poor
    )


def candidates(*record_ids: str, missing_since: date | None = None) -> dict[str, Candidate]:
    return {each: Candidate(record_id=each, missing_since=missing_since) for each in record_ids}


def test_the_nearest_pair_of_photos_counts() -> None:
    seen = galleries(row("r1", 1.0, 0.0), row("r2", 0.0, 1.0))
    mine = [photo(0.5, 0.1), photo(0.9, 0.0)]
    matches = face_matches(seen, PROBE, mine, candidates("r1", "r3"))
    assert list(matches) == ["r1"]
    assert round(matches["r1"].distance, 6) == 0.1
    assert "库内 2 人" in matches["r1"].detail


def test_with_only_a_few_nobody_else_is_looked_at() -> None:
    seen = galleries(row("r1", 1.0, 0.0), row("r2", 0.0, 1.0), row("r3", 0.5, 0.5))
    mine = [photo(1.0, 0.0)]
    assert list(nearest(seen, OwnerKind.RECORD, mine, 1, {"r2", "r3", "r9"})) == ["r3"]
    assert list(nearest(seen, OwnerKind.RECORD, mine, 1)) == ["r1"]


def test_the_nearest_people_come_once_each() -> None:
    seen = galleries(row("r1", 1.0, 0.0), row("r2", 0.0, 1.0), row("r3", 5.0, 5.0))
    near = nearest(seen, OwnerKind.RECORD, [photo(0.9, 0.0), photo(0.0, 0.9)], 2)
    assert set(near) == {"r1", "r2"}
    assert {round(each.hit.distance, 6) for each in near.values()} == {0.1}
    assert nearest(seen, OwnerKind.CASE, [photo(0.9, 0.0)], 2) == {}


def test_the_conditions_of_the_photos_make_a_distance_say_less() -> None:
    gone = candidates("r1", missing_since=date(1985, 1, 1))
    poor = FaceQuality(eye_distance_px=4.0, sharpness=1.0, brightness=0.01)
    plain = face_matches(galleries(row("r1", 1.0, 0.0)), PROBE, [photo(0.9, 0.0)], candidates("r1"))
    hard = face_matches(
        galleries(row("r1", 1.0, 0.0, is_poor=True)),
        PROBE,
        [photo(0.9, 0.0, quality=poor)],
        gone,
    )
    assert hard["r1"].bits <= 3.0 < plain["r1"].bits
    assert "照片相隔三十年以上" in hard["r1"].detail
    assert "有照片质量不足" in hard["r1"].detail


def test_while_a_gallery_is_rebuilt_nobody_is_said_to_have_no_photo() -> None:
    empty = Galleries(indexes={}, are_whole=False)
    matches = face_matches(empty, PROBE, [photo(0.9, 0.0)], candidates("r1"))
    assert matches["r1"].bits == 0.0
    assert "正在重建" in matches["r1"].detail
    assert face_matches(empty, PROBE, [], candidates("r1")) == {}


def test_other_residents_are_compared_in_their_own_gallery() -> None:
    name = GalleryName(kind=OwnerKind.CASE, model_id=MODEL)
    index = LayeredIndex.build([row("c1", 1.0, 0.0), row("c2", 0.9, 0.1), row("c4", 0.0, 1.0)])
    seen = Galleries(indexes={name: index})
    matches = face_matches(seen, PROBE, [photo(1.0, 0.0)], candidates("c2", "c4"), OwnerKind.CASE)
    assert matches["c2"].distance < matches["c4"].distance
    assert "库内 3 人" in matches["c2"].detail
    assert face_matches(seen, PROBE, [photo(1.0, 0.0)], candidates("c2")) == {}


def test_twins_among_the_candidates_are_told_on_both() -> None:
    seen = galleries(row("r1", 0.5, 0.0), row("r2", 0.5, 0.05), row("r3", 0.0, 0.45))
    matches = face_matches(seen, PROBE, [photo(0.15, 0.1)], candidates("r1", "r2", "r3"))
    assert {owner for owner, match in matches.items() if "双胞胎" in match.detail} == {"r1", "r2"}


def test_a_face_of_an_engine_that_nothing_is_known_of_says_nothing() -> None:
    name = GalleryName(kind=OwnerKind.RECORD, model_id="none")
    seen = Galleries(indexes={name: LayeredIndex.build([row("r1", 1.0, 0.0)])})
    mine = [replace(photo(1.0, 0.0), engine="none", model_id="none")]
    assert face_matches(seen, PROBE, mine, candidates("r1")) == {}
    assert nearest(seen, OwnerKind.RECORD, mine, 3) == {}


def test_the_only_near_face_of_a_large_gallery_says_more() -> None:
    far = [row(f"x{n}", 0.0, 5.0 + n / 1e4) for n in range(20_000)]
    few = face_matches(galleries(row("r1", 1.0, 0.0)), PROBE, [photo(0.5, 0.0)], candidates("r1"))
    many = galleries(row("r1", 1.0, 0.0), *far)
    alone = face_matches(many, PROBE, [photo(0.5, 0.0)], candidates("r1"))
    assert alone["r1"].bits > few["r1"].bits + 1
    assert "实际没有别人更近" in alone["r1"].detail


def test_the_records_near_a_photo_are_looked_up_once() -> None:
    seen = galleries(row("r1", 1.0, 0.0), row("r2", 0.0, 1.0))
    mine = [replace(photo(0.9, 0.0), owner_id="c1")]
    near = NearRecords(seen)
    assert near.nearest(mine) == nearest(seen, OwnerKind.RECORD, mine, 50)
    pair = near.nearest(mine)["r1"]
    assert near.crowd(pair).distances == (pair.hit.distance, near.nearest(mine)["r2"].hit.distance)
