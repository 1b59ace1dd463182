# Writing one token after the other, without a graph; the face is GenerateScript. Letters: R rows being written, B inputs,
# G = R / B rows per input, H heads, K width of a head, D width, S length of the input, V vocabulary, L blocks of the decoder.
#
# Each kind of matrix comes Stored, one per block (see products.py). Query, key and value of self-attention are one product, so
# are gate and inner.

def attend_one(self, q: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
  # q (B, H, G, K), keys and values (B, H, S, K), bias (B * H, 1, S); to (B, H, G, K)
  scores = torch.baddbmm(bias, torch.flatten(q, 0, 1), torch.transpose(torch.flatten(keys, 0, 1), 1, 2))
  return torch.reshape(torch.bmm(torch.softmax(scores, -1), torch.flatten(values, 0, 1)), torch.size(q))

def write_self(self, x: Tensor, block: int, input: Stored, output: Stored, cache: Tensor, bias: Tensor, position: int, heads: int, least: Tensor) -> Tensor:
  # x (R, D); input: query, key and value; this position's keys and values go into cache (2, capacity of rows, H, capacity, K)
  rows = torch.size(x, 0)
  h = self.product(self.unit(x, least), input, block)
  qkv = torch.transpose(torch.reshape(h, [rows, 3, heads, -1]), 0, 1)
  filled = torch.narrow(cache, 1, 0, rows)
  a = torch.copy_(torch.select(filled, 3, position), torch.narrow(qkv, 0, 1, 2))
  keys, values = torch.unbind(torch.narrow(filled, 3, 0, position + 1))
  y = self.attend_one(torch.unsqueeze(torch.select(qkv, 0, 0), 2), keys, values, bias)
  return self.product_onto(x, torch.reshape(y, [rows, -1]), output, block)

def write_cross(self, x: Tensor, block: int, query: Stored, output: Stored, memory: Tensor, mask: Tensor, inputs: int, heads: int, least: Tensor) -> Tensor:
  # memory (2, capacity of inputs, H, S, K), mask additive (B * H, 1, S): the G rows of an input share its memory
  rows = torch.size(x, 0)
  h = self.product(self.unit(x, least), query, block)
  q = torch.transpose(torch.reshape(h, [inputs, -1, heads, torch.size(h, 1) // heads]), 1, 2)
  keys, values = torch.unbind(torch.narrow(memory, 1, 0, inputs))
  y = self.attend_one(q, keys, values, mask)
  return self.product_onto(x, torch.reshape(torch.transpose(y, 1, 2), [rows, -1]), output, block)

def write_feed_forward(self, x: Tensor, block: int, inner: Stored, outer: Stored, activation: int, gated: bool, least: Tensor) -> Tensor:
  h = self.product(self.unit(x, least), inner, block)
  if gated:
    halves = torch.chunk(h, 2, 1)
    h = self.activation(halves[0], activation) * halves[1]
  else:
    h = self.activation(h, activation)
  return self.product_onto(x, h, outer, block)

def write_blocks(self, x: Tensor, first: int, last: int, self_input: Stored, self_output: Stored, cross_query: Stored, cross_output: Stored, inner: Stored, outer: Stored, caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, activation: int, gated: bool, epsilon: float) -> Tensor:
  # the blocks first (inclusive) to last (exclusive): (R, D) to (R, D); mask additive (B, 1, 1, S)
  bias = self.for_each_head(self.position_row(positions, position), torch.size(x, 0), heads)
  inputs = torch.size(mask, 0)
  masks = self.for_each_head(mask, inputs, heads)
  least = self.least_length(x, epsilon)
  y = x
  for block in range(first, last):
    y = self.write_self(y, block, self_input, self_output, caches[block], bias, position, heads, least)
    y = self.write_cross(y, block, cross_query, cross_output, memories[block], masks, inputs, heads, least)
    y = self.write_feed_forward(y, block, inner, outer, activation, gated, least)
  return y

def for_each_head(self, x: Tensor, rows: int, heads: int) -> Tensor:
  # (R or 1, H or 1, 1, S) to (R * H, 1, S)
  return torch.flatten(torch.expand(x, [rows, heads, -1, -1]), 0, 1)

def position_row(self, positions: Tensor, position: int) -> Tensor:
  # positions (H, capacity) of the distances -(capacity-1) .. 0 to (1, H, 1, position + 1)
  length = position + 1
  row = torch.narrow(positions, 1, torch.size(positions, 1) - length, length)
  return torch.unsqueeze(torch.unsqueeze(row, 1), 0)

def write_block(self, x: Tensor, block: int, self_input: Stored, self_output: Stored, cross_query: Stored, cross_output: Stored, inner: Stored, outer: Stored, caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, activation: int, gated: bool, epsilon: float) -> Tensor:
  # one block: (R, D) to (R, D)
  return self.write_blocks(x, block, block + 1, self_input, self_output, cross_query, cross_output, inner, outer, caches, memories, positions, mask, position, heads, activation, gated, epsilon)

def write_tokens(self, ids: Tensor, embedding: Tensor, self_input: Stored, self_output: Stored, cross_query: Stored, cross_output: Stored, inner: Stored, outer: Stored, caches: List[Tensor], memories: List[Tensor], positions: Tensor, mask: Tensor, position: int, heads: int, activation: int, gated: bool, epsilon: float) -> Tensor:
  # the last tokens (R) through all blocks: (R, D)
  x = self.embedding(ids, embedding)
  return self.write_blocks(x, 0, len(caches), self_input, self_output, cross_query, cross_output, inner, outer, caches, memories, positions, mask, position, heads, activation, gated, epsilon)

def remember(self, memory: Tensor, keys: List[Tensor], values: List[Tensor], heads: int) -> List[Tensor]:
  # memory (B, S, D) through the matrices of each block to keys and values (2, B, H, S, K)
  result = annotate(List[Tensor], [])
  for block in range(len(keys)):
    k = self.split_heads(torch.linear(memory, keys[block]), heads)
    v = self.split_heads(torch.linear(memory, values[block]), heads)
    a = torch.append(result, torch.stack([k, v]))
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

def chosen(self, logits: Tensor, tokens: Tensor) -> Tensor:
  # tokens (R) and the log of their probability among all: float64 (2, R)
  picked = torch.squeeze(torch.gather(logits, 1, torch.unsqueeze(tokens, 1)), 1)
  return torch.stack([torch.to(tokens, 7), torch.to(picked - torch.logsumexp(logits, [1]), 7)])

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
