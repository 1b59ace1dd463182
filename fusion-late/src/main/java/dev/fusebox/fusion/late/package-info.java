/**
 * Late fusion: a reader of the text alone and a reader of the picture, whose logits are mixed.
 *
 * <p>Letters: B batch, T text length, U length of the target, P patches, D width of the text
 * states, V width of the picture's vectors.
 */
package dev.fusebox.fusion.late;
