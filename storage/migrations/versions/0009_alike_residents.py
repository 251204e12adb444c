"""What every file says of its person, and pairs of files that may be one person's."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables; the files are read by the first comparison of residents."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "resident_facts",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("revision", big, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_resident_facts_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_resident_facts")),
    )
    op.create_index("ix_resident_facts_revision", "resident_facts", ["revision"])
    op.create_table(
        "alike_pairs",
        sa.Column("pair_id", sa.Text(), nullable=False),
        sa.Column("later_id", sa.Text(), nullable=False),
        sa.Column("earlier_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("bits", sa.Float(53), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["later_id"], ["cases.case_id"], name=op.f("fk_alike_pairs_later_id")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["cases.case_id"], name=op.f("fk_alike_pairs_earlier_id")
        ),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_alike_pairs")),
        sa.UniqueConstraint("later_id", "earlier_id", name=op.f("uq_alike_pairs_later_id")),
    )
    op.create_index("ix_alike_pairs_earlier_id", "alike_pairs", ["earlier_id"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("alike_pairs")
    op.drop_table("resident_facts")
