# Products of few rows with matrices that are laid out for them; the face is ProductScript. Letters: R rows being written,
# D width. layout: how a matrix (out, in) is stored, 0 as it is, 1 transposed, 2 packed, 3 in bfloat16. What reads a norm has
# the norm's weights in it (see beside), and unit takes the norm's place.

def product(self, x: Tensor, w: Tensor, layout: int) -> Tensor:
  # x (R, in) times a matrix (out, in) in its layout
  if layout == 0:
    y = torch.linear(x, w)
  elif layout == 1:
    y = torch.matmul(x, w)
  elif layout == 2:
    y = self.packed_product(x, w)
  else:
    y = torch.to(torch.linear(torch.to(x, 15), w), 6)
  return y

def product_onto(self, x: Tensor, h: Tensor, w: Tensor, layout: int) -> Tensor:
  # the residual x plus product(h, w)
  if layout == 0:
    y = torch.addmm(x, h, torch.t(w))
  elif layout == 1:
    y = torch.addmm(x, h, w)
  else:
    y = x + self.product(h, w, layout)
  return y

def stored(self, w: Tensor, layout: int, rows: int) -> Tensor:
  # a matrix (out, in) in the layout that product wants
  if layout == 1:
    y = torch.contiguous(torch.t(w))
  elif layout == 2:
    y = self.pack(w, rows)
  elif layout == 3:
    y = torch.to(w, 15)
  else:
    y = w
  return y

def beside(self, matrices: List[Tensor], norm: Optional[Tensor], factor: float) -> Tensor:
  # matrices (out, in) of the same input as one; if that input is a norm's output: unit takes the norm's place
  y = matrices[0]
  if len(matrices) > 1:
    y = torch.cat(matrices, 0)
  if torch.__isnot__(norm, None):
    y = y * (unchecked_cast(Tensor, norm) * (torch.sqrt(torch.size(y, 1)) * factor))
  return y

def unit(self, x: Tensor, least: Tensor) -> Tensor:
  # rms_norm(x) = unit(x) * weight * sqrt(D): three operators, for without a graph each costs as much as its arithmetic
  return x / torch.hypot(torch.linalg_vector_norm(x, 2, [-1], True), least)

def least_length(self, x: Tensor, epsilon: float) -> Tensor:
  # (1, 1): what unit needs of a norm's epsilon
  return torch.full_like(torch.narrow(torch.narrow(x, 0, 0, 1), 1, 0, 1), torch.sqrt(torch.size(x, -1) * epsilon))
