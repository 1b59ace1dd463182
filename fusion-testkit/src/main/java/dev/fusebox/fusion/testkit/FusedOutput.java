package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;

/**
 * What a model makes of an input.
 *
 * @param pass the fusion's pass, after use
 * @param encoded what the decoder read
 * @param logits (B, U, vocabulary)
 * @since 0.1
 */
public record FusedOutput(FusionPass pass, TextStates encoded, NDArray logits) {}
