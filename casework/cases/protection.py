"""The protected path: whom publishing, or telling the wrong person, could hurt.

Suspected abduction, minors, threatened people, and adults who do not want to be found: the notice
is withheld until supervisor and police agree, and reporters and finders are told nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from casework.cases.case import Details, Entry
from casework.cases.happenings.care import Admitted, StreetHelped
from casework.cases.happenings.police import AbductionFinding, AbductionSuspected
from casework.cases.happenings.public import (
    ClaimantRecorded,
    ContactWish,
    NoticeWithheld,
    Risk,
    WishRecorded,
    WithholdLifted,
    WithholdReason,
)
from casework.clock.station_time import in_station_time
from matching.model import YearRange

#: Under eighteen (未成年人保护法, article 2). An age that is not known protects.
FULL_AGE: Final = 18


def reasons_to_protect(history: Sequence[Entry], now: datetime) -> frozenset[WithholdReason]:
    """Why this person is protected as things stand now; empty when there is no reason."""
    return frozenset(_reasons(history, now))


def is_minor(history: Sequence[Entry], now: datetime) -> bool:
    """Whether anything known or guessed makes the person less than eighteen years old."""
    for entry in history:
        details = entry.details
        if isinstance(details, Admitted | StreetHelped) and may_be_minor(details.facts.birth, now):
            return True
        age = details.apparent_age if isinstance(details, Admitted) else None
        if age is not None and age < FULL_AGE:
            return True
    return False


def may_be_minor(birth: YearRange | None, now: datetime) -> bool:
    """Whether somebody born in these years may be less than eighteen; not known means no."""
    return birth is not None and in_station_time(now).year - birth.latest < FULL_AGE


def is_abduction_suspected(details: Iterable[Details]) -> bool:
    """Whether a suspicion stands: the police found none, and nobody has suspected anything since."""
    stands = False
    for each in details:
        if isinstance(each, AbductionSuspected):
            stands = True
        elif isinstance(each, AbductionFinding):
            stands = each.crime_likely
    return stands


def is_withheld(history: Sequence[Entry]) -> bool:
    """Whether the notice is withheld at the end of this history."""
    withheld = False
    for entry in history:
        if isinstance(entry.details, NoticeWithheld):
            withheld = True
        elif isinstance(entry.details, WithholdLifted):
            withheld = False
    return withheld


def _reasons(history: Sequence[Entry], now: datetime) -> Iterator[WithholdReason]:
    details = [entry.details for entry in history]
    if is_abduction_suspected(details):
        yield WithholdReason.ABDUCTION
    if is_minor(history, now):
        yield WithholdReason.MINOR
    wishes = [each for each in details if isinstance(each, WishRecorded)]
    if wishes and wishes[-1].wish is ContactWish.NOT_WANTED:
        yield WithholdReason.OWN_WISH
    if any(isinstance(x, ClaimantRecorded) and x.risk is not Risk.NONE_KNOWN for x in details):
        yield WithholdReason.SEARCHER_AT_RISK
