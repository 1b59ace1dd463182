# The tensor functions of late fusion; the face is LateScript. B batch, T text length, U length of the target, P patches, D width of the text states,
# S length of what is attended to. compute: the dtype of matrix products.

def norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.layer_norm(x, weight, bias, 1.0000000000000001e-05)

def layer(self, x: Tensor, memory: Tensor, mask: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, dropout: float, compute: int) -> Tensor:
  # x (B, any, D), memory (B, S, D or V), mask (B, S)
  attention_norm_weight, attention_norm_bias, query_weight, query_bias, key_weight, key_bias, value_weight, value_bias, output_weight, output_bias, dense_norm_weight, dense_norm_bias, up_weight, up_bias, down_weight, down_bias, = weights
  q = self.linear_bias(self.norm(x, attention_norm_weight, attention_norm_bias), query_weight, query_bias, compute)
  k = self.linear_bias(memory, key_weight, key_bias, compute)
  v = self.linear_bias(memory, value_weight, value_bias, compute)
  y = self.attention(q, k, v, mask, heads, (torch.size(q, -1) / heads) ** -0.5, dropout, compute)
  y = x + self.dropout(self.linear_bias(y, output_weight, output_bias, compute), dropout)
  z = torch.gelu(self.linear_bias(self.norm(y, dense_norm_weight, dense_norm_bias), up_weight, up_bias, compute))
  return y + self.dropout(self.linear_bias(z, down_weight, down_bias, compute), dropout)

def weights(self, x: Tensor, memory: Tensor, mask: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, compute: int) -> Tensor:
  # (B, any, S), heads averaged
  attention_norm_weight, attention_norm_bias, query_weight, query_bias, key_weight, key_bias, value_weight, value_bias, output_weight, output_bias, dense_norm_weight, dense_norm_bias, up_weight, up_bias, down_weight, down_bias, = weights
  q = self.linear_bias(self.norm(x, attention_norm_weight, attention_norm_bias), query_weight, query_bias, compute)
  k = self.linear_bias(memory, key_weight, key_bias, compute)
  return torch.mean(self.attention_weights(q, k, mask, heads, (torch.size(q, -1) / heads) ** -0.5), [1])

def half(self, mask: Tensor) -> Tensor:
  # (B, P) to (B, 1, 1)
  return self.anything_visible(mask) * 0.5

def learnt_share(self, mask: Tensor, number: Tensor) -> Tensor:
  return self.anything_visible(mask) * torch.sigmoid(number)

def gated_share(self, hidden: Tensor, text_mask: Tensor, mask: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  # hidden (B, T, D), text_mask (B, T), mask (B, P) to (B, 1, 1)
  counts = torch.unsqueeze(text_mask, -1)
  question = torch.sum(hidden * counts, [1], True) / torch.clamp(torch.sum(counts, [1], True), 1)
  return self.anything_visible(mask) * torch.sigmoid(torch.linear(question, weight, bias))

def mix(self, hidden: Tensor, read: Tensor, share: Tensor) -> Tensor:
  # where the share is 0, hidden stays as it is, to the bit
  return hidden + share * (read - hidden)
