/**
 * Gated fusion after the encoder, as in Multimodal-CoT (Zhang et al. 2023, arXiv 2302.00923).
 *
 * <p>Letters: B batch, T text length, P patches, R distinct patches, D width of the text states, V
 * width of the picture's vectors, H heads.
 */
package dev.fusebox.fusion.gated;
