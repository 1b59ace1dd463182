package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The decoder's weights in the order in which {@code generate.py} reads them. */
final class WritingWeights {

  /** Kinds of matrix: six in each block, and the head. */
  static final int KINDS = 7;

  private static final int PER_BLOCK = 9;

  /** The kind of matrix at each place of a block; -1: a norm. */
  private static final int[] KIND_AT = {-1, 0, 1, -1, 2, 3, -1, 4, 5};

  private final List<NDArray> arrays;
  private final long[] layouts;

  /**
   * Weights in their layouts.
   *
   * @param arrays 9 per block, final norm, head
   * @param layouts of each kind of matrix
   */
  WritingWeights(List<NDArray> arrays, List<Layout> layouts) {
    this.arrays = arrays;
    this.layouts = layouts.stream().mapToLong(Layout::code).toArray();
  }

  /** For the script: 9 per block, final norm, head. */
  List<NDArray> arrays() {
    return arrays;
  }

  /** For the script: how each kind of matrix is stored. */
  long[] layouts() {
    return layouts;
  }

  /** The kind of the array at {@code index}; -1: a norm. */
  static int kind(int index, int size) {
    if (index >= size - 2) {
      return index == size - 1 ? KINDS - 1 : -1;
    }
    return KIND_AT[index % PER_BLOCK];
  }

  /** The matrices of that kind. */
  static Stream<NDArray> ofKind(int kind, List<NDArray> arrays) {
    return IntStream.range(0, arrays.size())
        .filter(i -> kind(i, arrays.size()) == kind)
        .mapToObj(arrays::get);
  }

  /**
   * The names of the parameters that lie beside each other in each array: queries, keys and values
   * are one product, so are gate and inner.
   */
  static List<List<String>> names(T5Config config) {
    List<List<String>> names = new ArrayList<>();
    for (int i = 0; i < config.decoderDepth(); i++) {
      String self = "decoder.block." + i + ".layer.0.";
      String cross = "decoder.block." + i + ".layer.1.";
      String feedForward = "decoder.block." + i + ".layer.2.";
      String dense = feedForward + "DenseReluDense.";
      names.add(List.of(self + "layer_norm.weight"));
      names.add(
          List.of(
              self + "SelfAttention.q.weight",
              self + "SelfAttention.k.weight",
              self + "SelfAttention.v.weight"));
      names.add(List.of(self + "SelfAttention.o.weight"));
      names.add(List.of(cross + "layer_norm.weight"));
      names.add(List.of(cross + "EncDecAttention.q.weight"));
      names.add(List.of(cross + "EncDecAttention.o.weight"));
      names.add(List.of(feedForward + "layer_norm.weight"));
      names.add(
          config.gated()
              ? List.of(dense + "wi_0.weight", dense + "wi_1.weight")
              : List.of(dense + "wi.weight"));
      names.add(List.of(dense + "wo.weight"));
    }
    names.add(List.of("decoder.final_layer_norm.weight"));
    names.add(List.of("lm_head.weight"));
    return names;
  }

  /** Keys and values of what was read: two matrices per block. */
  static List<NDArray> memory(T5Model model) {
    List<NDArray> matrices = new ArrayList<>();
    for (int i = 0; i < model.config().decoderDepth(); i++) {
      String cross = "decoder.block." + i + ".layer.1.EncDecAttention.";
      matrices.add(model.parameters().get(cross + "k.weight"));
      matrices.add(model.parameters().get(cross + "v.weight"));
    }
    return matrices;
  }
}
