"""What two files tell of the photos in them."""

from datetime import date

from matching.face.conditions import FaceConditions, conditions_between
from matching.model import Candidate, PersonFacts, Probe, YearRange

BORN_1980 = PersonFacts(birth=YearRange(earliest=1979, latest=1981))


def test_the_years_between_are_those_of_the_absence() -> None:
    probe = Probe(case_id="c1", found_on=date(2020, 6, 1))
    record = Candidate(record_id="r1", facts=BORN_1980, missing_since=date(1990, 6, 1))
    under = conditions_between(probe, record, 1)
    assert under.years_apart is not None
    assert round(under.years_apart, 1) == 30.0
    assert under.youngest_age == 10.0
    assert under.poor_photos == 1


def test_what_no_file_tells_stays_unknown() -> None:
    nothing = conditions_between(Probe(case_id="c1"), Candidate(record_id="r1"), 0)
    assert nothing == FaceConditions()


def test_the_resident_s_own_age_counts_when_the_family_gave_none() -> None:
    probe = Probe(case_id="c1", facts=BORN_1980, found_on=date(1990, 1, 1))
    under = conditions_between(probe, Candidate(record_id="r1"), 0)
    assert (under.years_apart, under.youngest_age) == (None, 10.0)


def test_a_person_found_before_the_report_was_not_away_for_less_than_nothing() -> None:
    probe = Probe(case_id="c1", found_on=date(2020, 1, 1))
    record = Candidate(record_id="r1", missing_since=date(2020, 3, 1))
    assert conditions_between(probe, record, 0).years_apart == 0.0
