/**
 * The extension point of Fusebox: what a fusion implements.
 *
 * <p>Letters, here and in every fusion: B batch, T text length, P vectors of a picture ("patches"),
 * D width of the text states, V width of the picture's vectors, H heads, L layer.
 *
 * <p><b>Masks</b> are fp32, 1 = visible, 0 = padding. An all-zero row of a picture's mask means "no
 * picture".
 *
 * <p><b>Ownership.</b> Parameters live in {@link dev.fusebox.tensor.Parameters}; all other arrays
 * of a pass belong to the caller's {@link dev.fusebox.tensor.Step} and are freed with it. A fusion
 * keeps no state between passes.
 *
 * <p><b>Order.</b> {@link dev.fusebox.fusion.Fusion#begin begin} once per batch, then the hooks of
 * the pass in the order in which {@link dev.fusebox.fusion.FusionPass} lists them; those of the
 * decoder once per token during generation.
 */
package dev.fusebox.fusion;
