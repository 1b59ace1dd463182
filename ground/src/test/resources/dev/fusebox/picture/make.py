"""Writes pictures of every kind, and what Pillow's convert("RGB") makes of them. Needs Pillow 13, numpy, safetensors."""

from pathlib import Path

import numpy
from PIL import Image
from safetensors.numpy import save_file

HERE = Path(__file__).parent
random = numpy.random.default_rng(7)
smooth = numpy.linspace(0, 255, 16 * 12 * 3).reshape(12, 16, 3)
noise = random.integers(0, 256, (12, 16, 3))
color = Image.fromarray(((smooth + noise) / 2).astype(numpy.uint8))
grey = color.convert("L")

files = {
    "grey.png": grey,
    "bits1.png": grey.convert("1"),
    "palette.png": color.quantize(40),
    "alpha.png": Image.merge("RGBA", (*color.split(), grey)),
    "greyalpha.png": Image.merge("LA", (grey, grey.rotate(180))),
    "grey.jpg": grey,
    "color.jpg": color,
    "cmyk.jpg": color.convert("CMYK"),
    "color.gif": color.quantize(20),
    "color.bmp": color,
}
expected = {}
for name, picture in files.items():
    options = {"quality": 95} if name.endswith("jpg") else {}
    options |= {"transparency": 3} if name == "palette.png" else {}
    options |= {"icc_profile": b"not a profile, passed over"} if name == "alpha.png" else {}
    picture.save(HERE / name, **options)
    read = Image.open(HERE / name).convert("RGB")
    expected[f"rgb:{name}"] = numpy.asarray(read)
save_file(expected, HERE / "expected.safetensors")
