"""What every table is made with: one catalogue, one rule for names, and types for both databases."""

from sqlalchemy import BigInteger, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
#: Lengths are checked where input arrives: only one of the two databases would check them here.
ID = Text
#: 64-bit, but a plain INTEGER where SQLite wants one for its row id.
BIG = BigInteger().with_variant(Integer, "sqlite")
