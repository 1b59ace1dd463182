# Writing one token after the other, without a graph. Letters: R rows being written, B inputs, G = R / B rows per input,
# H heads, K width of a head, D width, S length of the input, V vocabulary, L blocks of the decoder.
#
# matrices: per block 9 (norm, query+key+value, output | norm, query, output | norm, inner (gate+inner), outer), then
# final norm, head. layouts: how each of the 7 kinds of matrix is stored (see product): query+key+value, self output,
# cross query, cross output, inner, outer, head.

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

def beside(self, matrices: List[Tensor]) -> Tensor:
  # matrices of the same input as one
  return torch.cat(matrices, 0)

def scaled_norm(self, x: Tensor, weight: Tensor, epsilon: Tensor) -> Tensor:
  # rms_norm in half as many operators, for without a graph each costs as much as its arithmetic; epsilon (1, 1)
  length = torch.linalg_vector_norm(x, 2, [-1], True)
  return x * torch.rsqrt(torch.addcmul(epsilon, length, length, value=1 / torch.size(x, -1))) * weight

def attend_one(self, q: Tensor, remembered: Tensor, bias: Tensor) -> Tensor:
  # q (B, H, G, K), remembered keys and values (B, 2, H, S, K), bias (B, H, G, S) but for broadcasting; to (B, H, G, K)
  return torch.scaled_dot_product_attention(q, torch.select(remembered, 1, 0), torch.select(remembered, 1, 1), bias, 0.0, False, scale=1.0)

def write_self(self, x: Tensor, block: int, matrices: List[Tensor], layouts: List[int], caches: List[Tensor], bias: Tensor, position: int, heads: int, epsilon: Tensor) -> Tensor:
  # x (R, D); this position's keys and values go into the block's cache (capacity of rows, 2, H, capacity, K)
  rows = torch.size(x, 0)
  at = block * 9
  h = self.product(self.scaled_norm(x, matrices[at], epsilon), matrices[at + 1], layouts[0])
  qkv = torch.reshape(h, [rows, 3, heads, -1])
  cache = torch.narrow(caches[block], 0, 0, rows)
  a = torch.copy_(torch.select(cache, 3, position), torch.narrow(qkv, 1, 1, 2))
  q = torch.unsqueeze(torch.select(qkv, 1, 0), 2)
  y = self.attend_one(q, torch.narrow(cache, 3, 0, position + 1), bias)
  return x + self.product(torch.reshape(y, [rows, -1]), matrices[at + 2], layouts[1])

