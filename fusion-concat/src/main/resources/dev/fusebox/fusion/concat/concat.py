# One function per step; the face is ConcatScript. B batch, P patches, N tokens of a picture, G groups, D width, V width of a patch.

def group_means(self, features: Tensor, mask: Tensor, groups: int) -> Tensor:
  # (B, G, V): means over G runs of visible patches that cover them all and share patches where G does not divide their
  # number; torch's adaptive pooling, but padding does not shift the groups
  rank = torch.unsqueeze(torch.cumsum(mask, 1) - 1, 1)
  total = torch.unsqueeze(torch.sum(mask, [1], True), 1)
  g = torch.reshape(torch.cumsum(torch.new_ones(mask, [groups]), 0) - 1, [1, groups, 1])
  start = torch.floor(g * total / groups)
  end = torch.ceil((g + 1) * total / groups)
  inside = torch.logical_and(torch.ge(rank, start), torch.lt(rank, end))
  member = torch.type_as(inside, mask) * torch.unsqueeze(mask, 1)
  share = member / torch.clamp(torch.sum(member, [2], True), 1)
  return torch.matmul(share, features)

def pool(self, features: Tensor, mask: Tensor, pooled: bool, groups: int) -> List[Tensor]:
  # features and mask, as they are or (B, G, V) and (B, G)
  x = features
  m = mask
  if pooled:
    x = self.group_means(features, mask, groups)
    m = torch.expand(torch.amax(mask, [1], True), [-1, groups])
  return [x, m]

def tokens(self, features: Tensor, mask: Tensor, projection_weight: Tensor, projection_bias: Tensor, each: int, compute: int) -> List[Tensor]:
  # (B, G, V) to (B, G * each, D) and their mask
  y = self.linear_bias(features, projection_weight, projection_bias, compute)
  y = torch.reshape(y, [torch.size(y, 0), torch.size(y, 1) * each, -1])
  return [y, torch.repeat_interleave(mask, each, 1)]

def embed(self, tokens: Tensor, frames: Tensor, norm: Optional[Tensor], segment: Optional[Tensor], added_frames: Optional[Tensor], added_positions: Optional[Tensor]) -> Tensor:
  # tokens (B, N, D), frames (B, N); norm and segment (D); added: a table each, one row per frame or position
  y = tokens
  if torch.__isnot__(norm, None):
    y = self.rms_norm(y, unchecked_cast(Tensor, norm), 9.9999999999999995e-07)
  if torch.__isnot__(segment, None):
    y = y + unchecked_cast(Tensor, segment)
  if torch.__isnot__(added_frames, None):
    table = unchecked_cast(Tensor, added_frames)
    last = torch.size(table, 0) - 1
    y = y + torch.embedding(table, torch.clamp(frames, None, last))
  if torch.__isnot__(added_positions, None):
    y = y + unchecked_cast(Tensor, added_positions)[:torch.size(y, 1)]
  return y
