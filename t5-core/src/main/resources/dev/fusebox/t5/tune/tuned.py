# Weight matrices of which some are tuned; TunedMatrices. A matrix is (arrays, scale, dropout) as TunedOperand says.

type Matrix = Tuple[List[Tensor], float, float]

def product(self, x: Tensor, matrix: Matrix) -> Tensor:
  # (.., in) to (.., out), in x's dtype
  arrays, scale, dropout, = matrix
  weight = torch.type_as(self.numbers(arrays[0]), x)
  if torch.len(arrays) == 3:
    y = self.low_rank_product(x, weight, arrays[1], arrays[2], scale, dropout)
  elif torch.len(arrays) == 2:
    y = self.scaled_product(x, weight, arrays[1])
  else:
    y = torch.linear(x, weight)
  return y

def low_rank_product(self, x: Tensor, weight: Tensor, a: Tensor, b: Tensor, scale: float, dropout: float) -> Tensor:
  # The low-rank part in float32 whatever x is: a weight in bfloat16 would swallow most of what it adds.
  z = torch.to(x, 6)
  if dropout > 0:
    z = self.dropped(z, dropout)
  added = torch.linear(torch.linear(z, a), b)
  return torch.type_as(torch.add(torch.linear(x, weight), added, alpha=scale / (1 - dropout)), x)

def scaled_product(self, x: Tensor, weight: Tensor, factors: Tensor) -> Tensor:
  # factors (out, 1) of the result, or (1, in) of x
  if torch.size(factors, 0) == 1:
    y = torch.linear(x * torch.type_as(torch.squeeze(factors, 0), x), weight)
  else:
    y = torch.linear(x, weight) * torch.type_as(torch.squeeze(factors, 1), x)
  return y

