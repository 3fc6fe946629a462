"""Layouts and pictures of pages, from folders that hold them under the pages' own names."""

from base64 import b64encode
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from jiaokan.errors import JiaokanError
from jiaokan.formats.boxes import layout_of, read_boxes
from jiaokan.inspect.model import PageView

LAYOUTS = (".hocr", ".alto.xml", ".xml", ".hocr.html", ".html", ".htm")
"""Endings in the order in which they are looked for: a/b.hocr for a/b.txt."""
_PICTURES = {
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG"),
    ".webp": ("image/webp", b"RIFF"),
    ".gif": ("image/gif", b"GIF8"),
}
"""Pictures that browsers show: their type, and how such a file starts."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where layouts and pictures lie."""

    layouts: Path
    images: Path | None = None

    def of(self, page: PageView) -> PageView | None:
        """The page with its layout; None where it has none.

        Raises JiaokanError where a layout cannot be read or tells another text.
        """
        path = _find(self.layouts, page.name, LAYOUTS)
        if path is None:
            return None
        boxes = read_boxes(path.read_bytes(), str(path))
        layout = layout_of(boxes.words, boxes.size, page.raw)
        if layout is None:
            raise JiaokanError(
                "tells another text than the raw file",
                where=str(path),
                hint="give the layout that the engine wrote together with the raw text",
            )
        return replace(page, layout=layout, image=self._image(page.name))

    def _image(self, name: str) -> str:
        path = _find(self.images, name, tuple(_PICTURES)) if self.images else None
        if path is None:
            return ""
        kind, start = _PICTURES[path.suffix.lower()]
        data = path.read_bytes()
        if not data.startswith(start):
            raise JiaokanError(f"is no picture of type {kind}", where=str(path))
        return f"data:{kind};base64,{b64encode(data).decode()}"


def _find(folder: Path, name: str, endings: tuple[str, ...]) -> Path | None:
    """The page's own file: the folder itself, if that is a file; else by name, below the folder."""
    if folder.is_file():
        return folder
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts:
        return None
    stems = (pure.with_suffix(""), pure)
    for ending in endings:
        for stem in stems:
            path = folder / f"{stem}{ending}"
            if path.is_file():
                return path
    return None
