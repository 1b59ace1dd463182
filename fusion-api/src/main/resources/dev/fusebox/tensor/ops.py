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
  return torch.where(self.drop_mask(x, rate), 0.0, x)

def drop_mask(self, x: Tensor, rate: float) -> Tensor:
  # True with probability rate, in x's shape. Four decisions from each 64 random bits: libtorch's own dropout takes
  # a random number for each on the CPU, which costs as much as a quarter of all matrix products of a training step.
  count = torch.numel(x)
  bits = torch.empty([torch.floordiv(count + 3, 4)], dtype=4, device=ops.prim.device(x))
  bits = torch.random_(bits, -9223372036854775807 - 1, None)
  # the same memory as int16: scripts have no view of another type
  quarters = torch.set_(torch.empty([0], dtype=2, device=ops.prim.device(x)), bits)
  decisions = torch.as_strided(quarters, [count], [1]) < int(rate * 65536 + 0.5) - 32768
  return torch.view(decisions, torch.size(x))

def sigmoid_gate(self, a: Tensor, b: Tensor, gate: Tensor) -> Tensor:
  g = torch.sigmoid(gate)
  return (1 - g) * a + g * b

def tanh_gate(self, x: Tensor, y: Tensor, gate: Tensor) -> Tensor:
  return x + torch.tanh(gate) * y

def embedding(self, ids: Tensor, weight: Tensor) -> Tensor:
  return torch.embedding(weight, ids)

def scale(self, x: Tensor, factor: float) -> Tensor:
  return x * factor

def select_rows(self, x: Tensor, rows: Tensor) -> Tensor:
  return torch.index_select(x, 0, rows)

def expand_rows(self, x: Tensor, rows: int) -> Tensor:
  # (1, ...) to (rows, ...), a view
  sizes = torch.size(x)
  return torch.expand(x, [rows] + sizes[1:])

def where(self, condition: Tensor, a: Tensor, b: Tensor) -> Tensor:
  # condition: anything that is zero or not
  return torch.where(condition != 0, a, b)

def clone(self, x: Tensor) -> Tensor:
  return torch.clone(x)

def detach(self, x: Tensor) -> Tensor:
  return torch.detach(x)

def cross_entropy(self, logits: Tensor, labels: Tensor, smoothing: float, divisor: float) -> Tensor:
  # logits (B, T, V), labels (B, T), -100 = not counted; the sum over what counts, divided by divisor
  flat = torch.reshape(logits, [-1, torch.size(logits, -1)])
  return torch.cross_entropy_loss(flat, torch.reshape(labels, [-1]), None, 2, -100, smoothing) / divisor

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

def pull_back(self, y: Tensor, gradient: Tensor, towards: List[Tensor], keep: bool) -> List[Tensor]:
  # the gradients of towards, where that of y is given; one without numbers where y does not depend on it
  given = annotate(List[Optional[Tensor]], [gradient])
  found = torch.grad([y], towards, given, keep, False, True)
  result = annotate(List[Tensor], [])
  for i in range(torch.len(found)):
    one = found[i]
    if torch.__isnot__(one, None):
      torch.append(result, unchecked_cast(Tensor, one))
    else:
      torch.append(result, torch.new_empty(gradient, [0]))
  return result
