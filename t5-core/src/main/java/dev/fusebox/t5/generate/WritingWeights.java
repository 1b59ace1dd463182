package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.fast.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The matrices of the decoder's blocks in the order in which {@code generate.py} reads them. */
final class WritingWeights {

  /** Kinds of matrix in each block. */
  static final int KINDS = 6;

  /**
   * Where a matrix comes from.
   *
   * @param parameters lie beside each other in it
   * @param norm the parameter of the norm that it reads and whose weights it takes in; none: it
   *     reads no norm
   */
  record Source(List<String> parameters, List<String> norm) {

    static Source plain(String parameter) {
      return new Source(List.of(parameter), List.of());
    }

    static Source ofNorm(String norm, String... parameters) {
      return new Source(List.of(parameters), List.of(norm));
    }
  }

  private final List<NDArray> arrays;
  private final long[] layouts;

  /**
   * Weights in their layouts.
   *
   * @param arrays 6 per block
   * @param layouts of each kind of matrix
   */
  WritingWeights(List<NDArray> arrays, List<Layout> layouts) {
    this.arrays = arrays;
    this.layouts = layouts.stream().mapToLong(Layout::code).toArray();
  }

  /** For the script: 6 per block. */
  List<NDArray> arrays() {
    return arrays;
  }

  /** For the script: how each kind of matrix is stored. */
  long[] layouts() {
    return layouts;
  }

  /** The matrices of that kind. */
  static List<NDArray> ofKind(int kind, List<NDArray> arrays) {
    return IntStream.range(0, arrays.size())
        .filter(i -> i % KINDS == kind)
        .mapToObj(arrays::get)
        .toList();
  }

  /**
   * Where each array comes from: queries, keys and values are one product, so are gate and inner.
   */
  static List<Source> sources(T5Config config) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < config.decoderDepth(); i++) {
      String self = "decoder.block." + i + ".layer.0.";
      String cross = "decoder.block." + i + ".layer.1.";
      String feedForward = "decoder.block." + i + ".layer.2.";
      String q = self + "SelfAttention.q.weight";
      String k = self + "SelfAttention.k.weight";
      String v = self + "SelfAttention.v.weight";
      sources.add(Source.ofNorm(self + "layer_norm.weight", q, k, v));
      sources.add(Source.plain(self + "SelfAttention.o.weight"));
      sources.add(Source.ofNorm(cross + "layer_norm.weight", cross + "EncDecAttention.q.weight"));
      sources.add(Source.plain(cross + "EncDecAttention.o.weight"));
      sources.add(Source.ofNorm(feedForward + "layer_norm.weight", inner(feedForward, config)));
      sources.add(Source.plain(feedForward + "DenseReluDense.wo.weight"));
    }
    return sources;
  }

  private static String[] inner(String feedForward, T5Config config) {
    String dense = feedForward + "DenseReluDense.";
    return config.gated()
        ? new String[] {dense + "wi_0.weight", dense + "wi_1.weight"}
        : new String[] {dense + "wi.weight"};
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
