import re

from api.pages.qr_drawing import QUIET, draw_qr


def test_the_drawing_has_the_three_finders_and_a_quiet_margin() -> None:
    drawing = draw_qr("otpauth://totp/Guitu:wangfang?secret=GEZDGNBVGY3TQOJQ&issuer=Guitu")
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawing.path)}
    last = drawing.size - QUIET - 1
    for x, y in ((QUIET, QUIET), (last - 6, QUIET), (QUIET, last - 6)):
        assert {(x + step, y) for step in range(7)} <= dark
        assert (x + 1, y + 1) not in dark
        assert (x + 3, y + 3) in dark
    assert all(QUIET <= each <= last for point in dark for each in point)
