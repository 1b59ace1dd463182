"""Writes the small networks beside this file. Needs torch; the ONNX files need onnx.

Each takes the mean of squares of two by two pixels, so (B, 3, Y, X) becomes a map (B, 3, Y / 2, X / 2).
"""

from pathlib import Path

import torch

HERE = Path(__file__).parent


class Map(torch.nn.Module):
    def forward(self, pixels):
        return torch.nn.functional.avg_pool2d(pixels, 2)


class Sequence(Map):
    def forward(self, pixels):
        return torch.nn.functional.avg_pool2d(pixels, 2).flatten(2).transpose(1, 2)


class Flat(Map):
    def forward(self, pixels):
        return pixels.flatten(1)


class Pair(Map):
    def forward(self, pixels):
        return pixels, pixels


class Two(Map):
    def forward(self, pixels):
        found = torch.nn.functional.avg_pool2d(pixels, 2)
        return found, -found


EXAMPLE = torch.zeros(2, 3, 4, 6)
for name, network in [("map", Map()), ("sequence", Sequence()), ("flat", Flat()), ("pair", Pair())]:
    torch.jit.trace(network, EXAMPLE).save(str(HERE / f"{name}.pt"))
for name, network, outputs in [
    ("map", Map(), ["features"]),
    ("sequence", Sequence(), ["features"]),
    ("flat", Flat(), ["features"]),
    ("two", Two(), ["first", "second"]),
]:
    torch.onnx.export(
        network,
        EXAMPLE,
        str(HERE / f"{name}.onnx"),
        input_names=["pixels"],
        output_names=outputs,
        dynamic_axes={"pixels": {0: "batch"}},
        dynamo=False,
    )
