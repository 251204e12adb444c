"""`workers.standing` with kill points."""

from tests.integration.faults.kill_points import arm
from workers.standing import main

if __name__ == "__main__":
    arm()
    main()
