# Runs of equal vectors. B batch, P vectors of a picture, R runs, V width, T queries.
# whole: int64 (B, P, 2), the frame and the place of each vector.

def runs(self, features: Tensor, mask: Tensor, whole: Tensor) -> Tensor:
  # int64 (B, P): the number of the run that each vector belongs to; a run's vectors are equal in all respects. Vectors that
  # gradients flow to are a run each
  if ops.prim.requires_grad(features):
    return torch.cumsum(torch.ones_like(torch.select(whole, 2, 0)), 1) - 1
  x = features * torch.unsqueeze(mask, -1)
  differs = torch.any(torch.ne(x[:, 1:], x[:, :-1]), -1)
  differs = torch.logical_or(differs, torch.any(torch.ne(whole[:, 1:], whole[:, :-1]), -1))
  differs = torch.logical_or(differs, torch.ne(mask[:, 1:], mask[:, :-1]))
  return torch.constant_pad_nd(torch.cumsum(torch.to(differs, 4), 1), [1, 0], 0)

def count(self, runs: Tensor) -> Tensor:
  # R: how many runs the picture with the most of them has
  return torch.max(runs) + 1

def first_of_each(self, x: Tensor, runs: Tensor, distinct: int) -> Tensor:
  # (B, P, N) to (B, R, N); all of a run write the same
  index = torch.expand_as(torch.unsqueeze(runs, -1), x)
  return torch.scatter(torch.new_zeros(x, [torch.size(x, 0), distinct, torch.size(x, 2)]), 1, index, x)

def merge(self, features: Tensor, mask: Tensor, whole: Tensor, runs: Tensor, distinct: int) -> List[Tensor]:
  # features (B, R, V), how often each counts (B, R), frames and places (B, R)
  x = features * torch.unsqueeze(mask, -1)
  counts = mask
  w = whole
  if distinct < torch.size(x, 1):
    x = self.first_of_each(x, runs, distinct)
    counts = torch.scatter_add(torch.new_zeros(mask, [torch.size(mask, 0), distinct]), 1, runs, mask)
    w = self.first_of_each(whole, runs, distinct)
  return [x, counts, torch.select(w, 2, 0), torch.select(w, 2, 1)]

def spread(self, weights: Tensor, counts: Tensor, runs: Tensor) -> Tensor:
  # (B, T, R) to (B, T, P): a run's weight in equal shares
  share = weights / torch.unsqueeze(torch.clamp(counts, 1), 1)
  index = torch.expand(torch.unsqueeze(runs, 1), [-1, torch.size(weights, 1), -1])
  return torch.gather(share, 2, index)
