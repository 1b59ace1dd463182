# The tensor functions of the @name@ fusion; the face is @Name@Script. B batch, T text length, P patches, D width, V width of a patch.

def visible_mean(self, features: Tensor, mask: Tensor) -> Tensor:
  # (B, P, V) and (B, P) to (B, 1, V)
  m = torch.unsqueeze(mask, -1)
  return torch.sum(features * m, [1], True) / torch.clamp(torch.sum(m, [1], True), 1)

def add(self, hidden: Tensor, picture: Tensor, mask: Tensor, gate: Tensor) -> Tensor:
  # hidden (B, T, D), picture (B, 1, D); a question without a picture stays as it is
  return hidden + torch.tanh(gate) * self.anything_visible(mask) * picture
