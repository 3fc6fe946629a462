"""From HTML to what an engine reads of its scan."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from random import Random
from shutil import which

TALL = 6000
"""Pixels of the window, more than any page has."""
SCALE = 2
"""Pixels of the picture for one of the page: body characters of some 30, as at 200 dpi."""
WIDEST = 2400
"""Pixels of the widest page, before it is enlarged."""
MARGIN = 60
PROGRAMS = ("chromium", "tesseract")
LANGUAGE = "chi_sim"
"""What Tesseract reads."""


def missing() -> list[str]:
    """What is needed and not there."""
    lacking = [name for name in PROGRAMS if which(name) is None]
    if "tesseract" not in lacking:
        command = ["tesseract", "--list-langs"]
        known = subprocess.run(command, capture_output=True, check=False).stdout.decode()
        lacking += [f"tesseract's {LANGUAGE}"] * (LANGUAGE not in known.split())
    return lacking + ["pillow"] * (find_spec("PIL") is None)


def picture(html: str, path: Path) -> None:
    """Set the page and take its picture."""
    from PIL import Image, ImageChops

    source = path.with_suffix(".html")
    source.write_text(html, "utf-8")
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
        f"--force-device-scale-factor={SCALE}",
        f"--window-size={WIDEST},{TALL}",
        f"--screenshot={path}",
        source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(path) as image:
        page = image.convert("L")
    white = Image.new("L", page.size, 255)
    left, top, right, bottom = ImageChops.difference(page, white).getbbox() or (0, 0, 1, 1)
    box = (max(left - MARGIN, 0), max(top - MARGIN, 0), right + MARGIN, bottom + MARGIN)
    page.crop(box).save(path)
    source.unlink()


def scanned(path: Path, rng: Random) -> None:
    """Make the picture as bad as a scan: turned, blurred, spotted, grey."""
    from PIL import Image, ImageFilter

    with Image.open(path) as image:
        page = image.convert("L")
    page = page.rotate(rng.gauss(0, 0.25), Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0)))
    noise = Image.effect_noise(page.size, rng.uniform(5, 30))
    page = Image.blend(page, noise, rng.uniform(0.04, 0.16))
    page.save(path)


def engine(path: Path, mode: int) -> str:
    """What Tesseract reads in a page segmentation mode (its `--psm`).

    3, its default, finds zones and reads them one by one; 4 takes the page for one column.
    """
    command = ["tesseract", str(path), "-", "-l", LANGUAGE, "--psm", str(mode)]
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, check=True, capture_output=True, env=alone)
    return done.stdout.decode("utf-8")
