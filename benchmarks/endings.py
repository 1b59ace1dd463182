"""Greedy decoding of a batch whose sentences end at given lengths, with Hugging Face's T5 on random weights, fp32, CPU.

Prints one JSON line, as bench_reference.py does.
"""
import argparse
import json
import statistics
import time

import torch
from transformers import LogitsProcessor, LogitsProcessorList, T5Config, T5ForConditionalGeneration

END = 1


class EndAt(LogitsProcessor):
    """The end token exactly where it is told to come; on random weights it would hardly ever."""

    def __init__(self, lengths):
        self.lengths = torch.tensor(lengths)

    def __call__(self, input_ids, scores):
        written = input_ids.shape[1]
        scores[:, END] = torch.where(self.lengths == written, 1e9, -1e9)
        return scores


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--source", type=int, default=128)
parser.add_argument("--lengths", required=True, help="tokens of each sentence, the end token included, comma-separated")
parser.add_argument("--steps", type=int, default=3)
parser.add_argument("--threads", type=int, default=2)
arguments = parser.parse_args()
torch.manual_seed(0)
torch.set_num_threads(arguments.threads)

lengths = [int(length) for length in arguments.lengths.split(",")]
model = T5ForConditionalGeneration(T5Config(
    vocab_size=32128, d_model=512, d_kv=64, d_ff=2048, num_layers=6, num_heads=8,
    decoder_start_token_id=0, pad_token_id=0, eos_token_id=END)).eval()
ids = torch.randint(3, 32000, (len(lengths), arguments.source))
times = []
with torch.no_grad():
    for i in range(arguments.steps + 1):
        start = time.perf_counter()
        found = model.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=max(lengths),
            logits_processor=LogitsProcessorList([EndAt(lengths)]))
        if i:
            times.append(time.perf_counter() - start)
ends = [(row == END).nonzero()[0].item() for row in found]
assert ends == lengths, (ends, lengths)
print(json.dumps({"seconds": round(statistics.median(times), 4), "min": round(min(times), 4), "tokens": sum(lengths)}))
