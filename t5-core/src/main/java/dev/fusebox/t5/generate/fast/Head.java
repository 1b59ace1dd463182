package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;

/**
 * The matrix that scores every token of the vocabulary.
 *
 * @param matrix (V, D) in its layout, with the last norm's weights in it
 */
public record Head(NDArray matrix, Layout layout) {}
