# Scores of the vocabulary, and the likeliest token without all of them; the face is HeadScript. Letters: R rows being
# written, V vocabulary, D width.
#
# Of what writing a token reads from memory, the head is the largest part; the filter reads it in bytes, or in bfloat16, and
# only the tokens that could still win by the bound of the error are scored in full.
# With w the row of a token, w' what stands for it, h' = h in bfloat16 (unit roundoff u = 2^-8), g the error of the sums:
#   |h w - round(h' w')| <= |h| (|w - w'| + (u + u (1 + u) + g) |w'|)

def scores(self, hidden: Tensor, head: Stored, epsilon: float) -> Tensor:
  # (R, D) to the scores of what comes next (R, V); the head has the last norm's weights in it
  return self.product(self.unit(hidden, self.least_length(hidden, epsilon)), head, 0)

def without(self, logits: Tensor, banned: Tensor) -> Tensor:
  # banned: places in the flattened logits
  y = logits
  if torch.numel(banned) > 0:
    flat = torch.index_fill(torch.reshape(logits, [-1]), 0, banned, -inf)
    y = torch.reshape(flat, torch.size(logits))
  return y

def choose_best(self, logits: Tensor, banned: Tensor) -> Tensor:
  # the likeliest tokens (R)
  return torch.argmax(self.without(logits, banned), 1)

def filter(self, head: Tensor, norm: Tensor, factor: float, bytes: bool) -> List[Tensor]:
  # head (V, D) to what stands for it (V, D), its scales (V), the bounds of the errors for |h| = 1 (1, V), and what unit
  # leaves out of the last norm (D)
  scales = torch.to(torch.clamp_min(torch.amax(torch.abs(head), [1]) / 127, 1e-30), 15)
  if bytes:
    s = torch.unsqueeze(torch.to(scales, 6), 1)
    small = torch.to(torch.clamp(torch.round(head / s), -127, 127), 1)
    restored = torch.to(small, 6) * s
  else:
    small = torch.to(head, 15)
    restored = torch.to(small, 6)
  rounding = 0.0079 + 4 * torch.size(head, 1) / 16777216
  lost = torch.linalg_vector_norm(head - restored, 2, [1])
  errors = torch.add(lost, torch.linalg_vector_norm(restored, 2, [1]), alpha=rounding) * 1.001
  return [small, scales, torch.unsqueeze(errors, 0), norm * (torch.sqrt(torch.size(head, 1)) * factor)]

def rough_scores(self, h: Tensor, small: Tensor, scales: Tensor, bytes: bool) -> Tensor:
  # h (R, D) to (R, V)
  x = torch.to(h, 15)
  if bytes:
    y = torch._weight_int8pack_mm(x, small, scales)
  else:
    y = torch.linear(x, small)
  return torch.to(y, 6)

def likeliest(self, hidden: Tensor, head: Tensor, small: Tensor, scales: Tensor, errors: Tensor, norm: Tensor, bytes: bool, banned: Tensor, epsilon: float) -> Tensor:
  # hidden states (R, D) to tokens (R)
  h = self.unit(hidden, self.least_length(hidden, epsilon)) * norm
  rough = self.rough_scores(h, small, scales, bytes)
  a = torch.index_fill_(torch.reshape(rough, [-1]), 0, banned, -inf)
  length = torch.linalg_vector_norm(h, 2, [1], True)
  least = torch.amax(torch.addcmul(rough, length, errors, value=-1), [1], True)
  most = torch.addcmul_(rough, length, errors)
  possible = torch.squeeze(torch.nonzero(torch.amax(most - least, [0]) >= 0), 1)
  count = torch.numel(possible)
  if count == 0 or count * 8 > torch.size(head, 0):
    # what is no number is not above anything; and of too many it is not worth to choose
    tokens = self.choose_best(torch.linear(h, head), banned)
  else:
    scores = torch.linear(h, torch.index_select(head, 0, possible))
    allowed = torch.minimum(scores, torch.index_select(most, 1, possible))
    tokens = torch.index_select(possible, 0, torch.argmax(allowed, 1))
  return tokens
