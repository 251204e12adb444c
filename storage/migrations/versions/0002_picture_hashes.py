"""Keep the perceptual hash of the photo beside each face: the same photo twice is an alarm."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; faces of before have no hash until they are read again."""
    op.add_column("faces", sa.Column("picture_hash", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("faces", "picture_hash")
