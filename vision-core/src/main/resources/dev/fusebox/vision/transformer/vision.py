# The sub-layers of a vision transformer. Letters: B batch, P patches, N = 1 + P places, the class token first, D width,
# H heads, K = D / H. Sub-layers are residual and pre-norm: x + f(layer_norm(x)).
# compute: the dtype of matrix products, 6 = float32, 15 = bfloat16. What goes in and out is always float32.

def embed(self, pixels: Tensor, weight: Tensor, bias: Tensor, class_token: Tensor, positions: Tensor) -> Tensor:
  # pixels (B, 3, Y, X), weight (D, 3, S, S) to (B, N, D); patches row by row
  width = torch.size(weight, 0)
  side = torch.size(weight, 2)
  grid = torch.conv2d(pixels, weight, bias, [side, side])
  patches = torch.transpose(torch.flatten(grid, 2), 1, 2)
  first = torch.expand(torch.reshape(class_token, [1, 1, width]), [torch.size(pixels, 0), 1, width])
  return torch.cat([first, patches], 1) + torch.reshape(positions, [1, -1, width])

def attend_all(self, q: Tensor, k: Tensor, v: Tensor, heads: int, compute: int) -> Tensor:
  # (B, N, D) each to (B, N, D): every place looks at every place
  a = self.split_heads(torch.to(q, compute), heads)
  b = self.split_heads(torch.to(k, compute), heads)
  c = self.split_heads(torch.to(v, compute), heads)
  return torch.to(self.merge_heads(torch.scaled_dot_product_attention(a, b, c)), 6)

def separate_attention(self, x: Tensor, norm_weight: Tensor, norm_bias: Tensor, query_weight: Tensor, query_bias: Tensor, key_weight: Tensor, key_bias: Tensor, value_weight: Tensor, value_bias: Tensor, output_weight: Tensor, output_bias: Tensor, heads: int, epsilon: float, compute: int) -> Tensor:
  h = self.layer_norm(x, norm_weight, norm_bias, epsilon)
  q = self.linear_bias(h, query_weight, query_bias, compute)
  k = self.linear_bias(h, key_weight, key_bias, compute)
  v = self.linear_bias(h, value_weight, value_bias, compute)
  return x + self.linear_bias(self.attend_all(q, k, v, heads, compute), output_weight, output_bias, compute)

def joint_attention(self, x: Tensor, norm_weight: Tensor, norm_bias: Tensor, weight: Tensor, bias: Tensor, output_weight: Tensor, output_bias: Tensor, heads: int, epsilon: float, compute: int) -> Tensor:
  # weight (3 * D, D): query, key and value on top of each other
  width = torch.size(x, 2)
  qkv = self.linear_bias(self.layer_norm(x, norm_weight, norm_bias, epsilon), weight, bias, compute)
  q = torch.narrow(qkv, 2, 0, width)
  k = torch.narrow(qkv, 2, width, width)
  v = torch.narrow(qkv, 2, 2 * width, width)
  return x + self.linear_bias(self.attend_all(q, k, v, heads, compute), output_weight, output_bias, compute)

def non_linearity(self, x: Tensor, kind: int) -> Tensor:
  # 100 = quick GELU, else a kind of ops.py
  if kind == 100:
    y = x * torch.sigmoid(1.702 * x)
  else:
    y = self.activation(x, kind)
  return y

def feed_forward(self, x: Tensor, norm_weight: Tensor, norm_bias: Tensor, up_weight: Tensor, up_bias: Tensor, down_weight: Tensor, down_bias: Tensor, kind: int, epsilon: float, compute: int) -> Tensor:
  h = self.linear_bias(self.layer_norm(x, norm_weight, norm_bias, epsilon), up_weight, up_bias, compute)
  return x + self.linear_bias(self.non_linearity(h, kind), down_weight, down_bias, compute)

def norm(self, x: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
  return self.layer_norm(x, weight, bias, epsilon)

def class_token(self, x: Tensor) -> Tensor:
  # (B, N, D) to (B, 1, D)
  return torch.narrow(x, 1, 0, 1)

def without_class_token(self, x: Tensor) -> Tensor:
  # (B, N, D) to (B, P, D)
  return torch.narrow(x, 1, 1, torch.size(x, 1) - 1)
