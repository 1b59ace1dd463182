/**
 * Vision transformers whose weights can be trained: ViT (Dosovitskiy et al. 2021), under the names
 * of Hugging Face and of timm, and the vision tower of CLIP (Radford et al. 2021).
 *
 * <p>Letters: B batch, P patches, N = 1 + P places, the class token first, D width, F width of the
 * feed-forward. There is no dropout, as in the published models.
 */
package dev.fusebox.vision.transformer;
