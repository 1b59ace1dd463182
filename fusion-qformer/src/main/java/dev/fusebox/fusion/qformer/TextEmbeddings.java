package dev.fusebox.fusion.qformer;

import ai.djl.ndarray.NDArray;

/**
 * A question as the queries read it.
 *
 * @param words (B, T, W), without their places
 * @param mask (B, T)
 */
record TextEmbeddings(NDArray words, NDArray mask) {}
