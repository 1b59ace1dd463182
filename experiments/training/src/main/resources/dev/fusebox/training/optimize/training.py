# From a loss to new weights, as TorchScript. Lists run over the parameters that learn, in the order of their declaration;
# a gradient without numbers stands for a parameter that the loss does not depend on, which is left as it is.

def add_gradients(self, sums: List[Tensor], more: List[Tensor]) -> List[Tensor]:
  # more may be on another device
  result = annotate(List[Tensor], [])
  for i in range(torch.len(sums)):
    if torch.numel(sums[i]) == 0:
      torch.append(result, torch.to(more[i], sums[i]))
    else:
      if torch.numel(more[i]) > 0:
        torch.add_(sums[i], torch.to(more[i], sums[i]))
      torch.append(result, sums[i])
  return result

def assign(self, arrays: List[Tensor], values: List[Tensor]) -> Tensor:
  for i in range(torch.len(arrays)):
    torch.copy_(arrays[i], values[i])
  return arrays[0]

def gradient_norm(self, gradients: List[Tensor]) -> Tensor:
  return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)), 2)

def clip_divisor(self, norm: Tensor, limit: float) -> Tensor:
  # what each gradient is divided by, so that their norm is at most limit
  return torch.clamp((norm + 9.9999999999999995e-07) / limit, 1)

def reached(self, all: List[Tensor], gradients: List[Tensor]) -> List[Tensor]:
  # those of all whose gradient has numbers
  result = annotate(List[Tensor], [])
  for i in range(torch.len(all)):
    if torch.numel(gradients[i]) > 0:
      torch.append(result, all[i])
  return result

def adamw(self, norm: Tensor, limit: float, parameters: List[Tensor], gradients: List[Tensor], firsts: List[Tensor], seconds: List[Tensor], decaying: int, step: int, rate: float, beta1: float, beta2: float, decay: float, epsilon: float) -> Tensor:
  # One pass over all weights; the first ones decay. A norm that is not finite leaves everything as it is.
  divisor = self.clip_divisor(norm, limit)
  self.adamw_group(norm, divisor, parameters[:decaying], gradients[:decaying], firsts[:decaying], seconds[:decaying], step, rate, beta1, beta2, decay, epsilon)
  return self.adamw_group(norm, divisor, parameters[decaying:], gradients[decaying:], firsts[decaying:], seconds[decaying:], step, rate, beta1, beta2, 0.0, epsilon)

def adamw_group(self, norm: Tensor, divisor: Tensor, parameters: List[Tensor], gradients: List[Tensor], firsts: List[Tensor], seconds: List[Tensor], step: int, rate: float, beta1: float, beta2: float, decay: float, epsilon: float) -> Tensor:
  g = self.reached(gradients, gradients)
  if torch.len(g) > 0:
    count = torch.full_like(norm, step)
    steps = annotate(List[Tensor], [])
    for i in range(torch.len(g)):
      torch.append(steps, count)
    broken = torch.to(torch.bitwise_not(torch.isfinite(norm)), 6)
    torch._fused_adamw_(self.reached(parameters, gradients), g, self.reached(firsts, gradients), self.reached(seconds, gradients), annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False, grad_scale=divisor, found_inf=broken)
  return norm

def root_mean_square(self, x: Tensor) -> Tensor:
  return torch.sqrt(torch.mean(torch.square(x)))

def adafactor(self, norm: Tensor, limit: float, parameters: List[Tensor], gradients: List[Tensor], rows: List[Tensor], columns: List[Tensor], decaying: int, step: int, rate: float, decay_rate: float, threshold: float, decay: float, smallest: float) -> Tensor:
  # Squares of a matrix are kept as the means of its rows and columns, those of a vector whole, in rows.
  # Where smallest is above 0, the rate is relative to a parameter's root mean square, or to smallest if that is less.
  if bool(torch.isfinite(norm)):
    keep = float(step) ** decay_rate
    divisor = self.clip_divisor(norm, limit)
    for i in range(torch.len(parameters)):
      if torch.numel(gradients[i]) > 0:
        p = parameters[i]
        update = self.adafactor_update(gradients[i] / divisor, rows[i], columns[i], keep, threshold)
        if smallest > 0:
          update = update * torch.clamp(self.root_mean_square(p), smallest)
        if i < decaying and decay > 0:
          torch.mul_(p, 1 - rate * decay)
        torch.sub_(p, update, alpha=rate)
  return norm

def adafactor_update(self, gradient: Tensor, row: Tensor, column: Tensor, keep: float, threshold: float) -> Tensor:
  squares = torch.square(gradient) + 1.0000000000000001e-30
  if torch.dim(gradient) >= 2:
    torch.lerp_(row, torch.mean(squares, [-1]), keep)
    torch.lerp_(column, torch.mean(squares, [-2]), keep)
    r = torch.unsqueeze(torch.rsqrt(row / torch.mean(row, [-1], True)), -1)
    update = gradient * (r * torch.unsqueeze(torch.rsqrt(column), -2))
  else:
    torch.lerp_(row, squares, keep)
    update = gradient * torch.rsqrt(row)
  return update / torch.clamp(self.root_mean_square(update) / threshold, 1)
