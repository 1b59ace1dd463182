# Tensor functions that every module may use, as TorchScript. Letters: B batch, T queries, S keys, H heads, D width.
# compute: the dtype of matrix products, 6 = float32, 15 = bfloat16. What goes in and out is always float32.

def rms_norm(self, x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
  return torch.rms_norm(x, [torch.size(x, -1)], weight, epsilon)

def layer_norm(self, x: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
  return torch.layer_norm(x, [torch.size(x, -1)], weight, bias, epsilon)

def linear(self, x: Tensor, weight: Tensor, compute: int) -> Tensor:
  if compute == 6:
    y = torch.linear(x, weight)
  else:
    y = torch.to(torch.linear(torch.to(x, compute), torch.to(weight, compute)), 6)
  return y

def linear_bias(self, x: Tensor, weight: Tensor, bias: Tensor, compute: int) -> Tensor:
  if compute == 6:
    y = torch.linear(x, weight, bias)
  else:
    y = torch.to(torch.linear(torch.to(x, compute), torch.to(weight, compute), torch.to(bias, compute)), 6)
  return y

def split_heads(self, x: Tensor, heads: int) -> Tensor:
  # (B, T, H*K) to (B, H, T, K)
  return torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), heads, -1]), 1, 2)

def merge_heads(self, x: Tensor) -> Tensor:
  # (B, H, T, K) to (B, T, H*K)
  return torch.flatten(torch.transpose(x, 1, 2), 2, 3)

def additive_mask(self, mask: Tensor) -> Tensor:
  # How often a key counts, 0 = hidden: (B, S) or (B, T, S) to (B, 1, 1 or T, S). The logarithm, because n equal keys
  # weigh exp(score) * n = exp(score + log(n)); the lowest number that is finite in bf16 too rather than -inf, so that a
  # row in which everything is hidden stays finite.
  m = torch.unsqueeze(mask, 1)
  if torch.dim(m) == 3:
    m = torch.unsqueeze(m, 1)
  return torch.clamp(torch.log(m), -3.3895313892515355e+38)

def anything_visible(self, mask: Tensor) -> Tensor:
  # (B, S) or (B, T, S) to (B, 1 or T, 1): 1 where a query has at least one key, else 0
  m = mask
  if torch.dim(m) == 2:
    m = torch.unsqueeze(m, 1)
  return torch.clamp(torch.amax(m, [-1], True), None, 1)

def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, scale: float, dropout: float) -> Tensor:
  # q (B, H, T, K), k and v (B, H, S, K), bias broadcast to (B, H, T, S); the caller's dtype
  if dropout > 0:
    y = self.attend_with_dropout(q, k, v, torch.type_as(bias, q), scale, dropout)
  else:
    y = torch.scaled_dot_product_attention(q, k, v, torch.type_as(bias, q), 0.0, False, scale=scale)
  return y

def attend_with_dropout(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, scale: float, dropout: float) -> Tensor:
  # What is kept counts more; the factor is cheaper on v than on the weights.
  s = q
  if scale != 1:
    s = q * scale
  weights = torch.softmax(torch.matmul(s, torch.transpose(k, 2, 3)) + bias, -1)
  return torch.matmul(self.dropped(weights, dropout), v * (1 / (1 - dropout)))

def attention(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor, heads: int, scale: float, dropout: float, compute: int) -> Tensor:
  # query (B, T, D), key and value (B, S, D) to (B, T, D); a query that sees nothing gets zeros
  q = self.split_heads(torch.to(query, compute), heads)
  k = self.split_heads(torch.to(key, compute), heads)
  v = self.split_heads(torch.to(value, compute), heads)
  y = self.attend(q, k, v, self.additive_mask(mask), scale, dropout)
  return torch.to(self.merge_heads(y), 6) * self.anything_visible(mask)

