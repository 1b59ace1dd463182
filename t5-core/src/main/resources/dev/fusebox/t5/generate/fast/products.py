# Products of few rows with matrices that are laid out for them; the face is ProductScript. Letters: R rows being written,
# D width. What reads a norm has the norm's weights in it (see beside), and unit takes the norm's place.

def product(self, x: Tensor, stored: Stored, block: int) -> Tensor:
  # x (R, in) times the block's matrix (out, in): (R, out)
  matrices, packed, layout, = stored
  if layout == 0:
    y = torch.linear(x, matrices[block])
  elif layout == 1:
    y = torch.matmul(x, matrices[block])
  elif layout == 2:
    y = self.packed_product(x, matrices[block])
  elif layout == 3:
    y = torch.to(torch.linear(torch.to(x, 15), matrices[block]), 6)
  else:
    y = ops.quantized.linear_dynamic(x, unchecked_cast(List[Bytes], packed)[block], True)
  return y

def product_onto(self, x: Tensor, h: Tensor, stored: Stored, block: int) -> Tensor:
  # the residual x plus product(h, stored)
  matrices, packed, layout, = stored
  if layout == 0:
    y = torch.addmm(x, h, torch.t(matrices[block]))
  elif layout == 1:
    y = torch.addmm(x, h, matrices[block])
  else:
    y = x + self.product(h, stored, block)
  return y

def in_bytes(self, x: Tensor) -> Bytes:
  # a matrix (out, in), each row by its own scale: the largest number of a row is 127. What is multiplied with it is scaled
  # anew each time, to 7 bits, so that no sum of two products leaves the 16 bits that processors without VNNI have for it.
  scales = torch.to(torch.clamp_min(torch.amax(torch.abs(x), [1]) / 127, 1e-30), 7)
  zeros = torch.to(torch.zeros_like(scales), 4)
  return ops.quantized.linear_prepack(torch.quantize_per_channel(x, scales, zeros, 0, 12), None)

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
