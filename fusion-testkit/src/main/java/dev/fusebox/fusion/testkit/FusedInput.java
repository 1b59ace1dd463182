package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.VisionFeatures;

/**
 * A batch of questions with pictures.
 *
 * @param ids int64 (B, T)
 * @param mask (B, T), 1 = token, 0 = padding
 * @param vision the pictures
 * @param targets int64 (B, U): decoder input
 * @since 0.1
 */
public record FusedInput(NDArray ids, NDArray mask, VisionFeatures vision, NDArray targets) {}
