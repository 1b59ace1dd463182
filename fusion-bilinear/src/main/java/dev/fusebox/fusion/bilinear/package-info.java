/**
 * Low-rank bilinear pooling after the encoder: MLB, MFB and MUTAN.
 *
 * <p>Letters: B batch, T text length, P patches, D width of the text states, V width of the
 * picture's vectors, S width of the picture input (D if attended to, else V), O outputs, K factors
 * of each, I inner width.
 */
package dev.fusebox.fusion.bilinear;
