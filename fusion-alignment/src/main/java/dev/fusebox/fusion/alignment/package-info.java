/**
 * Losses that align text and picture, next to another fusion: CLIP, ALBEF.
 *
 * <p>Letters: B batch, T text length, P patches, D width of the text states, V width of the
 * picture's vectors, W width of the shared space.
 */
package dev.fusebox.fusion.alignment;
