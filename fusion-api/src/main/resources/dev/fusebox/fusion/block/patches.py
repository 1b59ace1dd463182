# Runs of equal vectors. B batch, P vectors of a picture, R runs, V width, T queries.

def runs(self, features: Tensor, mask: Tensor, frames: Tensor) -> Tensor:
  # int64 (B, P): the number of the run that each vector belongs to; a run's vectors are equal in value, mask and frame
  x = features * torch.unsqueeze(mask, -1)
  differs = torch.any(torch.ne(x[:, 1:], x[:, :-1]), -1)
  differs = torch.logical_or(differs, torch.ne(mask[:, 1:], mask[:, :-1]))
  differs = torch.logical_or(differs, torch.ne(frames[:, 1:], frames[:, :-1]))
  return torch.constant_pad_nd(torch.cumsum(torch.to(differs, 4), 1), [1, 0], 0)

def longest(self, runs: Tensor) -> Tensor:
  # R: how many runs the picture with the most of them has
  return torch.max(runs) + 1

def merge(self, features: Tensor, mask: Tensor, frames: Tensor, runs: Tensor, distinct: int) -> List[Tensor]:
  # features (B, R, V), how often each counts (B, R), frames (B, R)
  x = features * torch.unsqueeze(mask, -1)
  rows = torch.size(x, 0)
  if distinct == torch.size(x, 1):
    merged = [x, mask, frames]
  else:
    wide = torch.expand_as(torch.unsqueeze(runs, -1), x)
    y = torch.scatter(torch.new_zeros(x, [rows, distinct, torch.size(x, 2)]), 1, wide, x)
    counts = torch.scatter_add(torch.new_zeros(mask, [rows, distinct]), 1, runs, mask)
    merged = [y, counts, torch.scatter(torch.new_zeros(frames, [rows, distinct]), 1, runs, frames)]
  return merged

def spread(self, weights: Tensor, counts: Tensor, runs: Tensor) -> Tensor:
  # (B, T, R) to (B, T, P): a run's weight in equal shares
  share = weights / torch.unsqueeze(torch.clamp(counts, 1), 1)
  index = torch.expand(torch.unsqueeze(runs, 1), [-1, torch.size(weights, 1), -1])
  return torch.gather(share, 2, index)
