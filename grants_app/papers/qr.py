"""QR codes as pictures: written for a paper, found again in a picture; it does not know what they say."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import cast

import zxingcpp
from PIL import Image, UnidentifiedImageError

from grants_app.domain.errors import Refused

MAX_PIXELS = 60_000_000  # a phone's or a scanner's largest; beyond it a picture is a bomb or a mistake
MAX_PICTURE_BYTES = 40_000_000
_ENLARGED_UP_TO = 8_000_000  # pixels; A4 at 300 dpi has 8.7 million and needs no enlarging
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_FORMATS = ("PNG", "JPEG")
_DIGITS = b"0" + b"1" * 255  # a module's grey level to the digit of its bit


@dataclass(frozen=True, slots=True)
class Modules:
    """A QR code without its quiet zone: `side` modules a side, rows of bits packed into bytes, 1 = light."""

    side: int
    bits: bytes


def qr_modules(text: str) -> Modules:
    """The QR code of `text` at error correction M (15 % of it may be lost), the smallest that holds it."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # The stubs do not say that zxing's image is a buffer of rows.
    view: memoryview = memoryview(cast("bytes", code.to_image(scale=1, add_quiet_zones=False)))
    side = cast("tuple[int, int]", view.shape)[0]
    digits = view.tobytes().translate(_DIGITS)
    row_bytes = (side + 7) // 8
    padding = b"0" * (row_bytes * 8 - side)
    rows = (digits[start : start + side] + padding for start in range(0, side * side, side))
    return Modules(side, b"".join(int(row, 2).to_bytes(row_bytes, "big") for row in rows))


def open_picture(content: bytes) -> Image.Image:
    """A PNG or JPEG in shades of grey; Refused `picture_unreadable` or `picture_too_large` otherwise."""
    if len(content) > MAX_PICTURE_BYTES:
        raise Refused("picture_too_large", megapixels=MAX_PIXELS // 1_000_000)
    try:
        with warnings.catch_warnings():
            # The size is judged below from the header, before anything is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise Refused("picture_too_large", megapixels=MAX_PIXELS // 1_000_000)
        return picture.convert("L")
    except Image.DecompressionBombError as error:
        raise Refused("picture_too_large", megapixels=MAX_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("picture_unreadable") from error


def find_codes(picture: Image.Image) -> list[str]:
    """The texts of the QR codes in a picture, in any direction and size; empty when there is none.

    A picture too coarse for the reader (a code's square under three dots) is looked at again enlarged.
    """
    found = zxingcpp.read_barcodes(picture, formats=_QR)
    if not found and picture.width * picture.height <= _ENLARGED_UP_TO:
        larger = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
        found = zxingcpp.read_barcodes(larger, formats=_QR)
    return [code.text for code in found]
