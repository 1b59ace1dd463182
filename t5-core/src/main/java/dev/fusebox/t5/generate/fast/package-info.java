/**
 * Faster generation with the same tokens: matrices in the layout that this machine multiplies
 * fastest, measured at first use, and the most probable token without computing all logits.
 *
 * <p>Letters: R rows being generated, V vocabulary, D width.
 */
package dev.fusebox.t5.generate.fast;
