package dev.fusebox.training.write;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.task.AttentionMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Has a model read a question again, and what it wrote, to see where it looked. One question at a
 * time: nothing is padded.
 */
record AttentionWatch(T5Model model, BatchMaker maker, Tokenizer tokenizer) {

  /** Of how many questions. */
  static final int QUESTIONS = 6;

  /** A report has no room for more words of a question. */
  private static final int TOKENS = 128;

  private static final double DIGITS = 1000;

  /**
   * Where the model looked.
   *
   * @param written token ids for each of the examples; padding and end marks may follow
   */
  List<AttentionMap> of(List<Example> examples, List<int[]> written) {
    List<AttentionMap> maps = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      AttentionMap map = of(examples.get(i), sentence(written.get(i)));
      if (!map.layers().isEmpty()) {
        maps.add(map);
      }
    }
    return maps;
  }

  /** Up to the end mark, which is left in: it, too, was written with a look at the picture. */
  private static int[] sentence(int[] written) {
    int length = 0;
    while (length < written.length && written[length] != Tokenizer.END) {
      length++;
    }
    return Arrays.copyOf(written, Math.min(length + 1, written.length));
  }

  private AttentionMap of(Example example, int[] written) {
    Batch batch = maker.make(List.of(new Example(example.id(), example.source(), written, "")));
    try (Step step = Step.inference(model.parameters().manager())) {
      EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
      NDArray inputs = batch.inputs().ids(step.manager());
      model.decode(inputs, reading.encoded(), reading.pass(), Mode.INFERENCE);
      return new AttentionMap(
          example.id(),
          tokens(example.source()),
          tokens(written),
          layers(reading.pass().diagnostics()),
          maker.pictures().orElseThrow().grid());
    }
  }

  private List<String> tokens(int[] ids) {
    return Arrays.stream(ids).limit(TOKENS).mapToObj(this::word).toList();
  }

  /** An embedding has more rows than the vocabulary has words, and a model may write any. */
  private String word(int id) {
    return id < tokenizer.size() ? tokenizer.token(id).replace('▁', ' ').strip() : "?";
  }

  private List<AttentionMap.Layer> layers(Diagnostics diagnostics) {
    List<AttentionMap.Layer> layers = new ArrayList<>();
    for (Map.Entry<String, NDArray> map : diagnostics.attention().entrySet()) {
      boolean writing = map.getKey().startsWith(Diagnostics.DECODER);
      layers.add(
          new AttentionMap.Layer(
              map.getKey(), writing, weights(map.getValue(), writing ? 0 : model.virtualTokens())));
    }
    return layers;
  }

  /**
   * (1, T, P) as rows of numbers with three digits: more are not seen.
   *
   * @param before rows of what is no word
   */
  private static List<List<Double>> weights(NDArray map, int before) {
    long patches = map.getShape().get(2);
    float[] all = map.toFloatArray();
    List<List<Double>> rows = new ArrayList<>();
    for (int from = before * (int) patches;
        from < all.length && rows.size() < TOKENS;
        from += (int) patches) {
      List<Double> row = new ArrayList<>();
      for (int i = 0; i < patches; i++) {
        row.add(Math.round(DIGITS * all[from + i]) / DIGITS);
      }
      rows.add(row);
    }
    return rows;
  }
}
