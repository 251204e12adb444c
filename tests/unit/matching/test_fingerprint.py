from dataclasses import replace

from matching.compare.face import FaceMatch
from matching.fingerprint import pair_fingerprint
from tests.people import HEARD, TRUE, a_probe

PROBE = a_probe(HEARD)
FACE = FaceMatch(distance=0.41234, bits=3.0, detail="")


def test_the_same_facts_have_the_same_fingerprint_in_any_order() -> None:
    twice = replace(HEARD, names=("刘福生", "阿福"))
    turned = replace(HEARD, names=("阿福", "刘福生"))
    assert pair_fingerprint(a_probe(twice), TRUE, None) == pair_fingerprint(
        a_probe(turned), TRUE, None
    )


def test_any_new_fact_of_either_side_changes_it() -> None:
    seen = {
        pair_fingerprint(PROBE, TRUE, None),
        pair_fingerprint(PROBE, TRUE, FACE),
        pair_fingerprint(replace(PROBE, found_place="英德"), TRUE, None),
        pair_fingerprint(a_probe(replace(HEARD, height_cm=170)), TRUE, None),
        pair_fingerprint(PROBE, replace(TRUE, missing_since=None), None),
    }
    assert len(seen) == 5


def test_what_only_names_the_file_or_wobbles_in_the_last_digit_leaves_no_trace() -> None:
    other_file = replace(PROBE, case_id="c2")
    near = replace(FACE, distance=0.41229, bits=3.1, detail="换了说法")
    assert pair_fingerprint(other_file, TRUE, near) == pair_fingerprint(PROBE, TRUE, FACE)
