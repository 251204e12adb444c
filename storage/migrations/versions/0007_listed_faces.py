"""Ids of a gallery in order, without touching the vectors."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_faces_listed", "faces", ["owner_kind", "model_id", "face_id", "owner_id"], unique=False
    )
