package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;

/**
 * A model's output for an input.
 *
 * @param pass the fusion's pass, after use
 * @param encoded the encoder's output, as read by the decoder
 * @param logits (B, U, vocabulary)
 * @since 0.1
 */
public record FusedOutput(FusionPass pass, TextStates encoded, NDArray logits) {}
