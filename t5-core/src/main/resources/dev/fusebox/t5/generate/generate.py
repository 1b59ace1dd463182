# Writing one token after the other, without a graph. Letters: R rows being written, B inputs, G = R / B rows per input,
# H heads, K width of a head, D width, S length of the input, V vocabulary, L blocks of the decoder.
#
# matrices: per block 6 (query+key+value, output | query, output | inner (gate+inner), outer). What reads a norm has the
# norm's weights in it (see beside). layouts: how each of the 6 kinds of matrix is stored (see product).

def product(self, x: Tensor, w: Tensor, layout: int) -> Tensor:
  # x (R, in) times a matrix (out, in), stored 0 as it is, 1 transposed, 2 packed, 3 in bfloat16
  if layout == 0:
    y = torch.linear(x, w)
  elif layout == 1:
    y = torch.matmul(x, w)
  elif layout == 2:
    y = self.packed_product(x, w)
  else:
    y = torch.to(torch.linear(torch.to(x, 15), w), 6)
  return y

def product_onto(self, x: Tensor, h: Tensor, w: Tensor, layout: int) -> Tensor:
  # the residual x plus product(h, w)
  if layout == 0:
    y = torch.addmm(x, h, torch.t(w))
  elif layout == 1:
    y = torch.addmm(x, h, w)
  else:
    y = x + self.product(h, w, layout)
  return y

def stored(self, w: Tensor, layout: int, rows: int) -> Tensor:
  # a matrix (out, in) in the layout that product wants
  if layout == 1:
    y = torch.contiguous(torch.t(w))
  elif layout == 2:
    y = self.pack(w, rows)
  elif layout == 3:
    y = torch.to(w, 15)
  else:
    y = w
  return y

def beside(self, matrices: List[Tensor], norms: List[Tensor], factor: float) -> Tensor:
  # matrices (out, in) of the same input as one; if that input is a norm's output: unit takes the norm's place
  y = matrices[0]
  if len(matrices) > 1:
    y = torch.cat(matrices, 0)
  if len(norms) > 0:
    y = y * (norms[0] * (torch.sqrt(torch.size(y, 1)) * factor))
  return y

def unit(self, x: Tensor, least: Tensor) -> Tensor:
  # rms_norm(x) = unit(x) * weight * sqrt(D): three operators, for without a graph each costs as much as its arithmetic
  return x / torch.hypot(torch.linalg_vector_norm(x, 2, [-1], True), least)

def least_length(self, x: Tensor, epsilon: float) -> Tensor:
  # (1, 1): what unit needs of a norm's epsilon
  return torch.full_like(torch.narrow(torch.narrow(x, 0, 0, 1), 1, 0, 1), torch.sqrt(torch.size(x, -1) * epsilon))

