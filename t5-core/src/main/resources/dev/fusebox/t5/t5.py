# T5's sub-layers, one call each; the face is T5Script. Letters: B batch, T text length, S keys, H heads, K width of a head, D width.
# A sub-layer is pre-norm and residual: x + dropout(f(rms_norm(x))).
# What a Matrix is, and product(x, matrix), (.., in) to (.., out) in x's dtype, stand in another file: matrix.py, or one of tune/.

def project(self, x: Tensor, weight: Matrix, heads: int) -> Tensor:
  # (B, T, D) to (B, H, T, K), in x's dtype
  return self.split_heads(self.product(x, weight), heads)

def attention_output(self, x: Tensor, attended: Tensor, output: Matrix, dropout: float) -> Tensor:
  # the residual x (B, T, D) plus attended (B, H, T, K) through the output projection
  y = self.product(self.merge_heads(attended), output)
  return self.add_dropped(x, y, dropout, 1.0)

def add_dropped(self, x: Tensor, y: Tensor, dropout: float, factor: float) -> Tensor:
  # x + factor * dropout(y)
  z = torch.to(y, 6)
  if dropout > 0:
    z = self.dropped(z, dropout)
  return torch.add(x, z, alpha=factor / (1 - dropout))

def self_attention(self, x: Tensor, norm: Tensor, query: Matrix, key: Matrix, value: Matrix, output: Matrix, bias: Tensor, heads: int, epsilon: float, dropout: float, compute: int) -> Tensor:
  # bias (1 or B, H, T, T): relative positions and mask; T5 does not scale the scores
  h = torch.to(self.rms_norm(x, norm, epsilon), compute)
  attended = self.attend(self.project(h, query, heads), self.project(h, key, heads), self.project(h, value, heads), bias, 1.0, dropout)
  return self.attention_output(x, attended, output, dropout)

def cross_attention(self, x: Tensor, memory: Tensor, norm: Tensor, query: Matrix, key: Matrix, value: Matrix, output: Matrix, mask: Tensor, heads: int, epsilon: float, dropout: float, compute: int) -> Tensor:
  # memory (B, S, D); mask additive (B, 1, 1, S)
  h = torch.to(self.rms_norm(x, norm, epsilon), compute)
  m = torch.to(memory, compute)
  attended = self.attend(self.project(h, query, heads), self.project(m, key, heads), self.project(m, value, heads), mask, 1.0, dropout)
  return self.attention_output(x, attended, output, dropout)

def feed_forward(self, x: Tensor, norm: Tensor, gate: Optional[Matrix], inner: Matrix, outer: Matrix, activation: int, epsilon: float, dropout: float, compute: int) -> Tensor:
  # gate is Hugging Face's wi_0, inner its wi_1, or wi where there is no gate
  n = torch.to(self.rms_norm(x, norm, epsilon), compute)
  h = self.product(n, inner)
  if torch.__isnot__(gate, None):
    g = self.product(n, unchecked_cast(Matrix, gate))
    h = self.dropped_if_any(self.activation(g, activation) * h, dropout)
  elif dropout > 0 and activation == 0:
    h = self.relu_dropped(h, dropout)
  else:
    h = self.dropped_if_any(self.activation(h, activation), dropout)
  # h is dropped already, but for the factor
  y = self.product(h, outer)
  return self.add_dropped(x, y, dropout, 1 / (1 - dropout))

def dropped_if_any(self, x: Tensor, dropout: float) -> Tensor:
  y = x
  if dropout > 0:
    y = self.dropped(x, dropout)
  return y

def prompted_states(self, x: Tensor, prompt: Tensor) -> Tensor:
  # x (B, T, D) with prompt (P, D) before each row: (B, P + T, D)
  rows = torch.expand(torch.unsqueeze(prompt, 0), [torch.size(x, 0), -1, -1])
  return torch.cat([rows, x], 1)

def prompted_mask(self, mask: Tensor, prompt: Tensor) -> Tensor:
  # the prompt always counts: (B, T) to (B, P + T)
  return torch.cat([torch.new_ones(mask, [torch.size(mask, 0), torch.size(prompt, 0)]), mask], 1)

def position_values(self, buckets: Tensor, table: Tensor) -> Tensor:
  # one value per head and distance: (L), (buckets, H) to (H, L)
  return torch.contiguous(torch.t(torch.embedding(table, buckets)))

def position_bias(self, buckets: Tensor, table: Tensor, keys: int) -> Tensor:
  # buckets of the distances -(T-1) .. S-1 to (1, H, T, S): row t starts T-1-t further on than the last
  windows = torch.unfold(self.position_values(buckets, table), 1, keys, 1)
  return torch.unsqueeze(torch.flip(windows, [1]), 0)

def pad_bias(self, bias: Tensor, before: int, after: int) -> Tensor:
  # zero relation to positions outside of a span
  return torch.constant_pad_nd(bias, [before, after, before, after], 0)

def masked_bias(self, bias: Tensor, mask: Tensor) -> Tensor:
  # (1, H, T, S) and a mask (B, S) to (B, H, T, S)
  return bias + self.additive_mask(mask)

def causal_bias(self, bias: Tensor) -> Tensor:
  # (1, H, T, T); what comes later is hidden
  later = torch.triu(torch.full_like(bias, -3.3895313892515355e+38), 1)
  return bias + later

def packed_bias(self, bias: Tensor, texts: Tensor) -> Tensor:
  # (1, H, U, U) and the text of each token (B, U) to (B, H, U, U); other texts are hidden
  apart = torch.unsqueeze(texts, 1) != torch.unsqueeze(texts, 2)
  return torch.masked_fill(bias, torch.unsqueeze(apart, 1), -3.3895313892515355e+38)

def text_scores(self, logits: Tensor, labels: Tensor, texts: Tensor, table: Tensor, count: int, per_token: bool) -> Tensor:
  # log probability of each text, gathered by table: logits (B, U, V), labels (B, U), texts (B, U), table (B, K) to (B, K)
  flat = torch.reshape(logits, [-1, torch.size(logits, -1)])
  label = torch.reshape(labels, [-1])
  place = torch.reshape(texts, [-1])
  loss = torch.cross_entropy_loss(flat, label, None, 0, -100, 0.0)
  sums = torch.neg(torch.index_add(torch.new_zeros(loss, [count + 1]), 0, place, loss))
  if per_token:
    tokens = torch.index_add(torch.new_zeros(loss, [count + 1]), 0, place, torch.to(label != -100, 6))
    sums = sums / torch.clamp_min(tokens, 1)
  scores = torch.reshape(torch.index_select(sums, 0, torch.reshape(table, [-1])), torch.size(table))
  return torch.masked_fill(scores, table == count, -3.3895313892515355e+38)
