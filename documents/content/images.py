"""PNG and JPEG: within bounds of pixels; camera, place and time taken out."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from PIL import ExifTags, Image, ImageOps

from documents.content.kinds import FileRefused

BROKEN = "This picture is damaged. Open it, save it again and choose the new file."
HIDDEN = "the picture's hidden details (camera, place, time, comments)"
SEEN = "what the picture shows"
HARMLESS = {"icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "transparency",
            "srgb", "interlace", "adobe", "adobe_transform", "progressive", "progression", "chromaticity"}  # fmt: skip
QUALITY = 95  # where a turned picture has to be written anew


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, still packed. FileRefused where it is damaged or has more pixels than is sane."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the bound below is ours and stricter
            with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "MPO"]) as image:
                if image.width * image.height > settings.DOCUMENTS_MAX_MEGAPIXELS * 1_000_000:
                    most = settings.DOCUMENTS_MAX_MEGAPIXELS
                    raise FileRefused(f"The picture has more than {most} million pixels. Make it smaller.")
                yield image
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileRefused(BROKEN) from error


def check(data: bytes) -> None:
    with opened(data) as image:
        image.load()


def clean(data: bytes) -> tuple[bytes, list[str], list[str]]:
    """(bytes, what was taken out, what was left): pixels, colours and turning are kept, all else goes."""
    with opened(data) as image:
        is_jpeg = image.format in {"JPEG", "MPO"}
        had = bool(image.getexif()) or not set(image.info) <= HARMLESS
        turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
        plain = ImageOps.exif_transpose(image) if turned else image
        plain.load()
        icc = image.info.get("icc_profile")
        transparency = image.info.get("transparency")
        out = io.BytesIO()
        if is_jpeg:
            how = {"quality": QUALITY} if turned or image.format == "MPO" else {"quality": "keep"}
            plain.info = {}
            plain.save(out, "JPEG", icc_profile=icc, exif=b"", comment=b"", **how)
        else:
            plain.info = {} if transparency is None else {"transparency": transparency}
            plain.save(out, "PNG", icc_profile=icc, exif=b"")
    return out.getvalue(), [HIDDEN] if had else [], [SEEN]
