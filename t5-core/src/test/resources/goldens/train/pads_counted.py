"""Makes adamw_hf_pads_counted: fifty steps as Multimodal-CoT's Trainer takes them (transformers 4.30).

Its labels are padded with 0 to the longest output and count there, decoder inputs are the shifted labels,
and the optimizer is transformers' own AdamW. That class is gone from newer versions, so it is taken from the
wheel of 4.30.0 (pip download --no-deps transformers==4.30.0); the model may come from any version.

    python pads_counted.py transformers-4.30.0-py3-none-any.whl
"""
import ast, json, math, sys, zipfile
import torch
from safetensors.torch import load_file, save_file
from torch.optim import Optimizer
from transformers import T5Config, T5ForConditionalGeneration, get_linear_schedule_with_warmup

LENGTH = 20  # the longest target of any batch is shorter
RATE, DECAY = 0.002, 0.01

torch.set_num_threads(1)
source = zipfile.ZipFile(sys.argv[1]).read("transformers/optimization.py").decode()
body = [node for node in ast.parse(source).body if getattr(node, "name", "") == "AdamW"]
scope = dict(torch=torch, nn=torch.nn, math=math, Optimizer=Optimizer, require_version=lambda _: None)
exec("from typing import Callable, Iterable, Tuple", scope)
exec(compile(ast.Module(body, []), "optimization.py", "exec"), scope)

config = T5Config.from_json_file("config.json")
model = T5ForConditionalGeneration(config)
missing, unexpected = model.load_state_dict(load_file("initial.safetensors"), strict=False)
assert not unexpected and all("embed_tokens" in name or name == "lm_head.weight" for name in missing), missing
model.tie_weights()
model.train()  # dropout is 0

decaying = [n for n, p in model.named_parameters() if "bias" not in n and "layer_norm" not in n]
groups = [
    {"params": [p for n, p in model.named_parameters() if n in decaying], "weight_decay": DECAY},
    {"params": [p for n, p in model.named_parameters() if n not in decaying], "weight_decay": 0.0},
]
optimizer = scope["AdamW"](groups, lr=RATE, betas=(0.9, 0.999), eps=1e-8, no_deprecation_warning=True)

batches = load_file("batches.safetensors")
steps, rows, longest = batches["labels"].shape
assert longest < LENGTH
schedule = get_linear_schedule_with_warmup(optimizer, 0, steps)
losses, norms, rates = [], [], []
for i in range(steps):
    labels = torch.zeros(rows, LENGTH, dtype=torch.long)
    labels[:, :longest] = batches["labels"][i].clamp_min(0)
    loss = model(input_ids=batches["input_ids"][i], attention_mask=batches["attention_mask"][i], labels=labels).loss
    loss.backward()
    norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
    optimizer.step()
    schedule.step()
    model.zero_grad()
    losses.append(loss.item())
    rates.append(schedule.get_last_lr()[0])

json.dump({
    "arguments": {"learning_rate": RATE, "weight_decay": DECAY, "lr_scheduler_type": "linear", "optim": "adamw_hf",
                  "label_length": LENGTH},
    "optimizer": {"betas": [0.9, 0.999], "eps": 1e-08},
    "losses": losses, "gradient_norms_before_clipping": norms, "learning_rate_after_step": rates,
    "parameters_with_decay": decaying,
}, open("adamw_hf_pads_counted.json", "w"), indent=1)
names = load_file("initial.safetensors").keys()
save_file({n: model.state_dict()[n].contiguous() for n in names}, "adamw_hf_pads_counted.final.safetensors")
