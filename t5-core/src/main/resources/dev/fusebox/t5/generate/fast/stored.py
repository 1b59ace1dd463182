# Matrices (out, in) of one kind, one per block, with the layout that all of them have, as Layout numbers it: tensors, or for
# bytes packed objects instead; StoredMatrices.

type Stored = Tuple[List[Tensor], Optional[List[Bytes]], int]
type Bytes = __torch__.torch.classes.quantized.LinearPackedParamsBase
