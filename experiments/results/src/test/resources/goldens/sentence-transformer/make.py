"""Makes the reference outputs beside this file: python make.py [FOLDER], with torch, tokenizers and transformers."""

import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

HERE = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
WORDS = (
    "the a of and is are not to in on it that this sun star planet force pushes pulls ball magnet north south rock water ice melt heat "
    "cold warm plant leaf root animal fish bird bone light sound wave energy mass weight because so if then more less answer red green "
    "blue square circle left right above below ##s ##ed ##ing ##er ##est ##ly ##un ##able"
).split()
TEXTS = [
    "The sun is a star.",
    "The star is the sun, and it warms the planet.",
    "A magnet pushes and pulls.",
    "Ice melts in heat; water is not ice.",
    "so",
    "",
    "  The   SUN\tis a stár. ",
    "unknowable words: qwerty",
    "The ball is red, the square is blue, and the circle above the square is green. " * 4,
]
MAX_TOKENS = 32


def tokenizer():
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".,;:", *letters, *["##" + c for c in letters], *WORDS]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
    fast = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    fast.normalizer = normalizers.BertNormalizer(lowercase=True)
    fast.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    fast.decoder = decoders.WordPiece()
    fast.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    # As in all-MiniLM-L6-v2: the file itself asks for a cut and for padding, at a length that is not the model's.
    fast.enable_truncation(max_length=16)
    fast.enable_padding(length=16)
    return fast, len(vocabulary)


def weights(vocabulary, activation, seed):
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=vocabulary, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
        max_position_embeddings=40, hidden_act=activation, initializer_range=0.3)
    model = BertModel(config).eval()
    for name, parameter in model.named_parameters():  # biases and norms that would show if they were left out
        if parameter.dim() == 1:
            parameter.data.add_(0.3 * torch.randn_like(parameter))
    return model


def embed(model, fast, normalize):
    """As sentence-transformers does it: mean of the last states over the mask, then perhaps to length 1."""
    wrapped = PreTrainedTokenizerFast(tokenizer_object=fast, pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]")
    batch = wrapped(TEXTS, padding=True, truncation="longest_first", max_length=MAX_TOKENS, return_tensors="pt")
    with torch.no_grad():
        states = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
    mask = batch["attention_mask"].unsqueeze(-1).to(states.dtype)
    mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
    return torch.nn.functional.normalize(mean, dim=1) if normalize else mean


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n")


def case(folder, inner, activation, seed, normalize, safe):
    fast, vocabulary = tokenizer()
    model = weights(vocabulary, activation, seed)
    home = folder / inner
    model.save_pretrained(home, safe_serialization=safe)
    if not safe:  # as published: buffers and what pools for classification are in the file too
        state = model.state_dict() | {"embeddings.position_ids": torch.arange(40).unsqueeze(0)}
        torch.save(state, home / "pytorch_model.bin")
    fast.save(str(home / "tokenizer.json"))
    write(home, "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    modules = [("Transformer", inner), ("Pooling", "1_Pooling")] + ([("Normalize", "2_Normalize")] if normalize else [])
    write(folder, "modules.json", [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"} for i, (kind, path) in enumerate(modules)])
    write(folder / "1_Pooling", "config.json", {
        "word_embedding_dimension": 24, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True,
        "pooling_mode_max_tokens": False, "pooling_mode_mean_sqrt_len_tokens": False})
    vectors = embed(model, fast, normalize)
    pairs = [(i, j) for i in range(len(TEXTS)) for j in range(i)]
    cosines = torch.nn.functional.cosine_similarity(
        vectors[[i for i, _ in pairs]].double(), vectors[[j for _, j in pairs]].double())
    write(folder, "expected.json", {
        "texts": TEXTS,
        "embeddings": [[float(number) for number in row] for row in vectors],
        "similarities": [{"first": i, "second": j, "cosine": cosine} for (i, j), cosine in zip(pairs, cosines.tolist())]})


if __name__ == "__main__":
    torch.set_num_threads(1)
    case(HERE / "flat", "", "gelu", 1, True, True)
    case(HERE / "nested", "0_Transformer", "gelu_new", 2, False, False)