def write_cross(self, x: Tensor, block: int, matrices: List[Tensor], layouts: List[int], memories: List[Tensor], mask: Tensor, heads: int, epsilon: Tensor) -> Tensor:
  # memories (capacity of inputs, 2, H, S, K), mask additive (B, H, 1, S): the G rows of an input share its memory
  rows = torch.size(x, 0)
  inputs = torch.size(mask, 0)
  at = block * 9 + 3
  h = self.product(self.scaled_norm(x, matrices[at], epsilon), matrices[at + 1], layouts[2])
  q = torch.transpose(torch.reshape(h, [inputs, -1, heads, torch.size(h, 1) // heads]), 1, 2)
  y = self.attend_one(q, torch.narrow(memories[block], 0, 0, inputs), mask)
  return x + self.product(torch.reshape(torch.transpose(y, 1, 2), [rows, -1]), matrices[at + 2], layouts[3])

def write_feed_forward(self, x: Tensor, block: int, matrices: List[Tensor], layouts: List[int], kind: int, gated: bool, epsilon: Tensor) -> Tensor:
  at = block * 9 + 6
  h = self.product(self.scaled_norm(x, matrices[at], epsilon), matrices[at + 1], layouts[4])
  if gated:
    halves = torch.chunk(h, 2, 1)
    h = self.activation(halves[0], kind) * halves[1]
  else:
    h = self.activation(h, kind)
  return x + self.product(h, matrices[at + 2], layouts[5])

def write_blocks(self, x: Tensor, first: int, last: int, matrices: List[Tensor], layouts: List[int], caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, kind: int, gated: bool, epsilon: float) -> Tensor:
  # the blocks first (inclusive) to last (exclusive): (R, D) to (R, D); mask additive (B, 1, 1, S)
  e = torch.full_like(torch.narrow(torch.narrow(x, 0, 0, 1), 1, 0, 1), epsilon)
  bias = torch.expand(self.position_row(positions, position), [torch.size(x, 0), -1, -1, -1])
  each_head = torch.expand(mask, [-1, heads, -1, -1])
  y = x
  for block in range(first, last):
    y = self.write_self(y, block, matrices, layouts, caches, bias, position, heads, e)
    y = self.write_cross(y, block, matrices, layouts, memories, each_head, heads, e)
    y = self.write_feed_forward(y, block, matrices, layouts, kind, gated, e)
  return y

def position_row(self, positions: Tensor, position: int) -> Tensor:
  # positions (H, capacity) of the distances -(capacity-1) .. 0 to (1, H, 1, position + 1)
  length = position + 1
  row = torch.narrow(positions, 1, torch.size(positions, 1) - length, length)
  return torch.unsqueeze(torch.unsqueeze(row, 1), 0)

def write_logits(self, x: Tensor, matrices: List[Tensor], layouts: List[int], factor: float, epsilon: float) -> Tensor:
  # (R, D) to (R, V)
  last = len(matrices)
  h = self.rms_norm(x, matrices[last - 2], epsilon) * factor
  return self.product(h, matrices[last - 1], layouts[6])

def write(self, ids: Tensor, embedding: Tensor, matrices: List[Tensor], layouts: List[int], caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, kind: int, gated: bool, factor: float, epsilon: float) -> Tensor:
  # a whole step: the last tokens (R) to the scores of the next (R, V)
  x = torch.embedding(embedding, ids)
  y = self.write_blocks(x, 0, len(caches), matrices, layouts, caches, memories, positions, mask, position, heads, kind, gated, epsilon)
  return self.write_logits(y, matrices, layouts, factor, epsilon)

def remember(self, memory: Tensor, matrices: List[Tensor], heads: int) -> List[Tensor]:
  # memory (B, S, D) and keys, values, keys, values ... to keys and values (B, 2, H, S, K) of every block
  result = annotate(List[Tensor], [])
  for block in range(len(matrices) // 2):
    keys = self.split_heads(torch.linear(memory, matrices[block * 2]), heads)
    values = self.split_heads(torch.linear(memory, matrices[block * 2 + 1]), heads)
    a = torch.append(result, torch.stack([keys, values], 1))
  return result

def keep_rows(self, rows: Tensor, arrays: List[Tensor], length: int) -> Tensor:
  # in place, in each array (capacity of rows, 2, H, length or more, K): row i becomes the old row rows[i]
  for array in arrays:
    filled = torch.narrow(array, 3, 0, length)
    chosen = torch.index_select(filled, 0, rows)
    a = torch.copy_(torch.narrow(filled, 0, 0, torch.size(rows, 0)), chosen)
  return rows

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
  return self.chosen(logits, torch.argmax(self.without(logits, banned), 1))

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
  # logits (B * beams, V), sums (B * beams) of log probabilities so far; the best 2 * beams continuations of each input,
  # best first: float64 (3, B, 2 * beams) of sum, beam, token
  k = beams * 2
  if torch.size(logits, 1) < k:
    k = torch.size(logits, 1)
  normalizer = torch.logsumexp(logits, [1], True)
  scores, tokens = torch.topk(self.without(logits, banned), k)
  candidates = torch.reshape(scores - normalizer + torch.unsqueeze(sums, 1), [-1, beams * k])
  best, places = torch.topk(candidates, beams * 2)
  chosen = torch.gather(torch.reshape(tokens, [-1, beams * k]), 1, places)
  beam = torch.floor_divide(places, k)
  return torch.stack([torch.to(best, 7), torch.to(beam, 7), torch.to(chosen, 7)])
