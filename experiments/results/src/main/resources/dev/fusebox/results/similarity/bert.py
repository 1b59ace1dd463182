# BERT's sub-layers and the pooling of sentence-transformers. Letters: B batch, T text length, D width.
# A sub-layer is residual and post-norm: layer_norm(x + f(x)).

def add_norm(self, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
  return self.layer_norm(x + y, weight, bias, epsilon)

def masked_mean(self, states: Tensor, mask: Tensor) -> Tensor:
  # states (B, T, D), mask (B, T) to (B, D)
  m = torch.unsqueeze(mask, -1)
  return torch.sum(states * m, [1]) / torch.clamp(torch.sum(m, [1]), 1e-9)

def unit(self, x: Tensor) -> Tensor:
  # rows of length 1
  return x / torch.clamp(torch.norm(x, 2, [-1], True), 1e-12)
