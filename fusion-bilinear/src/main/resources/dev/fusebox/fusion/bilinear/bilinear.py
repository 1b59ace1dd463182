# The tensor functions of bilinear pooling; the face is BilinearScript. B batch, T text length, P patches, D width of the text states, V width of a
# patch, S width of what is seen, O outputs, K factors, I inner width. compute: the dtype of matrix products.

def mean(self, features: Tensor, mask: Tensor) -> Tensor:
  # (B, P, V), (B, P) to (B, 1, V)
  weight = torch.unsqueeze(mask, -1)
  return torch.sum(features * weight, [1], True) / torch.clamp(torch.sum(weight, [1], True), 1)

def look(self, hidden: Tensor, keys: Tensor, values: Tensor, mask: Tensor, query_weight: Tensor, query_bias: Tensor, heads: int, compute: int) -> Tensor:
  q = self.linear_bias(hidden, query_weight, query_bias, compute)
  return self.attention(q, keys, values, mask, heads, (torch.size(q, -1) / heads) ** -0.5, 0., compute)

def weights(self, hidden: Tensor, keys: Tensor, mask: Tensor, query_weight: Tensor, query_bias: Tensor, heads: int, compute: int) -> Tensor:
  q = self.linear_bias(hidden, query_weight, query_bias, compute)
  return torch.mean(self.attention_weights(q, keys, mask, heads, (torch.size(q, -1) / heads) ** -0.5), [1])

def inner(self, x: Tensor, weight: Optional[Tensor], bias: Optional[Tensor], compute: int) -> Tensor:
  # tanh(linear(x)), or x where there are no weights
  y = x
  if torch.__isnot__(weight, None):
    if torch.__isnot__(bias, None):
      y = torch.tanh(self.linear_bias(x, unchecked_cast(Tensor, weight), unchecked_cast(Tensor, bias), compute))
  return y

def rooted(self, z: Tensor) -> Tensor:
  # sign(z) * sqrt(|z|), with a slope at 0; then vectors of length 1
  y = z / torch.sqrt(torch.abs(z) + 9.9999999999999995e-07)
  return y / torch.clamp(torch.norm(y, 2, [-1], True), 9.9999999999999998e-13)

def fuse(self, hidden: Tensor, seen: Tensor, mask: Tensor, weights: Tuple[Optional[Tensor], Optional[Tensor], Optional[Tensor], Optional[Tensor], Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], factors: int, bent: bool, signed_root: bool, dropout: float, compute: int) -> Tensor:
  # hidden (B, T, D), seen (B, T or 1, S), mask (B, P) to (B, T, D)
  text_inner_weight, text_inner_bias, picture_inner_weight, picture_inner_bias, text_weight, text_bias, picture_weight, picture_bias, output_weight, output_bias, = weights
  a = self.linear_bias(self.inner(hidden, text_inner_weight, text_inner_bias, compute), text_weight, text_bias, compute)
  b = self.linear_bias(self.inner(seen, picture_inner_weight, picture_inner_bias, compute), picture_weight, picture_bias, compute)
  if bent:
    a = torch.tanh(a)
    b = torch.tanh(b)
  products = self.dropout(a * b, dropout)
  z = torch.sum(torch.reshape(products, [torch.size(products, 0), torch.size(products, 1), -1, factors]), [-1])
  if signed_root:
    z = self.rooted(z)
  return hidden + self.anything_visible(mask) * self.linear_bias(z, output_weight, output_bias, compute)
