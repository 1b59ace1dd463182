# The tensor functions of the Q-Former; the face is QFormerScript. B batch, Q queries, T text length, P patches, N = Q + T where the queries read the
# question, else Q; D width of the text states, V width of a patch, W width of the Q-Former. compute: the dtype of matrix products.

def norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.layer_norm(x, weight, bias, 9.9999999999999998e-13)

def words(self, embeddings: Tensor, weight: Tensor, bias: Tensor, compute: int) -> Tensor:
  # (B, T, D) to (B, T, W); T5's embeddings are brought to one length first
  x = torch.rms_norm(embeddings, [torch.size(embeddings, -1)], None, 9.9999999999999995e-07)
  return self.linear_bias(x, weight, bias, compute)

def placed(self, words: Tensor, positions: Tensor) -> Tensor:
  # words (B, T, W), positions (any, W); those past the table share its last row
  counted = torch.cumsum(torch.new_ones(words, [torch.size(words, 1)]), 0) - 1
  places = torch.clamp(torch.to(counted, 4), None, torch.size(positions, 0) - 1)
  return words + torch.embedding(positions, places)

def embed(self, features: Tensor, query_tokens: Tensor, norm_weight: Tensor, norm_bias: Tensor, words: Optional[Tensor], positions: Optional[Tensor], dropout: float) -> Tensor:
  # query_tokens (1, Q, W), words (B, T, W) to (B, N, W); as many rows as features
  x = torch.expand(query_tokens, [torch.size(features, 0), -1, -1])
  if torch.__isnot__(words, None):
    w = unchecked_cast(Tensor, words)
    if torch.__isnot__(positions, None):
      w = self.placed(w, unchecked_cast(Tensor, positions))
    x = torch.cat([x, w], 1)
  return self.dropout(self.norm(x, norm_weight, norm_bias), dropout)

def visible(self, mask: Tensor, question_mask: Optional[Tensor], queries: int) -> Tensor:
  # (B, N): all queries, and what counts of the question; as many rows as mask
  m = torch.new_ones(mask, [torch.size(mask, 0), queries])
  if torch.__isnot__(question_mask, None):
    m = torch.cat([m, unchecked_cast(Tensor, question_mask)], 1)
  return m

def attend_to(self, x: Tensor, memory: Tensor, mask: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], heads: int, dropout: float, compute: int) -> Tensor:
  # x (B, any, W), memory (B, S, W or V), mask (B, S)
  query_weight, query_bias, key_weight, key_bias, value_weight, value_bias, output_weight, output_bias, norm_weight, norm_bias, = weights
  q = self.linear_bias(x, query_weight, query_bias, compute)
  k = self.linear_bias(memory, key_weight, key_bias, compute)
  v = self.linear_bias(memory, value_weight, value_bias, compute)
  y = self.attention(q, k, v, mask, heads, (torch.size(q, -1) / heads) ** -0.5, dropout, compute)
  y = self.dropout(self.linear_bias(y, output_weight, output_bias, compute), dropout)
  return self.norm(x + y, norm_weight, norm_bias)

def feed_forward(self, x: Tensor, weights: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], dropout: float, compute: int) -> Tensor:
  up_weight, up_bias, down_weight, down_bias, norm_weight, norm_bias, = weights
  y = torch.gelu(self.linear_bias(x, up_weight, up_bias, compute))
  y = self.dropout(self.linear_bias(y, down_weight, down_bias, compute), dropout)
  return self.norm(x + y, norm_weight, norm_bias)

def layer(self, x: Tensor, visible: Tensor, features: Tensor, mask: Tensor, queries: int, attention: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], cross_attention: Optional[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]], dense: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], text_dense: Optional[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]], heads: int, dropout: float, compute: int) -> Tensor:
  # x (B, N, W), visible (B, N), features (B, P, V), mask (B, P) to (B, N, W), or to (B, Q, W) where the text has no feed-forward
  asking = x
  if torch.__is__(text_dense, None):
    asking = x[:, :queries]
  y = self.attend_to(asking, x, visible, attention, heads, dropout, compute)
  q = y[:, :queries]
  if torch.__isnot__(cross_attention, None):
    looking = unchecked_cast(Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], cross_attention)
    q = self.attend_to(q, features, mask, looking, heads, dropout, compute)
  z = self.feed_forward(q, dense, dropout, compute)
  if torch.__isnot__(text_dense, None):
    text = unchecked_cast(Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor], text_dense)
    z = torch.cat([z, self.feed_forward(y[:, queries:], text, dropout, compute)], 1)
  return z
