def weighted_sum(self, x: Tensor, others: List[Tensor], n: int, weight: float, double: bool) -> Tensor:
  y = x
  for i in range(n):
    y = y + self.scale(others[i], weight)
  if double:
    y = self.twice(y)
  return y

def twice(self, x: Tensor) -> Tensor:
  return x * 2

def neighbours(self, x: Tensor) -> List[Tensor]:
  return [x + 1, x - 1]

def sum_of_pairs(self, x: Tensor, pairs: List[Tuple[Tensor, Tensor]], factor: Optional[Tensor], last: Optional[Tuple[Tensor, Tensor]]) -> Tensor:
  y = x
  for pair in pairs:
    a, b, = pair
    y = y + a * b
  if torch.__isnot__(factor, None):
    y = y * unchecked_cast(Tensor, factor)
  if torch.__isnot__(last, None):
    a, b, = unchecked_cast(Tuple[Tensor, Tensor], last)
    y = y + a * b
  return y
