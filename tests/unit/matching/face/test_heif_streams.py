"""The coded pictures of an HEIF file, and what the decoder says of them."""

import pillow_heif
import pytest
from PIL import Image

from matching.errors import BadPictureError
from matching.face.damage import check_heif
from matching.face.heif_streams import coded_pictures
from matching.face.hevc_complaints import can_complain, complaints
from tests.picture_files import portrait, with_a_clear_corner, with_one_bit_flipped, written

#: NAL unit types of HEVC, in the upper bits of the first byte.
PARAMETER_SETS, KEY_PICTURES = {32, 33, 34}, {19, 20}
FLIPS = 100


def is_refused(data: bytes) -> bool:
    try:
        check_heif(data)
    except BadPictureError:
        return True
    return False


def test_a_picture_has_its_parameter_sets_and_one_slice() -> None:
    (units,) = coded_pictures(written(portrait(), "HEIF"))
    kinds = [unit[0] >> 1 for unit in units]
    assert set(kinds[:-1]) == PARAMETER_SETS
    assert kinds[-1] in KEY_PICTURES


def test_the_decoder_is_there_and_complains_of_half_a_picture() -> None:
    assert can_complain()
    (units,) = coded_pictures(written(portrait(), "HEIF"))
    assert complaints(units) == []
    assert complaints((*units[:-1], units[-1][: len(units[-1]) // 2]))


def test_every_tile_of_a_phones_photo_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pillow_heif.options, "GRID_TILE_SIZE", 128)
    data = written(portrait(), "HEIF")
    tiles = coded_pictures(data)
    assert len(tiles) == 4
    assert not is_refused(data)
    for tile in tiles:
        middle = data.index(tile[-1]) + len(tile[-1]) // 2
        assert is_refused(data[:middle] + bytes([data[middle] ^ 16]) + data[middle + 1 :])


@pytest.mark.parametrize("quality", [1, 40, 100])
@pytest.mark.parametrize("chroma", ["420", "444"])
def test_no_whole_picture_is_called_damaged(quality: int, chroma: str) -> None:
    plain = Image.new("RGB", (300, 200), "grey")
    for image in (portrait(), portrait().resize((61, 43)), plain, with_a_clear_corner(portrait())):
        assert not is_refused(written(image, "HEIF", quality=quality, chroma=chroma))


def test_flipped_bits_of_the_picture_data_are_seen() -> None:
    data = written(portrait(), "HEIF")
    (units,) = coded_pictures(data)
    start = data.index(units[-1])
    torn = [with_one_bit_flipped(data[: start + len(units[-1])], n, start) for n in range(FLIPS)]
    # Unseen are bits of the last block, and those that change nothing.
    assert sum(is_refused(each) for each in torn) >= FLIPS * 0.9


@pytest.mark.parametrize("length", [0, 7, 40, 400, 3000])
def test_boxes_that_end_early_are_refused(length: int) -> None:
    with pytest.raises(BadPictureError):
        coded_pictures(written(portrait(), "HEIF")[:length])


def test_a_picture_that_is_coded_otherwise_is_left_alone() -> None:
    data = written(portrait(), "HEIF").replace(b"hvc1", b"jpeg")
    assert coded_pictures(data) == []
    assert not is_refused(data)