def attention_weights(self, query: Tensor, key: Tensor, mask: Tensor, heads: int, scale: float) -> Tensor:
  # (B, H, T, S)
  q = self.split_heads(query, heads)
  k = self.split_heads(key, heads)
  scores = torch.matmul(q * scale, torch.transpose(k, 2, 3)) + self.additive_mask(mask)
  return torch.softmax(scores, -1) * torch.unsqueeze(self.anything_visible(mask), 1)

def activation(self, x: Tensor, kind: int) -> Tensor:
  if kind == 0:
    y = torch.relu(x)
  elif kind == 1:
    y = torch.gelu(x, approximate="tanh")
  elif kind == 2:
    y = torch.gelu(x)
  elif kind == 3:
    y = torch.silu(x)
  else:
    y = torch.square(torch.relu(x))
  return y

def dropout(self, x: Tensor, rate: float) -> Tensor:
  y = x
  if rate > 0:
    y = self.dropped(x, rate) * (1 / (1 - rate))
  return y

def dropped(self, x: Tensor, rate: float) -> Tensor:
  # dropout without the factor on what is kept
  if ops.prim.is_cuda(x):
    y = torch.dropout(x, rate, True) * (1 - rate)
  else:
    y = torch.view(torch.index_fill(torch.reshape(x, [-1]), 0, self.dropped_places(x, rate), 0.0), torch.size(x))
  return y

def relu_dropped(self, x: Tensor, rate: float) -> Tensor:
  # relu in place, then dropout without its factor. The zeros are written where autograd does not look: the backward pass
  # of relu asks its result, and takes nothing from where that is zero. So there is neither a mask nor a pass over it.
  y = torch.relu_(x)
  if ops.prim.is_cuda(x):
    y = self.dropped(y, rate)
  else:
    # a view, which fails where a copy would swallow the zeros
    torch.index_fill_(torch.view(ops.prim.data(y), [-1]), 0, self.dropped_places(y, rate), 0.0)
  return y

def dropped_places(self, x: Tensor, rate: float) -> Tensor:
  # Where x, seen as one row, is dropped: each place with probability rate, whatever the others. From one such place to the
  # next it is a geometrically distributed way, floor(log(u) / log(1 - rate)) + 1 for u uniform in (0, 1). libtorch's own
  # dropout draws a number for every place on the CPU, which costs as much as half of all matrix products of a training step.
  count = torch.numel(x)
  expected = count * rate
  # eight standard deviations more than expected: beyond the last place always
  draws = int(expected + 8 * torch.sqrt(expected) + 16)
  u = torch.clamp_(torch.rand([draws], dtype=6, device=ops.prim.device(x)), 2.9802322387695312e-08)
  ways = torch.rsub(torch.log_(u), 1, -1 / torch.log1p(-rate))
  places = torch.sub_(torch.cumsum(ways, 0, dtype=4), 1)
  return places[:int(torch.searchsorted(places, count))]

def embedding(self, ids: Tensor, weight: Tensor) -> Tensor:
  # weight may be bfloat16
  return torch.to(torch.embedding(weight, ids), 6)

def token_embedding(self, ids: Tensor, weight: Tensor) -> Tensor:
  # its gradient is sparse: the rows that were read rather than an array of the weight's size, which pull_back adds in place
  # to what is known
  return torch.to(torch.embedding(weight, ids, -1, False, True), 6)

def brain_floats(self, like: Tensor, shape: List[int]) -> Tensor:
  # room for bfloat16 numbers where like is
  return torch.empty(shape, dtype=15, device=ops.prim.device(like))

def copy_into(self, into: Tensor, x: Tensor) -> Tensor:
  return torch.copy_(into, x)

def floats(self, x: Tensor) -> Tensor:
  # x as float32
  return torch.to(self.numbers(x), 6)

def numbers(self, x: Tensor) -> Tensor:
  # a matrix in bytes as float32, anything else as it is
  y = x
  if ops.prim.dtype(x) == 1:
    y = self.of_row_bytes(x)
  return y

