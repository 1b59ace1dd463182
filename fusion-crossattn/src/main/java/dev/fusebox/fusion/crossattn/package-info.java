/**
 * Gated cross-attention to the picture inside the blocks: Flamingo (Alayrac et al. 2022, arXiv
 * 2204.14198) and the image-grounded text encoder of BLIP (Li et al. 2022, arXiv 2201.12086).
 *
 * <p>Letters: B batch, T text length (or target length in the decoder), P vectors of a question's
 * pictures, M pictures, N latents, S vectors that the text attends to, D width of the text states,
 * W width of those vectors, V width of the picture's vectors, H heads, K width of a head.
 */
package dev.fusebox.fusion.crossattn;
