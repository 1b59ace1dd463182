def probe(self, x: Tensor, ws: List[Tensor], n: int, p: float, flag: bool) -> Tensor:
  y = x
  for i in range(n):
    y = y + ws[i] * p
  if flag:
    y = self.twice(y)
  return y.reshape([-1])

def twice(self, x: Tensor) -> Tensor:
  return x * 2

def both(self, x: Tensor) -> List[Tensor]:
  return [x + 1, x - 1]
