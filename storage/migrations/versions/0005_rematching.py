"""Runs of re-matching, what they found, and what everybody was scored with last."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "rematch_runs",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record_revision", big, nullable=False),
        sa.Column("face_revision", big, nullable=False),
        sa.Column("let_go_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_rematch_runs")),
    )
    op.create_index("ix_rematch_runs_asked", "rematch_runs", ["asked", "state"], unique=False)
    op.create_table(
        "rematch_cases",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pairs", big, nullable=False),
        sa.Column("in_reach", big, nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["rematch_runs.run_id"], name=op.f("fk_rematch_cases_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_rematch_cases_case_id")
        ),
        sa.PrimaryKeyConstraint("run_id", "case_id", name=op.f("pk_rematch_cases")),
    )
    op.create_index(
        "ix_rematch_cases_next", "rematch_cases", ["run_id", "state", "position"], unique=False
    )
    op.create_table(
        "rematch_finds",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("is_return", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("bits", sa.Float(53), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["rematch_runs.run_id"], name=op.f("fk_rematch_finds_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_rematch_finds_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.record_id"], name=op.f("fk_rematch_finds_record_id")
        ),
        sa.PrimaryKeyConstraint("run_id", "case_id", "record_id", name=op.f("pk_rematch_finds")),
    )
    op.create_index(
        "ix_rematch_finds_waiting", "rematch_finds", ["state", "station", "bits"], unique=False
    )
    op.create_index(
        "ix_rematch_finds_pair", "rematch_finds", ["case_id", "record_id"], unique=False
    )
    op.create_table(
        "match_bases",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("probe", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("record_revision", big, nullable=False),
        sa.Column("face_revision", big, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_match_bases_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_match_bases")),
    )