def attend_one(self, q: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
  # q (B, H, G, K), keys and values (B, H, S, K), bias (B * H, 1, S); to (B, H, G, K)
  scores = torch.baddbmm(bias, torch.flatten(q, 0, 1), torch.transpose(torch.flatten(keys, 0, 1), 1, 2))
  return torch.reshape(torch.bmm(torch.softmax(scores, -1), torch.flatten(values, 0, 1)), torch.size(q))

def write_self(self, x: Tensor, block: int, matrices: List[Tensor], layouts: List[int], caches: List[Tensor], bias: Tensor, position: int, heads: int, least: Tensor) -> Tensor:
  # x (R, D); this position's keys and values go into the block's cache (2, capacity of rows, H, capacity, K)
  rows = torch.size(x, 0)
  h = self.product(self.unit(x, least), matrices[block * 6], layouts[0])
  qkv = torch.transpose(torch.reshape(h, [rows, 3, heads, -1]), 0, 1)
  cache = torch.narrow(caches[block], 1, 0, rows)
  a = torch.copy_(torch.select(cache, 3, position), torch.narrow(qkv, 0, 1, 2))
  keys, values = torch.unbind(torch.narrow(cache, 3, 0, position + 1))
  y = self.attend_one(torch.unsqueeze(torch.select(qkv, 0, 0), 2), keys, values, bias)
  return self.product_onto(x, torch.reshape(y, [rows, -1]), matrices[block * 6 + 1], layouts[1])

def write_cross(self, x: Tensor, block: int, matrices: List[Tensor], layouts: List[int], memories: List[Tensor], mask: Tensor, inputs: int, heads: int, least: Tensor) -> Tensor:
  # memories (2, capacity of inputs, H, S, K), mask additive (B * H, 1, S): the G rows of an input share its memory
  rows = torch.size(x, 0)
  h = self.product(self.unit(x, least), matrices[block * 6 + 2], layouts[2])
  q = torch.transpose(torch.reshape(h, [inputs, -1, heads, torch.size(h, 1) // heads]), 1, 2)
  keys, values = torch.unbind(torch.narrow(memories[block], 1, 0, inputs))
  y = self.attend_one(q, keys, values, mask)
  return self.product_onto(x, torch.reshape(torch.transpose(y, 1, 2), [rows, -1]), matrices[block * 6 + 3], layouts[3])

def write_feed_forward(self, x: Tensor, block: int, matrices: List[Tensor], layouts: List[int], kind: int, gated: bool, least: Tensor) -> Tensor:
  h = self.product(self.unit(x, least), matrices[block * 6 + 4], layouts[4])
  if gated:
    halves = torch.chunk(h, 2, 1)
    h = self.activation(halves[0], kind) * halves[1]
  else:
    h = self.activation(h, kind)
  return self.product_onto(x, h, matrices[block * 6 + 5], layouts[5])

def write_blocks(self, x: Tensor, first: int, last: int, matrices: List[Tensor], layouts: List[int], caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, kind: int, gated: bool, epsilon: float) -> Tensor:
  # the blocks first (inclusive) to last (exclusive): (R, D) to (R, D); mask additive (B, 1, 1, S)
  bias = self.for_each_head(self.position_row(positions, position), torch.size(x, 0), heads)
  inputs = torch.size(mask, 0)
  masks = self.for_each_head(mask, inputs, heads)
  least = self.least_length(x, epsilon)
  y = x
  for block in range(first, last):
    y = self.write_self(y, block, matrices, layouts, caches, bias, position, heads, least)
    y = self.write_cross(y, block, matrices, layouts, memories, masks, inputs, heads, least)
    y = self.write_feed_forward(y, block, matrices, layouts, kind, gated, least)
  return y

def for_each_head(self, x: Tensor, rows: int, heads: int) -> Tensor:
  # (R or 1, H or 1, 1, S) to (R * H, 1, S)
  return torch.flatten(torch.expand(x, [rows, heads, -1, -1]), 0, 1)

def position_row(self, positions: Tensor, position: int) -> Tensor:
  # positions (H, capacity) of the distances -(capacity-1) .. 0 to (1, H, 1, position + 1)
  length = position + 1
  row = torch.narrow(positions, 1, torch.size(positions, 1) - length, length)
  return torch.unsqueeze(torch.unsqueeze(row, 1), 0)

def write_tokens(self, ids: Tensor, embedding: Tensor, matrices: List[Tensor], layouts: List[int], caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, kind: int, gated: bool, epsilon: float) -> Tensor:
  # the last tokens (R) through all blocks: (R, D)
  x = torch.embedding(embedding, ids)
  return self.write_blocks(x, 0, len(caches), matrices, layouts, caches, memories, positions, mask, position, heads, kind, gated, epsilon)

def write_logits(self, x: Tensor, head: Tensor, layout: int, epsilon: float) -> Tensor:
  # (R, D) to the scores of what comes next (R, V); the head has the last norm's weights in it
  return self.product(self.unit(x, self.least_length(x, epsilon)), head, layout)

def remember(self, memory: Tensor, matrices: List[Tensor], heads: int) -> List[Tensor]:
  # memory (B, S, D) and keys, values, keys, values ... to keys and values (2, B, H, S, K) of every block
  result = annotate(List[Tensor], [])
  for block in range(len(matrices) // 2):
    keys = self.split_heads(torch.linear(memory, matrices[block * 2]), heads)
    values = self.split_heads(torch.linear(memory, matrices[block * 2 + 1]), heads)
    a = torch.append(result, torch.stack([keys, values]))
  return result

def keep_rows(self, rows: Tensor, arrays: List[Tensor], length: int) -> Tensor:
  # in place, in each array (2, capacity of rows, H, length or more, K): row i becomes the old row rows[i]
  for array in arrays:
    filled = torch.narrow(array, 3, 0, length)
    chosen = torch.index_select(filled, 1, rows)
    a = torch.copy_(torch.narrow(filled, 1, 0, torch.size(rows, 0)), chosen)
  return rows

def rows_into(self, rows: Tensor, array: Tensor, other: Tensor, length: int) -> Tensor:
  # row i of other becomes row rows[i] of array, both (2, capacity of rows, H, length or more, K)
  into = torch.narrow(torch.narrow(other, 3, 0, length), 1, 0, torch.size(rows, 0))
  return torch.index_select(torch.narrow(array, 3, 0, length), 1, rows, out=into)

def without(self, logits: Tensor, banned: Tensor) -> Tensor:
  # banned: places in the flattened logits
  y = logits
  if torch.numel(banned) > 0:
    flat = torch.index_fill(torch.reshape(logits, [-1]), 0, banned, -inf)
    y = torch.reshape(flat, torch.size(logits))
  return y

def chosen(self, logits: Tensor, tokens: Tensor) -> Tensor:
  # tokens (R) and the log of their probability among all: float64 (2, R)
  picked = torch.squeeze(torch.gather(logits, 1, torch.unsqueeze(tokens, 1)), 1)
  return torch.stack([torch.to(tokens, 7), torch.to(picked - torch.logsumexp(logits, [1]), 7)])

def choose_best(self, logits: Tensor, banned: Tensor) -> Tensor:
  # the likeliest tokens (R)
  return torch.argmax(self.without(logits, banned), 1)

def choose_random(self, logits: Tensor, banned: Tensor, draws: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
  # draws (R) in [0, 1); top_k 0 and top_p 1 cut nothing off
  k = torch.size(logits, 1)
  if top_k > 0 and top_k < k:
    k = top_k
  scores, tokens = torch.topk(self.without(logits, banned) / temperature, k)
  p = torch.softmax(torch.to(scores, 7), -1)
  sums = torch.cumsum(p, -1)
  p = torch.where(sums - p < top_p, p, torch.zeros_like(p))
  sums = torch.cumsum(p, -1)
  total = torch.slice(sums, 1, -1)
  below = torch.sum(torch.to(sums <= torch.unsqueeze(torch.to(draws, 7), 1) * total, 4), [1], True)
  last = torch.sum(torch.to(p > 0, 4), [1], True) - 1
  place = torch.minimum(below, last)
  return self.chosen(logits, torch.squeeze(torch.gather(tokens, 1, place), 1))

def choose_beams(self, logits: Tensor, banned: Tensor, sums: Tensor, beams: int) -> Tensor:
  # logits (B * beams, V), which may change; sums (B * beams) of log probabilities so far; the best 2 * beams continuations
  # of each input, best first: float64 (3, B, 2 * beams) of sum, beam, token
  k = beams * 2
  if torch.size(logits, 1) < k:
    k = torch.size(logits, 1)
  normalizer = torch.logsumexp(logits, [1], True)
  # flat is the same memory or, where a fusion's scores lie apart, a copy
  flat = torch.index_fill_(torch.reshape(logits, [-1]), 0, banned, -inf)
  scores, tokens = torch.topk(torch.reshape(flat, torch.size(logits)), k)
  candidates = torch.reshape(scores - normalizer + torch.unsqueeze(sums, 1), [-1, beams * k])
  best, places = torch.topk(candidates, beams * 2)
  chosen = torch.gather(torch.reshape(tokens, [-1, beams * k]), 1, places)
  beam = torch.floor_divide(places, k)
  return torch.stack([torch.to(best, 7), torch.to(beam, 7), torch.to(chosen, 7)])
