"""`workers.celery_app` with kill points."""

from tests.integration.faults.kill_points import arm
from workers.celery_app import app

__all__ = ["app"]
arm()
