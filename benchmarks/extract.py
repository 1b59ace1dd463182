"""Pictures to a feature file with Pillow, NumPy and torch: what fusebox extract does, as a script in Python would.

A DataLoader without workers, as such scripts have it, or with one, which decodes while the network computes. Prints one
JSON line, as bench_reference.py does; seconds are those of all pictures, without the start of Python.
"""
import argparse
import json
import resource
import time

import numpy
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--list", required=True, help="a file with one path per line")
parser.add_argument("--backbone", required=True, help="a TorchScript file")
parser.add_argument("--out", required=True)
parser.add_argument("--size", type=int, default=224)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--workers", type=int, default=0)
parser.add_argument("--threads", type=int, default=2)
arguments = parser.parse_args()
torch.set_num_threads(arguments.threads)


class Pictures(Dataset):
    def __init__(self, paths):
        self.paths = paths

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        picture = Image.open(self.paths[index]).convert("RGB")
        picture = picture.resize((arguments.size, arguments.size), Image.Resampling.BICUBIC)
        return torch.from_numpy((numpy.asarray(picture, numpy.float32) - 127) / 128).permute(2, 0, 1)


with open(arguments.list, encoding="utf-8") as lines:
    paths = lines.read().split("\n")[:-1]
network = torch.jit.load(arguments.backbone).eval()
start = time.perf_counter()
rows = []
with torch.inference_mode():
    for pixels in DataLoader(Pictures(paths), batch_size=arguments.batch, num_workers=arguments.workers):
        rows.append(network(pixels).numpy())
numpy.save(arguments.out, numpy.concatenate(rows))
print(json.dumps({
    "seconds": round(time.perf_counter() - start, 4),
    "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "pictures": len(paths)}))