def row_bytes(self, x: Tensor) -> Tensor:
  # (N, K) as int8 (N, K + 4): whole multiples of the row's largest number / 127, and behind them the four bytes of that
  # unit. A row of zeros has the smallest unit, so that nothing is divided by zero.
  unit = torch.clamp(torch.amax(torch.abs(x), [-1], True) / 127, 1.1754943508222875e-38)
  steps = torch.to(torch.round(x / unit), 1)
  return torch.cat([steps, torch.view_copy(unit, 1)], -1)

def of_row_bytes(self, x: Tensor) -> Tensor:
  # (N, K) in float32
  last = torch.size(x, -1) - 4
  unit = torch.view_copy(torch.contiguous(torch.slice(x, -1, last)), 6)
  return torch.to(torch.slice(x, -1, 0, last), 6) * unit

def scale(self, x: Tensor, factor: float) -> Tensor:
  return x * factor

def select_rows(self, x: Tensor, rows: Tensor) -> Tensor:
  return torch.index_select(x, 0, rows)

def clone(self, x: Tensor) -> Tensor:
  return torch.clone(x)

def detach(self, x: Tensor) -> Tensor:
  return torch.detach(x)

def cross_entropy(self, logits: Tensor, labels: Tensor, smoothing: float, divisor: float) -> Tensor:
  # logits (B, T, V), labels (B, T), -100 = not counted; the sum over what counts, divided by divisor
  flat = torch.reshape(logits, [-1, torch.size(logits, -1)])
  return torch.cross_entropy_loss(flat, torch.reshape(labels, [-1]), None, 2, -100, smoothing) / divisor

def head_loss(self, x: Tensor, weight: Tensor, labels: Tensor, smoothing: float, divisor: float, compute: int) -> List[Tensor]:
  # The cross entropy of linear(x, weight), and its gradients with respect to x and weight: x (B, T, D), weight (V, D).
  # Scores are by far the largest array of a training step. Here there is one, changed in place: shifted by its largest (a
  # row's softmax does not mind), exponentiated, and turned into the gradient but for a factor per row, which costs less on
  # x. Its derivative, softmax minus target, is what autograd would find.
  width = torch.size(weight, 1)
  flat = torch.reshape(torch.detach(x), [-1, width])
  w = torch.to(torch.detach(weight), compute)
  scores = torch.to(torch.linear(torch.to(flat, compute), w), 6)
  torch.sub_(scores, torch.amax(scores, [1], True))
  label = torch.unsqueeze(torch.reshape(labels, [-1]), 1)
  counts = torch.to(label != -100, 6) / divisor
  place = torch.masked_fill(label, label == -100, 0)
  aimed = torch.gather(scores, 1, place) * (1 - smoothing)
  if smoothing > 0:
    aimed = aimed + torch.mean(scores, [1], True) * smoothing
  torch.exp_(scores)
  total = torch.sum(scores, [1], True)
  value = torch.sum((torch.log(total) - aimed) * counts)
  if smoothing > 0:
    torch.sub_(scores, total * (smoothing / torch.size(weight, 0)))
  torch.scatter_add_(scores, 1, place, total * (smoothing - 1))
  return self.head_gradients(value, x, weight, flat, w, scores, counts / total, compute)

def head_gradients(self, value: Tensor, x: Tensor, weight: Tensor, flat: Tensor, w: Tensor, scores: Tensor, factor: Tensor, compute: int) -> List[Tensor]:
  # value with its gradients: that of the scores is scores * factor
  slope = torch.to(scores, compute)
  to_x = self.no_numbers(value)
  if ops.prim.requires_grad(x):
    to_x = torch.reshape(torch.to(torch.mm(slope, w), 6) * factor, torch.size(x))
  to_weight = self.no_numbers(value)
  if ops.prim.requires_grad(weight):
    to_weight = torch.to(torch.mm(torch.t(slope), torch.to(flat * factor, compute)), 6)
  return [value, to_x, to_weight]

