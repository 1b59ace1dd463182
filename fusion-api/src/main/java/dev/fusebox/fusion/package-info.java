/**
 * What a fusion is: the one open point of Fusebox.
 *
 * <p>Letters, here and in every fusion: B batch, T text length, P vectors of a picture ("patches"),
 * D width of the text states, V width of the picture's vectors, H heads, L layer.
 *
 * <p><b>Masks</b> are fp32, 1 = counts, 0 = padding. An all-zero row of a picture's mask means "no
 * picture".
 *
 * <p><b>Ownership.</b> Parameters live in {@link dev.fusebox.tensor.Parameters}; everything made
 * during a pass belongs to the caller's {@link dev.fusebox.tensor.Step} and dies with it. A fusion
 * stores nothing between passes.
 *
 * <p><b>Order.</b> {@link dev.fusebox.fusion.Fusion#begin begin} once per batch, then the hooks of
 * the pass in the order in which {@link dev.fusebox.fusion.FusionPass} lists them; those of the
 * decoder once per token when decoding step by step.
 */
package dev.fusebox.fusion;
