# The losses of alignment; the face is AlignmentScript. B batch, P patches, D width of the text states, V width of a patch, W width of the space in
# which both are compared. compute: the dtype of matrix products.

def place(self, states: Tensor, mask: Tensor, weight: Tensor, bias: Tensor, compute: int) -> Tensor:
  # states (B, any, D or V), mask (B, any) to (B, W), each row of length 1
  counts = torch.unsqueeze(mask, -1)
  mean = torch.sum(states * counts, [1]) / torch.clamp(torch.sum(counts, [1]), 1)
  y = self.linear_bias(mean, weight, bias, compute)
  return y / torch.clamp(torch.norm(y, 2, [-1], True), 9.9999999999999998e-13)

def counts(self, features: Tensor, mask: Tensor) -> Tensor:
  # (B): a picture of zeros is none
  seen = torch.amax(torch.abs(features), [2]) * mask
  return torch.to(torch.gt(torch.amax(seen, [1]), 0), 6)

def enough(self, counts: Tensor) -> Tensor:
  # the factor of a sum over what counts that makes it a mean; 0 where there is nothing to tell a pair from
  n = torch.sum(counts)
  return torch.to(torch.gt(n, 1), 6) / torch.clamp(n, 1)

def one_way(self, scores: Tensor, counts: Tensor) -> Tensor:
  # scores (B, B): of each row its cross entropy towards the diagonal, (B), among the columns that count
  shown = torch.masked_fill(scores, torch.unsqueeze(counts, 0) == 0, -1.0000000000000000e+30)
  own = torch.masked_fill(torch.diagonal(torch.log_softmax(shown, 1)), counts == 0, 0)
  return torch.neg(own)

def contrast(self, texts: Tensor, pictures: Tensor, counts: Tensor, log_scale: Optional[Tensor], scale: float) -> Tensor:
  # the mean of both directions; CLIP's scale goes up to 100 and no further
  scores = torch.matmul(texts, torch.t(pictures))
  if torch.__isnot__(log_scale, None):
    scores = scores * torch.exp(torch.clamp(unchecked_cast(Tensor, log_scale), None, 4.6051701859880918))
  else:
    scores = scores * scale
  both = self.one_way(scores, counts) + self.one_way(torch.t(scores), counts)
  return torch.sum(both) * 0.5 * self.enough(counts)

def match_loss(self, texts: Tensor, pictures: Tensor, inner_weight: Tensor, inner_bias: Tensor, outer_weight: Tensor, outer_bias: Tensor, label: int, compute: int) -> Tensor:
  # (B): the cross entropy of each pair towards the label
  pair = torch.cat([texts, pictures, texts * pictures], 1)
  hidden = torch.gelu(self.linear_bias(pair, inner_weight, inner_bias, compute))
  scores = torch.log_softmax(self.linear_bias(hidden, outer_weight, outer_bias, compute), 1)
  return torch.neg(scores[:, label])

def hardest(self, scores: Tensor, counts: Tensor) -> Tensor:
  # (B, B) to (B): for each row the likeliest column that counts and is not its own
  own = torch.eye(torch.size(scores, 0), dtype=6, device=ops.prim.device(scores))
  shown = scores - 1.0000000000000000e+30 * (own + (1 - torch.unsqueeze(counts, 0)))
  return torch.argmax(shown, 1)

def matching(self, texts: Tensor, pictures: Tensor, counts: Tensor, inner_weight: Tensor, inner_bias: Tensor, outer_weight: Tensor, outer_bias: Tensor, compute: int) -> Tensor:
  # the mean over pairs that match, texts with the picture likest to them, and pictures with the text
  scores = torch.detach(torch.matmul(texts, torch.t(pictures)))
  other_pictures = torch.index_select(pictures, 0, self.hardest(scores, counts))
  other_texts = torch.index_select(texts, 0, self.hardest(torch.t(scores), counts))
  losses = self.match_loss(texts, pictures, inner_weight, inner_bias, outer_weight, outer_bias, 1, compute)
  losses = losses + self.match_loss(texts, other_pictures, inner_weight, inner_bias, outer_weight, outer_bias, 0, compute)
  losses = losses + self.match_loss(other_texts, pictures, inner_weight, inner_bias, outer_weight, outer_bias, 0, compute)
  return torch.sum(losses * counts) * self.enough(counts) / 3
