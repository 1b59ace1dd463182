# One function per sub-layer; the face is GatedScript. B batch, T text length, R distinct patches, D width, V width of a patch.

def remember(self, features: Tensor, image_weight: Tensor, image_bias: Tensor, in_weight: Tensor, in_bias: Tensor, compute: int) -> Tensor:
  # (B, R, V) to keys and values (B, R, 2*D)
  d = torch.size(in_weight, 1)
  seen = self.linear_bias(features, image_weight, image_bias, compute)
  return self.linear_bias(seen, in_weight[d:], in_bias[d:], compute)

def query(self, hidden: Tensor, in_weight: Tensor, in_bias: Tensor, compute: int) -> Tensor:
  # (B, T, D)
  d = torch.size(in_weight, 1)
  return self.linear_bias(hidden, in_weight[:d], in_bias[:d], compute)

def root(self, width: int, heads: int) -> float:
  return (width / heads) ** -0.5

def look(self, hidden: Tensor, memory: Tensor, mask: Tensor, in_weight: Tensor, in_bias: Tensor, out_weight: Tensor, out_bias: Tensor, heads: int, compute: int) -> Tensor:
  # hidden (B, T, D), memory (B, R, 2*D) to (B, T, D)
  d = torch.size(hidden, -1)
  q = self.query(hidden, in_weight, in_bias, compute)
  seen = self.attention(q, memory[:, :, :d], memory[:, :, d:], mask, heads, self.root(d, heads), 0., compute)
  return self.linear_bias(seen, out_weight, out_bias, compute)

def weights(self, hidden: Tensor, memory: Tensor, mask: Tensor, in_weight: Tensor, in_bias: Tensor, heads: int, compute: int) -> Tensor:
  # (B, T, R), heads averaged
  d = torch.size(hidden, -1)
  q = self.query(hidden, in_weight, in_bias, compute)
  return torch.mean(self.attention_weights(q, memory[:, :, :d], mask, heads, self.root(d, heads)), [1])

def look_plain(self, hidden: Tensor, memory: Tensor, mask: Tensor, heads: int, compute: int) -> Tensor:
  # hidden (B, T, D), memory (B, R, D) to (B, T, D)
  return self.attention(hidden, memory, memory, mask, heads, self.root(torch.size(hidden, -1), heads), 0., compute)

def weights_plain(self, hidden: Tensor, memory: Tensor, mask: Tensor, heads: int) -> Tensor:
  # (B, T, R), heads averaged
  w = self.attention_weights(hidden, memory, mask, heads, self.root(torch.size(hidden, -1), heads))
  return torch.mean(w, [1])

def sigmoid_share(self, hidden: Tensor, seen: Tensor, weight: Tensor, bias: Optional[Tensor], compute: int) -> Tensor:
  # the gate (B, T, D); weight (D, 2*D), bias (D)
  both = torch.cat([hidden, seen], -1)
  if torch.__isnot__(bias, None):
    x = self.linear_bias(both, weight, unchecked_cast(Tensor, bias), compute)
  else:
    x = self.linear(both, weight, compute)
  return torch.sigmoid(x)

def mix_by_sigmoid(self, hidden: Tensor, seen: Tensor, mask: Tensor, weight: Tensor, bias: Optional[Tensor], compute: int) -> Tensor:
  # where there is nothing to see, hidden stays as it is, to the bit
  share = self.sigmoid_share(hidden, seen, weight, bias, compute) * self.anything_visible(mask)
  return (1 - share) * hidden + share * seen

def mix_by_tanh(self, hidden: Tensor, seen: Tensor, mask: Tensor, alpha: Tensor) -> Tensor:
  return hidden + torch.tanh(alpha) * self.anything_visible(mask) * seen

def zeros_where_hidden(self, features: Tensor, mask: Tensor) -> Tensor:
  return features * torch.unsqueeze(mask, -1)

def all_where_none(self, mask: Tensor) -> Tensor:
  # (B, P): rows in which everything is hidden become rows in which everything counts
  return torch.where(torch.gt(torch.amax(mask, [1], True), 0), mask, torch.ones_like(mask))

def mean_share(self, mask: Tensor, share: Tensor) -> Tensor:
  # over the positions that count: share broadcasts to (B, T, D), mask (B, T)
  weight = torch.unsqueeze(mask, -1)
  return torch.sum(torch.mean(share * weight, [-1])) / torch.sum(mask)
