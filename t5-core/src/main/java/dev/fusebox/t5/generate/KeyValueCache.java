package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The KV cache: what the decoder's attention remembers of the tokens so far and of the input.
 *
 * @param caches of each block, keys and values of the tokens so far: (2, R at first, H, capacity,
 *     K)
 * @param memories of each block, keys and values of the input: (2, B at first, H, S, K)
 * @param positions (H, capacity): the bias of the distances {@code -(capacity - 1)} to 0
 * @param mask of the input, additive: (B, 1, 1, S)
 */
record KeyValueCache(
    List<NDArray> caches, List<NDArray> memories, NDArray positions, NDArray mask) {}
