"""What libde265 complains about while it decodes a picture. The only module that talks to it.

libheif decodes HEIF files with this library and throws its warnings away. The library is the one
that comes with pillow_heif, or the system's; where there is none, nothing is ever complained about.
"""

import ctypes
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from matching.face.heif_streams import NalUnits

_POINTER: Final = ctypes.c_void_p
#: Name -> result and arguments, of the functions used (de265.h).
_FUNCTIONS: Final = {
    "de265_init": (ctypes.c_int, []),
    "de265_new_decoder": (_POINTER, []),
    "de265_push_NAL": (
        ctypes.c_int,
        [_POINTER, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64, _POINTER],
    ),
    "de265_flush_data": (ctypes.c_int, [_POINTER]),
    "de265_decode": (ctypes.c_int, [_POINTER, ctypes.POINTER(ctypes.c_int)]),
    "de265_get_next_picture": (_POINTER, [_POINTER]),
    "de265_get_warning": (ctypes.c_int, [_POINTER]),
    "de265_get_error_text": (ctypes.c_char_p, [ctypes.c_int]),
    "de265_free_decoder": (ctypes.c_int, [_POINTER]),
}


def complaints(nal_units: NalUnits) -> list[str]:
    """Errors and warnings of decoding one picture, in the library's own words.

    On one thread: only then the library checks where the parts of a picture begin.
    """
    library = _library()
    if library is None:
        return []
    decoder = library.de265_new_decoder()
    try:
        for unit in nal_units:
            library.de265_push_NAL(decoder, unit, len(unit), 0, None)
        library.de265_flush_data(decoder)
        codes = [*_decode(library, decoder, len(nal_units)), *_warnings(library, decoder)]
        return [library.de265_get_error_text(code).decode() for code in codes]
    finally:
        library.de265_free_decoder(decoder)


def can_complain() -> bool:
    """Whether the library was found."""
    return _library() is not None


@cache
def _library() -> ctypes.CDLL | None:
    path = next(_paths(), None) or find_library("de265")
    if path is None:
        return None
    library = ctypes.CDLL(path)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.de265_init()
    return library


def _paths() -> Iterator[str]:
    """The library inside pillow_heif's wheel, whose name bears a hash."""
    found = find_spec("pillow_heif")
    for folder in (found.submodule_search_locations or []) if found else []:
        for libraries in (Path(f"{folder}.libs"), Path(folder, ".dylibs")):
            yield from (str(path) for path in libraries.glob("libde265*"))


def _decode(library: ctypes.CDLL, decoder: int, units: int) -> Iterator[int]:
    """Decode until there is a picture; the code of what went wrong."""
    more = ctypes.c_int(1)
    # A damaged picture may ask for more data for ever; no unit takes more than two steps.
    for _ in range(2 * units + 2):
        error = library.de265_decode(decoder, ctypes.byref(more))
        if error:
            yield error
        if error or not more.value or library.de265_get_next_picture(decoder):
            return


def _warnings(library: ctypes.CDLL, decoder: int) -> Iterator[int]:
    while warning := library.de265_get_warning(decoder):
        yield warning
