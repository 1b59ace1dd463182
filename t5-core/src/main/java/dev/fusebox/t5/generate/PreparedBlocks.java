package dev.fusebox.t5.generate;

import dev.fusebox.t5.generate.fast.StoredMatrices;

/**
 * The matrices of the decoder's blocks, laid out for writing. What reads a norm has the norm's
 * weights in it.
 *
 * @param selfInput (3·H·K, D): query, key and value of self-attention
 * @param selfOutput (D, H·K)
 * @param crossQuery (H·K, D)
 * @param crossOutput (D, H·K)
 * @param inner (F, D), or (2·F, D): gate and inner
 * @param outer (D, F)
 */
record PreparedBlocks(
    StoredMatrices selfInput,
    StoredMatrices selfOutput,
    StoredMatrices crossQuery,
    StoredMatrices crossOutput,
    StoredMatrices inner,
    StoredMatrices outer) {}
