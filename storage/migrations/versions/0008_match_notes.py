"""What scoring noted of everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "match_notes",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_match_notes_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_match_notes")),
    )
    op.add_column("rematch_cases", sa.Column("noted", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("records") as records:
        records.add_column(sa.Column("first_revision", big, nullable=False, server_default="0"))
        records.create_index("ix_records_first_revision", ["first_revision"], unique=False)
    op.execute("UPDATE records SET first_revision = revision")
