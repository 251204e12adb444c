"""The tables of residents compared with each other."""

from sqlalchemy import Column, Float, ForeignKey, Integer, Table, Text, UniqueConstraint

from storage.columns import BIG, ID, metadata
from storage.moments import Moment
from storage.sealing import Sealed

#: What each file says of its person, read at one version of the file.
resident_facts = Table(
    "resident_facts",
    metadata,
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("case_version", Integer, nullable=False),
    Column("revision", BIG, nullable=False, index=True),
    Column("document", Sealed, nullable=False),
)

#: Two files that may be one person's: the one that was opened later is held against the earlier one.
alike_pairs = Table(
    "alike_pairs",
    metadata,
    Column("pair_id", ID, primary_key=True),
    Column("later_id", ID, ForeignKey("cases.case_id"), nullable=False),
    Column("earlier_id", ID, ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("bits", Float(53), nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    #: Evidence, what was judged, and by whom.
    Column("document", Sealed, nullable=False),
    UniqueConstraint("later_id", "earlier_id"),
)
