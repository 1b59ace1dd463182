# The tensor functions of co-attention; the face is CoattentionScript. B batch, T text length, P patches, N = T + P (text, then picture), D width of
# both streams, V width of a patch. compute: the dtype of matrix products.

def norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.layer_norm(x, weight, bias, 9.9999999999999998e-13)

def picture(self, features: Tensor, weight: Tensor, bias: Tensor, norm_weight: Optional[Tensor], norm_bias: Optional[Tensor], dropout: float, compute: int) -> Tensor:
  # (B, P, V) to (B, P, D)
  x = self.linear_bias(features, weight, bias, compute)
  if torch.__isnot__(norm_weight, None):
    if torch.__isnot__(norm_bias, None):
      x = self.norm(x, unchecked_cast(Tensor, norm_weight), unchecked_cast(Tensor, norm_bias))
  return self.dropout(x, dropout)

def attend_to(self, x: Tensor, memory: Tensor, mask: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, dropout: float, compute: int) -> Tensor:
  # x (B, any, D), memory (B, S, D), mask (B, S)
  query_weight, query_bias, key_weight, key_bias, value_weight, value_bias, output_weight, output_bias, norm_weight, norm_bias, = weights
  q = self.linear_bias(x, query_weight, query_bias, compute)
  k = self.linear_bias(memory, key_weight, key_bias, compute)
  v = self.linear_bias(memory, value_weight, value_bias, compute)
  y = self.attention(q, k, v, mask, heads, (torch.size(q, -1) / heads) ** -0.5, dropout, compute)
  y = self.dropout(self.linear_bias(y, output_weight, output_bias, compute), dropout)
  return self.norm(x + y, norm_weight, norm_bias)

def alone(self, x: Tensor, mask: Tensor, weights: Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, dropout: float, compute: int) -> Tensor:
  # what a stream (B, any, D) does by itself
  attention, up_weight, up_bias, down_weight, down_bias, norm_weight, norm_bias, = weights
  y = self.attend_to(x, x, mask, attention, heads, dropout, compute)
  z = torch.gelu(self.linear_bias(y, up_weight, up_bias, compute))
  z = self.dropout(self.linear_bias(z, down_weight, down_bias, compute), dropout)
  return self.norm(y + z, norm_weight, norm_bias)

def layer(self, streams: Tensor, text_mask: Tensor, picture_mask: Tensor, text_looks: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], picture_looks: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], text: Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], picture: Optional[Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]], heads: int, dropout: float, compute: int) -> Tensor:
  # (B, N, D) to the same, or to (B, T, D) where the picture has no weights
  t = torch.size(text_mask, 1)
  words = streams[:, :t]
  patches = streams[:, t:]
  y = self.attend_to(words, patches, picture_mask, text_looks, heads, dropout, compute)
  y = self.alone(y, text_mask, text, heads, dropout, compute)
  if torch.__isnot__(picture, None):
    weights = unchecked_cast(Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], picture)
    z = self.attend_to(patches, words, text_mask, picture_looks, heads, dropout, compute)
    y = torch.cat([y, self.alone(z, picture_mask, weights, heads, dropout, compute)], 1)
  return y

def weights(self, streams: Tensor, text_mask: Tensor, picture_mask: Tensor, looks: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, compute: int) -> Tensor:
  # (B, T, P), heads averaged
  query_weight, query_bias, key_weight, key_bias, value_weight, value_bias, output_weight, output_bias, norm_weight, norm_bias, = looks
  t = torch.size(text_mask, 1)
  q = self.linear_bias(streams[:, :t], query_weight, query_bias, compute)
  k = self.linear_bias(streams[:, t:], key_weight, key_bias, compute)
  return torch.mean(self.attention_weights(q, k, picture_mask, heads, (torch.size(q, -1) / heads) ** -0.5), [1])

def mix(self, hidden: Tensor, made: Tensor, mask: Tensor, alpha: Tensor) -> Tensor:
  # where there is nothing to see, hidden stays as it is, to the bit
  return hidden + torch.tanh(alpha) * self.anything_visible(mask) * (made - hidden)
