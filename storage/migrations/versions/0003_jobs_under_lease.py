"""Jobs under lease, signs of life, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("queue", sa.Text(), nullable=False, server_default="text"))
        outbox.add_column(sa.Column("deaths", sa.Integer(), nullable=False, server_default="0"))
        outbox.add_column(sa.Column("holder", sa.Text(), nullable=True))
        outbox.add_column(sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True))
        outbox.create_index("ix_outbox_order", ["state", "created_at", "job_id"], unique=False)
    op.create_table(
        "workers",
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_workers")),
    )
    op.create_table(
        "notices",
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notices")),
        sa.UniqueConstraint("station", "kind", "subject", name=op.f("uq_notices_station")),
    )
    op.create_index("ix_notices_unseen", "notices", ["seen_by", "station", "at"], unique=False)
