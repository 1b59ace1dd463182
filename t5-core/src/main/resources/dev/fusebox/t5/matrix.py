# A weight matrix that is a parameter; Matrices.PLAIN.

type Matrix = Tensor

def product(self, x: Tensor, matrix: Matrix) -> Tensor:
  # (.., in) to (.., out), in x's dtype
  return torch.linear(x, torch.type_as(self.numbers(matrix), x))

