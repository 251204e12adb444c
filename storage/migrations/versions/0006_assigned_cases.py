"""Whose case it is, which dialects a colleague understands, and the latest decisions first."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody is named and no dialect known until somebody says so."""
    op.add_column("cases", sa.Column("assignee", sa.Text(), nullable=True))
    op.add_column(
        "users", sa.Column("dialects", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    op.create_index("ix_lead_decisions_recent", "lead_decisions", ["decided_at"])


def downgrade() -> None:
    """Drop the columns and the index."""
    op.drop_index("ix_lead_decisions_recent", "lead_decisions")
    op.drop_column("users", "dialects")
    op.drop_column("cases", "assignee")
