/**
 * Two streams that attend to each other after the encoder: LXMERT, and ViLBERT, with separate
 * weights per direction.
 *
 * <p>Letters: B batch, T text length, P patches, N = T + P, D width of both streams, V width of the
 * picture's vectors.
 */
package dev.fusebox.fusion.coattention;