def choice_loss(self, x: Tensor, weight: Tensor, labels: Tensor, texts: Tensor, table: Tensor, right: Tensor, count: int, per_token: bool, divisor: float, compute: int) -> List[Tensor]:
  # The cross entropy of the right text among those of its row, whose scores are their log probabilities under
  # linear(x, weight), with its gradients; scores are treated as in head_loss. x (B, U, D), weight (V, D), labels and
  # texts (B, U), table (B, K), right (B)
  width = torch.size(weight, 1)
  flat = torch.reshape(torch.detach(x), [-1, width])
  w = torch.to(torch.detach(weight), compute)
  scores = torch.to(torch.linear(torch.to(flat, compute), w), 6)
  torch.sub_(scores, torch.amax(scores, [1], True))
  label = torch.unsqueeze(torch.reshape(labels, [-1]), 1)
  counts = torch.to(label != -100, 6)
  place = torch.masked_fill(label, label == -100, 0)
  aimed = torch.gather(scores, 1, place)
  torch.exp_(scores)
  total = torch.sum(scores, [1], True)
  text = torch.reshape(texts, [-1])
  none = torch.new_zeros(scores, [count + 1])
  tokens = torch.ones_like(none)
  if per_token:
    tokens = torch.clamp_min(torch.index_add(none, 0, text, torch.reshape(counts, [-1])), 1)
  sums = torch.index_add(none, 0, text, torch.reshape((aimed - torch.log(total)) * counts, [-1])) / tokens
  entry = torch.reshape(table, [-1])
  choice = torch.masked_fill(torch.reshape(torch.index_select(sums, 0, entry), torch.size(table)), table == count, -3.3895313892515355e+38)
  value = torch.cross_entropy_loss(choice, right, None, 2, -100, 0.0) / divisor
  one = torch.new_full(choice, [torch.size(choice, 0), 1], -1.0)
  slopes = torch.scatter_add(torch.softmax(choice, 1), 1, torch.unsqueeze(right, 1), one) / divisor
  pull = torch.index_select(torch.index_add(none, 0, entry, torch.reshape(slopes, [-1])) / tokens, 0, text)
  torch.scatter_add_(scores, 1, place, torch.neg(total))
  factor = torch.neg(torch.unsqueeze(pull, 1)) * counts / total
  return self.head_gradients(value, x, weight, flat, w, scores, factor, compute)

def one_like(self, x: Tensor) -> Tensor:
  return torch.ones_like(x)

def no_numbers(self, x: Tensor) -> Tensor:
  # stands for a gradient that is not there
  return torch.new_empty(x, [0])

def size_if_differentiable(self, x: Tensor) -> Tensor:
  # of size 1 if a graph is recorded for x, else 0
  size = 0
  if ops.prim.requires_grad(x):
    size = 1
  return torch.empty([size])

def pull_back(self, gradients: List[Tensor], ends: List[Tensor], wanted: List[Tensor], known: List[Tensor], keep: bool) -> List[Tensor]:
  # The gradients of wanted, where those of ends are given; one without numbers where no end depends on it. What is known
  # of them beforehand is added, in place; it too may be without numbers.
  given = annotate(List[Optional[Tensor]], [])
  for i in range(torch.len(gradients)):
    torch.append(given, gradients[i])
  found = torch.grad(ends, wanted, given, keep, False, True)
  result = annotate(List[Tensor], [])
  for i in range(torch.len(found)):
    torch.append(result, self.known_and_found(known[i], found[i]))
  return result

def known_and_found(self, known: Tensor, found: Optional[Tensor]) -> Tensor:
  y = known
  if torch.__isnot__(found, None):
    more = unchecked_cast(Tensor, found)
    if torch.numel(known) > 0:
      y = torch.add_(known, more)
    elif ops.prim.is_sparse(more):
      y = torch.to_dense(more)
    else:
      y = more
  return y

def nothing(self) -> Optional[Tensor]:
  # what stands for an argument that is not there
  return None
