package dev.fusebox.t5.decoder;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.t5.attention.KeyValues;
import java.util.List;

/**
 * Where a batch of half-written sentences stands.
 *
 * @param memories keys and values of the encoder's states, per block
 * @param caches keys and values of the tokens so far, per block; filled up to {@code length}
 * @param mask additive, of the encoder's states: (B, 1, 1, S)
 * @param positions (H, capacity): the position bias by distance
 * @param pass the fusion's pass for these rows
 * @param length how many tokens are in the caches
 */
public record DecoderState(
    List<KeyValues> memories,
    List<KeyValues> caches,
    NDArray mask,
    NDArray positions,
    FusionPass pass,
    int length) {

  /** The state after one more {@link Decoder#step}. */
  public DecoderState advanced() {
    return new DecoderState(memories, caches, mask, positions, pass, length + 1);
  }
}
