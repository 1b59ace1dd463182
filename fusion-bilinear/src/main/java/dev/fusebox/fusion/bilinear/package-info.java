/**
 * Bilinear pooling in low rank after the encoder: MLB, MFB and MUTAN.
 *
 * <p>Letters: B batch, T text length, P patches, D width of the text states, V width of the
 * picture's vectors, S width of what is seen (D where it was attended to, else V), O outputs, K
 * factors of each, I inner width.
 */
package dev.fusebox.fusion.bilinear;
