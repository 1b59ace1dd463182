# One function per inserted block; the face is CrossAttentionScript. B batch, T text length, P vectors of the pictures, M pictures, N latents, S vectors
# attended to, D width, W width of those vectors, H heads, K width of a head. compute: the dtype of matrix products.

def norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.layer_norm(x, weight, bias, 1e-05)

def feed_forward(self, x: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor], compute: int) -> Tensor:
  norm_weight, norm_bias, up, down, = weights
  return self.linear(torch.gelu(self.linear(self.norm(x, norm_weight, norm_bias), up, compute)), down, compute)

def attend_to(self, q: Tensor, memory: Tensor, mask: Tensor, heads: int, compute: int) -> Tensor:
  # q (B, T, H*K), memory (B, S, 2*H*K) to (B, T, H*K)
  width = torch.size(q, -1)
  return self.attention(q, memory[:, :, :width], memory[:, :, width:], mask, heads, (width / heads) ** -0.5, 0., compute)

def gated(self, x: Tensor, y: Tensor, gate: Optional[Tensor]) -> Tensor:
  # gate (1)
  z = y
  if torch.__isnot__(gate, None):
    z = torch.tanh(unchecked_cast(Tensor, gate)) * y
  return x + z

def per_query(self, mask: Tensor) -> Tensor:
  # (B, S) or (B, T, S) to (B, 1 or T, S)
  m = mask
  if torch.dim(m) == 2:
    m = torch.unsqueeze(m, 1)
  return m

def block(self, x: Tensor, memory: Tensor, mask: Tensor, whole: Tensor, blind_mean: bool, norm_weight: Tensor, norm_bias: Tensor, query: Tensor, output: Tensor, gate: Optional[Tensor], dense: Optional[Tuple[Tensor, Tensor, Tensor, Tensor]], dense_gate: Optional[Tensor], heads: int, compute: int) -> Tensor:
  # x (B, T, D); memory keys and values (B, S, 2*H*K); mask (B, S) or (B, T, S); whole (B, S), the mask of all pictures
  q = self.linear(self.norm(x, norm_weight, norm_bias), query, compute)
  m = mask
  if blind_mean:
    # a query of zeros weighs all alike
    seeing = self.anything_visible(mask)
    q = q * seeing
    m = torch.where(torch.gt(seeing, 0), self.per_query(mask), self.per_query(whole))
  seen = self.attend_to(q, memory, m, heads, compute)
  y = self.gated(x, self.linear(seen, output, compute), gate)
  if torch.__isnot__(dense, None):
    y = self.gated(y, self.feed_forward(y, unchecked_cast(Tuple[Tensor, Tensor, Tensor, Tensor], dense), compute), dense_gate)
  return y

def block_weights(self, x: Tensor, memory: Tensor, mask: Tensor, norm_weight: Tensor, norm_bias: Tensor, query: Tensor, heads: int, compute: int) -> Tensor:
  # (B, T, S), heads averaged
  q = self.linear(self.norm(x, norm_weight, norm_bias), query, compute)
  width = torch.size(q, -1)
  return torch.mean(self.attention_weights(q, memory[:, :, :width], mask, heads, (width / heads) ** -0.5), [1])

def mlp(self, x: Tensor, first_weight: Tensor, first_bias: Tensor, second_weight: Tensor, second_bias: Tensor, compute: int) -> Tensor:
  return self.linear_bias(torch.gelu(self.linear_bias(x, first_weight, first_bias, compute)), second_weight, second_bias, compute)

def add_frames(self, x: Tensor, frames: Tensor, table: Tensor) -> Tensor:
  # x (B, P, W), frames (B, P); frames past the table share its last row
  return x + torch.embedding(table, torch.clamp(frames, None, torch.size(table, 0) - 1))

def perceive(self, latents: Tensor, media: Tensor, mask: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, compute: int) -> Tensor:
  # latents (B, N, W), media (B, P, W), mask (B, P + N), to (B, N, W)
  media_norm_weight, media_norm_bias, latent_norm_weight, latent_norm_bias, query, keys_and_values, output, = weights
  n = self.norm(latents, latent_norm_weight, latent_norm_bias)
  q = self.linear(n, query, compute)
  memory = self.linear(torch.cat([self.norm(media, media_norm_weight, media_norm_bias), n], 1), keys_and_values, compute)
  return self.linear(self.attend_to(q, memory, mask, heads, compute), output, compute)

def for_each_row(self, latents: Tensor, media: Tensor) -> Tensor:
  # (N, W) to (B, N, W), a view
  return torch.expand(torch.unsqueeze(latents, 0), [torch.size(media, 0), -1, -1])

