/**
 * The T5 encoder-decoder (Raffel et al. 2020), v1.0 and v1.1, exact to Hugging Face's
 * implementation, with the hooks where a fusion may act. Read it in this order:
 *
 * <ol>
 *   <li>{@link dev.fusebox.t5.T5Config}: the shape;
 *   <li>{@link dev.fusebox.t5.T5Model}: embedding, encoder, decoder, head, and the fusion's pass;
 *   <li>{@code Encoder} and {@code Decoder}: their blocks and the hooks between them, a screen
 *       each;
 *   <li>{@code SelfAttention}, {@code CrossAttention}, {@code FeedForward}: the sub-layers; {@code
 *       PositionBias} and {@code RelativePositions}: relative position bias;
 *   <li>{@link dev.fusebox.t5.AttentionWeights}, {@link dev.fusebox.t5.FeedForwardWeights}: the
 *       weights with their shapes, each a {@link dev.fusebox.t5.Matrix} used by training and
 *       generation alike; {@code Blueprint} makes them;
 *   <li>{@code T5Script} and {@code t5.py}: what a sub-layer computes, one call into libtorch each.
 * </ol>
 *
 * <p>Token-by-token generation with the same weights is {@link dev.fusebox.t5.generate}.
 *
 * <p>Letters: B batch, T text length, U target length, S length of what the decoder reads (T, or
 * more where a fusion lengthened it), H heads, K width of a head, D width, F width of the
 * feed-forward.
 */
package dev.fusebox.t5;
