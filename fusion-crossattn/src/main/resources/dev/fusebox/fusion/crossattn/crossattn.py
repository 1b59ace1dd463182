# One function per inserted block. B batch, T text length, P vectors of the pictures, M pictures, N latents, S vectors
# attended to, D width, W width of those vectors, H heads, K width of a head. compute: the dtype of matrix products.

def norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.layer_norm(x, weight, bias, 1e-05)

def feed_forward(self, x: Tensor, w: List[Tensor], compute: int) -> Tensor:
  # w: norm weight and bias, up, down
  return self.linear(torch.gelu(self.linear(self.norm(x, w[0], w[1]), w[2], compute)), w[3], compute)

def attend_to(self, q: Tensor, memory: Tensor, mask: Tensor, heads: int, compute: int) -> Tensor:
  # q (B, T, H*K), memory (B, S, 2*H*K) to (B, T, H*K)
  width = torch.size(q, -1)
  return self.attention(q, memory[:, :, :width], memory[:, :, width:], mask, heads, (width / heads) ** -0.5, 0., compute)

def gated(self, x: Tensor, y: Tensor, gate: List[Tensor]) -> Tensor:
  # gate holds one number or is empty
  z = y
  if len(gate) == 1:
    z = torch.tanh(gate[0]) * y
  return x + z

def per_query(self, mask: Tensor) -> Tensor:
  # (B, S) or (B, T, S) to (B, 1 or T, S)
  m = mask
  if torch.dim(m) == 2:
    m = torch.unsqueeze(m, 1)
  return m

def block(self, x: Tensor, memory: Tensor, mask: Tensor, whole: Tensor, blind_mean: bool, attention: List[Tensor], attention_gate: List[Tensor], ff: List[Tensor], ff_gate: List[Tensor], heads: int, compute: int) -> Tensor:
  # x (B, T, D); memory keys and values (B, S, 2*H*K); mask (B, S) or (B, T, S); whole (B, S), the mask of all pictures
  # attention: norm weight and bias, query, output; ff as in feed_forward, or empty
  q = self.linear(self.norm(x, attention[0], attention[1]), attention[2], compute)
  m = mask
  if blind_mean:
    # a query of zeros weighs all alike
    seeing = self.anything_visible(mask)
    q = q * seeing
    m = torch.where(torch.gt(seeing, 0), self.per_query(mask), self.per_query(whole))
  seen = self.attend_to(q, memory, m, heads, compute)
  y = self.gated(x, self.linear(seen, attention[3], compute), attention_gate)
  if len(ff) > 0:
    y = self.gated(y, self.feed_forward(y, ff, compute), ff_gate)
  return y

def block_weights(self, x: Tensor, memory: Tensor, mask: Tensor, attention: List[Tensor], heads: int, compute: int) -> Tensor:
  # (B, T, S), heads averaged
  q = self.linear(self.norm(x, attention[0], attention[1]), attention[2], compute)
  width = torch.size(q, -1)
  return torch.mean(self.attention_weights(q, memory[:, :, :width], mask, heads, (width / heads) ** -0.5), [1])

def mlp(self, x: Tensor, w: List[Tensor], compute: int) -> Tensor:
  # w: first weight and bias, second weight and bias
  return self.linear_bias(torch.gelu(self.linear_bias(x, w[0], w[1], compute)), w[2], w[3], compute)

def add_frames(self, x: Tensor, frames: Tensor, table: Tensor) -> Tensor:
  # x (B, P, W), frames (B, P); frames past the table share its last row
  return x + torch.embedding(table, torch.clamp(frames, None, torch.size(table, 0) - 1))

def perceive(self, latents: Tensor, media: Tensor, mask: Tensor, w: List[Tensor], heads: int, compute: int) -> Tensor:
  # latents (B, N, W), media (B, P, W), mask (B, P + N), to (B, N, W)
  # w: media norm weight and bias, latent norm weight and bias, query, key and value, output
  n = self.norm(latents, w[2], w[3])
  q = self.linear(n, w[4], compute)
  memory = self.linear(torch.cat([self.norm(media, w[0], w[1]), n], 1), w[5], compute)
  return self.linear(self.attend_to(q, memory, mask, heads, compute), w[6], compute)

def resample(self, media: Tensor, mask: Tensor, latents: Tensor, layers: List[Tensor], last: List[Tensor], heads: int, compute: int) -> Tensor:
  # media (B, P, W), mask (B, P), latents (N, W) to (B, N, W)
  # layers: eleven arrays each, those of perceive and of feed_forward; last: norm weight and bias
  rows = torch.size(media, 0)
  x = torch.expand(torch.unsqueeze(latents, 0), [rows, -1, -1])
  m = torch.cat([mask, torch.new_ones(mask, [rows, torch.size(x, 1)])], 1)
  for i in range(len(layers) // 11):
    w = layers[11 * i:11 * i + 11]
    x = x + self.perceive(x, media, m, w[:7], heads, compute)
    x = x + self.feed_forward(x, w[7:], compute)
  return self.norm(x, last[0], last[1])

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

def latent_weights(self, media: Tensor, mask: Tensor, latents: Tensor, layers: List[Tensor], heads: int, compute: int) -> Tensor:
  # (B, N, P): how much each latent took from each vector in the last layer, heads averaged, summing to 1
  rows = torch.size(media, 0)
  x = torch.expand(torch.unsqueeze(latents, 0), [rows, -1, -1])
  m = torch.cat([mask, torch.new_ones(mask, [rows, torch.size(x, 1)])], 1)
  last = len(layers) // 11 - 1
  for i in range(last):
    w = layers[11 * i:11 * i + 11]
    x = x + self.perceive(x, media, m, w[:7], heads, compute)
    x = x + self.feed_forward(x, w[7:], compute)
  w = layers[11 * last:]
  q = self.linear(self.norm(x, w[2], w[3]), w[4], compute)
  k = self.linear(self.norm(media, w[0], w[1]), w[5], compute)[:, :, :torch.size(q, -1)]
  return torch.mean(self.attention_weights(q, k, mask, heads, (torch.size(q, -1) / heads) ** -0.5), [1])