def through_layers(self, latents: Tensor, media: Tensor, mask: Tensor, layers: List[Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tuple[Tensor, Tensor, Tensor, Tensor]]], count: int, heads: int, compute: int) -> Tensor:
  # latents (B, N, W) through the first so many layers
  x = latents
  m = torch.cat([mask, torch.new_ones(mask, [torch.size(x, 0), torch.size(x, 1)])], 1)
  for i in range(count):
    attention, dense, = layers[i]
    x = x + self.perceive(x, media, m, attention, heads, compute)
    x = x + self.feed_forward(x, dense, compute)
  return x

def resample(self, media: Tensor, mask: Tensor, latents: Tensor, layers: List[Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tuple[Tensor, Tensor, Tensor, Tensor]]], last_weight: Tensor, last_bias: Tensor, heads: int, compute: int) -> Tensor:
  # media (B, P, W), mask (B, P), latents (N, W) to (B, N, W)
  x = self.through_layers(self.for_each_row(latents, media), media, mask, layers, len(layers), heads, compute)
  return self.norm(x, last_weight, last_bias)

def each_picture(self, x: Tensor, pictures: int) -> Tensor:
  # (B, P, W) to (B*M, P, W): the same vectors for each picture of a question, told apart by the mask below
  return torch.repeat_interleave(x, pictures, 0)

def mask_of_each(self, mask: Tensor, frames: Tensor, pictures: int) -> Tensor:
  # (B, P) to (B*M, P)
  numbers = torch.reshape(torch.cumsum(torch.new_ones(frames, [pictures]), 0) - 1, [1, pictures, 1])
  own = torch.type_as(torch.eq(torch.unsqueeze(frames, 1), numbers), mask)
  return torch.flatten(own * torch.unsqueeze(mask, 1), 0, 1)

def gather_pictures(self, latents: Tensor, mask: Tensor, places: Tensor, pictures: int) -> List[Tensor]:
  # latents (B*M, N, W), mask (B*M, P), places (B, P) to (B, M*N, W), its mask, its pictures and its places
  rows = torch.size(places, 0)
  n = torch.size(latents, 1)
  seen = torch.clamp(torch.amax(mask, [1]), None, 1)
  wide = torch.repeat_interleave(places, pictures, 0)
  place = torch.amax(torch.where(torch.gt(mask, 0), wide, torch.zeros_like(wide)), [1])
  number = torch.remainder(torch.cumsum(torch.ones_like(place), 0) - 1, pictures)
  x = torch.reshape(latents, [rows, pictures * n, -1])
  m = torch.reshape(torch.repeat_interleave(seen, n), [rows, -1])
  p = torch.reshape(torch.repeat_interleave(number, n), [rows, -1])
  q = torch.reshape(torch.repeat_interleave(place, n), [rows, -1])
  return [x, m, p, q]

def latest(self, mask: Tensor, pictures: Tensor) -> Tensor:
  # mask (..., S), pictures broadcast to it: of what is visible, that of the last picture
  last = torch.amax(torch.where(torch.gt(mask, 0), pictures, -1), [-1], True)
  return mask * torch.type_as(torch.eq(pictures, last), mask)

def before_each(self, mask: Tensor, places: Tensor, length: int) -> Tensor:
  # (B, S) to (B, T, S): what stands before each of T text positions
  position = torch.reshape(torch.cumsum(torch.new_ones(places, [length]), 0) - 1, [1, length, 1])
  before = torch.type_as(torch.le(torch.unsqueeze(places, 1), position), mask)
  return before * torch.unsqueeze(mask, 1)

def latent_weights(self, media: Tensor, mask: Tensor, latents: Tensor, layers: List[Tuple[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], Tuple[Tensor, Tensor, Tensor, Tensor]]], heads: int, compute: int) -> Tensor:
  # (B, N, P): how much each latent took from each vector in the last layer, heads averaged, summing to 1
  last = len(layers) - 1
  x = self.through_layers(self.for_each_row(latents, media), media, mask, layers, last, heads, compute)
  attention, dense, = layers[last]
  media_norm_weight, media_norm_bias, latent_norm_weight, latent_norm_bias, query, keys_and_values, output, = attention
  q = self.linear(self.norm(x, latent_norm_weight, latent_norm_bias), query, compute)
  k = self.linear(self.norm(media, media_norm_weight, media_norm_bias), keys_and_values, compute)[:, :, :torch.size(q, -1)]
  return torch.mean(self.attention_weights(q, k, mask, heads, (torch.size(q, -1) / heads) ** -0.5), [1])
