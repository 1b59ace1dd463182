package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The passes of several fusions over one batch, one after the other at each place. */
final class JoinedPass implements FusionPass {

  private final Map<String, FusionPass> parts;
  private TextStates words; // the text as it was embedded, where tokens were put among it
  private TextStates lengthened; // the text with these tokens

  JoinedPass(Map<String, FusionPass> parts) {
    this.parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** By name, in their order. */
  Map<String, FusionPass> parts() {
    return parts;
  }

  private <T> T through(T start, BiFunction<FusionPass, T, T> hook) {
    T result = start;
    for (FusionPass part : parts.values()) {
      result = hook.apply(part, result);
    }
    return result;
  }

  @Override
  public TextStates atEmbeddings(TextStates text) {
    TextStates result = through(text, FusionPass::atEmbeddings);
    if (length(result) > length(text)) {
      words = text;
      lengthened = result;
    }
    return result;
  }

  private static long length(TextStates text) {
    return text.mask().getShape().get(1);
  }

  @Override
  public TextStates beforeEncoderBlock(int block, TextStates text) {
    return through(text, (part, states) -> part.beforeEncoderBlock(block, states));
  }

  @Override
  public TextStates afterSelfAttention(int block, TextStates text) {
    return through(text, (part, states) -> part.afterSelfAttention(block, states));
  }

  @Override
  public TextStates afterEncoder(TextStates text) {
    return through(text, FusionPass::afterEncoder);
  }

  @Override
  public NDArray beforeDecoderBlock(int block, NDArray hidden) {
    return through(hidden, (part, states) -> part.beforeDecoderBlock(block, states));
  }

  @Override
  public NDArray afterDecoder(NDArray hidden) {
    return through(hidden, FusionPass::afterDecoder);
  }

  @Override
  public NDArray atLogits(NDArray logits) {
    return through(logits, FusionPass::atLogits);
  }

  @Override
  public Map<String, NDArray> auxiliaryLosses() {
    Map<String, NDArray> losses = new LinkedHashMap<>();
    parts.forEach(
        (name, part) ->
            part.auxiliaryLosses().forEach((loss, value) -> losses.put(name + "." + loss, value)));
    return losses;
  }

  @Override
  public FusionPass select(NDArray rows) {
    Map<String, FusionPass> others = new LinkedHashMap<>();
    parts.forEach((name, part) -> others.put(name, part.select(rows)));
    return new JoinedPass(others);
  }

  /** Of each part under its name; maps of the text have a row for each of its own tokens. */
  @Override
  public Diagnostics diagnostics() {
    Map<String, Double> gates = new TreeMap<>();
    Map<String, NDArray> maps = new TreeMap<>();
    parts.forEach(
        (name, part) -> {
          Diagnostics own = part.diagnostics();
          own.gates().forEach((gate, value) -> gates.put(name + "." + gate, value));
          own.attention().forEach((map, weights) -> put(name, map, weights, maps));
        });
    return new Diagnostics(gates, maps);
  }

  private void put(String part, String map, NDArray weights, Map<String, NDArray> into) {
    if (map.startsWith(Diagnostics.DECODER)) {
      String rest = map.substring(Diagnostics.DECODER.length());
      into.put(Diagnostics.DECODER + part + "." + rest, weights);
    } else {
      into.put(part + "." + map, ofWords(weights));
    }
  }

  /**
   * (B, any, P) to (B, T, P), without the rows of tokens that were put before or behind the text.
   */
  private NDArray ofWords(NDArray weights) {
    if (lengthened == null || weights.getShape().get(1) != length(lengthened)) {
      return weights;
    }
    long before = textComesFirst() ? 0 : length(lengthened) - length(words);
    return weights.get(":, " + before + ":" + (before + length(words)));
  }

  private boolean textComesFirst() {
    return lengthened.hidden().get(":, :" + length(words)).contentEquals(words.hidden());
  }
}
