"""The photos on which whole readings are measured: the shared ones, and phone-sized scenes of them.

`GUITU_DEVDATA` names the shared photos; without it the two public-domain portraits inside ordinary
wheels stand in. Every photo has two megapixels or more.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageFilter

from fixtures.portraits import path_in

PORTRAITS: Final = (("matplotlib", "grace_hopper.jpg"), ("scikit-image", "astronaut.png"))
LEAST_PIXELS: Final = 2_000_000
#: What a phone of twelve megapixels takes.
PHONE: Final = (4000, 3000)
#: So small a copy of a photo, blurred and enlarged again, shows no face.
_BACKDROP: Final = (64, 48)
_ROOM: Final = (3000, 2900)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One photo file."""

    name: str
    path: Path


def sources() -> list[Path]:
    """The photos that everything is made from."""
    folder = os.environ.get("GUITU_DEVDATA")
    if folder:
        return sorted(path for path in Path(folder, "faces").iterdir() if path.is_file())
    found = [path_in(*portrait) for portrait in PORTRAITS]
    if None in found:
        raise SystemExit("the portraits are not installed: run make setup")
    return [path for path in found if path is not None]


def scenes(folder: Path) -> list[Scene]:
    """Every large photo as it is, and of every photo two scenes of twelve megapixels."""
    return [scene for path in sources() for scene in _of(path, folder)]


def _of(path: Path, folder: Path) -> Iterator[Scene]:
    with Image.open(path) as image:
        photo = image.convert("RGB")
    if photo.width * photo.height >= LEAST_PIXELS:
        yield Scene(name=path.stem, path=path)
    for name, scene in (("close", close_up(photo)), ("room", in_a_room(photo))):
        made = folder / f"{path.stem}-{name}.jpg"
        made.write_bytes(as_jpeg(scene))
        yield Scene(name=made.stem, path=made)


def close_up(photo: Image.Image) -> Image.Image:
    """The photo enlarged to twelve megapixels: faces are as large as in a portrait by phone."""
    factor = (PHONE[0] * PHONE[1] / (photo.width * photo.height)) ** 0.5
    size = round(photo.width * factor), round(photo.height * factor)
    return photo.resize(size, Image.Resampling.LANCZOS)


def in_a_room(photo: Image.Image) -> Image.Image:
    """The photo at its own size in the middle of a wide, blurred view: faces are small."""
    backdrop = photo.resize(_BACKDROP).filter(ImageFilter.GaussianBlur(6))
    view = backdrop.resize(PHONE, Image.Resampling.BICUBIC)
    middle = photo.copy()
    middle.thumbnail(_ROOM)
    view.paste(middle, ((PHONE[0] - middle.width) // 2, (PHONE[1] - middle.height) // 2))
    return view


def as_jpeg(image: Image.Image) -> bytes:
    """A file as phones write them."""
    target = io.BytesIO()
    image.save(target, format="JPEG", quality=90)
    return target.getvalue()
