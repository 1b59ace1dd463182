package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The inserted blocks of one stack with what they remember of a batch's pictures. */
final class Attended {

  /** What a block was last asked. */
  private record Look(NDArray hidden, NDArray mask) {}

  private final String prefix; // of its blocks in diagnostics
  private final UnaryOperator<NDArray> toPatches; // attention (B, T, S) to (B, T, P)
  private final Map<Integer, InsertedBlock> blocks;
  private final Map<Integer, NDArray> memories; // (B, S, 2·H·K) each
  private final Map<Integer, Look> last = new HashMap<>();

  /** Computes the keys and values of {@code media} (B, S, W), once for all tokens and beams. */
  Attended(
      String prefix,
      Map<Integer, InsertedBlock> blocks,
      NDArray media,
      UnaryOperator<NDArray> toPatches) {
    this(
        prefix,
        toPatches,
        blocks,
        blocks.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().remember(media))));
  }

  private Attended(
      String prefix,
      UnaryOperator<NDArray> toPatches,
      Map<Integer, InsertedBlock> blocks,
      Map<Integer, NDArray> memories) {
    this.prefix = prefix;
    this.toPatches = toPatches;
    this.blocks = blocks;
    this.memories = memories;
  }

  /** S: how many vectors the text attends to. */
  long vectors() {
    return memories.values().iterator().next().getShape().get(1);
  }

  boolean has(int block) {
    return blocks.containsKey(block);
  }

  /** Runs the block on (B, T, D) with masks (B, S) or (B, T, S), and (B, S). */
  NDArray look(int block, NDArray hidden, NDArray mask, NDArray whole) {
    last.put(block, new Look(hidden, mask));
    return blocks.get(block).apply(hidden, memories.get(block), mask, whole);
  }

  /** For other rows of the batch. */
  Attended select(NDArray rows) {
    return new Attended(
        prefix,
        toPatches,
        blocks,
        memories.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> blocks.get(e.getKey()).select(e.getValue(), rows))));
  }

  /** Gates of all blocks, attention maps of those that have run. */
  Diagnostics diagnostics() {
    Map<String, Double> gates = new TreeMap<>();
    Map<String, NDArray> maps = new TreeMap<>();
    blocks.forEach(
        (number, block) ->
            block.gates().forEach((name, value) -> gates.put(prefix + number + "." + name, value)));
    last.forEach(
        (number, look) -> {
          if (!look.hidden().isReleased()) {
            NDArray weights =
                blocks.get(number).weights(look.hidden(), memories.get(number), look.mask());
            maps.put(prefix + number, toPatches.apply(weights));
          }
        });
    return new Diagnostics(gates, maps);
  }
}
