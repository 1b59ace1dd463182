/**
 * Losses that bring text and picture together, beside whatever fusion there is: CLIP, ALBEF.
 *
 * <p>Letters: B batch, T text length, P patches, D width of the text states, V width of the
 * picture's vectors, W width of the space in which both are compared.
 */
package dev.fusebox.fusion.alignment;
