# Pictures of every color model, and what Pillow reads them as (mean red, green, blue): python3 make.py
import json, struct, zlib
import numpy as np
from PIL import Image

y, x = np.mgrid[0:18, 0:24]
rgb = np.stack([x * 10, y * 14, (x + y) * 6], -1).astype("uint8")
black = rgb[..., :1] // 2
gray = rgb[..., :1]
opaque, half = np.full_like(gray, 255), np.full_like(gray, 128)


def png(name, values, depth, color):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    form = ">u2" if depth == 16 else "u1"
    rows = b"".join(b"\0" + row.astype(form).tobytes() for row in values)
    head = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], depth, color, 0, 0, 0)
    open(name, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def adobe(name, source, transform):  # another transform in Adobe's marker, or no marker
    data = bytearray(open(source, "rb").read())
    at = data.index(b"\xff\xee")
    if transform is None:
        del data[at:at + 2 + int.from_bytes(data[at + 2:at + 4], "big")]
    else:
        data[at + 15] = transform
    open(name, "wb").write(data)


picture = Image.fromarray(rgb)
picture.save("rgb.jpg", quality=90)
picture.save("adobe-rgb.jpg", quality=90, keep_rgb=True)
picture.convert("L").save("gray.jpg", quality=90)
Image.fromarray(np.concatenate([rgb, black], -1), "CMYK").save("cmyk.jpg", quality=90)
adobe("ycck.jpg", "cmyk.jpg", 2)
adobe("cmyk-without-marker.jpg", "cmyk.jpg", None)
picture.convert("P").save("palette.png")
expected = {n: np.asarray(Image.open(n).convert("RGB")).mean((0, 1)).round(3).tolist()
            for n in ("rgb.jpg", "adobe-rgb.jpg", "gray.jpg", "cmyk.jpg", "ycck.jpg", "cmyk-without-marker.jpg", "palette.png")}
# Of 16 bits and of gray with alpha, which Pillow clips or strips, the mean is known from the numbers; half is over white.
wide = rgb.astype(int) * 257
for name, values, depth, color, mean in (
        ("rgb16.png", wide, 16, 2, rgb), ("gray16.png", gray.astype(int) * 257, 16, 0, gray),
        ("gray-alpha.png", np.concatenate([gray, opaque], -1), 8, 4, gray),
        ("gray-half.png", np.concatenate([gray, half], -1), 8, 4, 255 - (255 - gray.astype(float)) * 128 / 255),
        ("rgba16.png", np.concatenate([wide, opaque.astype(int) * 257], -1), 16, 6, rgb)):
    png(name, values.astype(int), depth, color)
    expected[name] = (np.broadcast_to(mean, (18, 24, 3)).mean((0, 1))).round(3).tolist()
json.dump(expected, open("expected.json", "w"), indent=1)
