"""Writes pictures of noise, and what Pillow's resize makes of them. Needs Pillow 13, numpy, safetensors."""

from pathlib import Path

import numpy
from PIL import Image
from safetensors.numpy import save_file

HERE = Path(__file__).parent
random = numpy.random.default_rng(7)
random.integers(0, 256, (12, 16, 3))  # so many were drawn before
files = {
    "wide.png": Image.fromarray(random.integers(0, 256, (9, 40, 3)).astype(numpy.uint8)),
    "tall.png": Image.fromarray(random.integers(0, 256, (40, 9, 3)).astype(numpy.uint8)),
}
expected = {}
for name, picture in files.items():
    picture.save(HERE / name)
    read = Image.open(HERE / name).convert("RGB")
    for resample in range(6):
        for width, height in [(16, 16), (9, 20), (40, 7), (50, 60), (13, 40), (5, 3)]:
            resized = read.resize((width, height), resample)
            expected[f"resize:{name}:{resample}:{width}:{height}"] = numpy.asarray(resized)
save_file(expected, HERE / "expected.safetensors")
