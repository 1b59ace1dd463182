package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Decoding.Beam;
import dev.fusebox.t5.generate.Decoding.Sampling;
import dev.fusebox.tensor.Step;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes with a model, as long as its weights stay what they are. Holds the decoder's weights a
 * second time (38 million numbers, 150 MB, for T5-small), in the layout in which this machine
 * multiplies fastest, and for greedy writing the head in a smaller form (up to 33 MB); so one
 * generator is made for many batches.
 *
 * <pre>{@code
 * try (Generator generator = Generator.of(model); Step step = Step.inference(root)) {
 *   FusionPass pass = model.see(pictures, Mode.INFERENCE);
 *   TextStates encoded = model.encode(ids, mask, pass, Mode.INFERENCE);
 *   List<List<Generated>> sentences = generator.generate(encoded, pass, config);
 * }
 * }</pre>
 *
 * <p>Not safe for threads.
 */
public final class Generator implements AutoCloseable {

  private final T5Model model;
  private final WritingScripts scripts;
  private final PreparedDecoder decoder;

  private Generator(T5Model model, WeightPrecision weights) {
    this.model = model;
    scripts = WritingScripts.compile(model.config(), model.parameters().manager());
    decoder = new PreparedDecoder(model, scripts, weights);
  }

  /** A generator for the weights as they are when it first writes. */
  public static Generator of(T5Model model) {
    return of(model, WeightPrecision.FLOAT32);
  }

  /**
   * A generator that reads the decoder's matrices in that precision.
   *
   * @throws IllegalArgumentException if the model's device has no products of it
   */
  public static Generator of(T5Model model, WeightPrecision weights) {
    if (weights == WeightPrecision.INT8 && model.parameters().manager().getDevice().isGpu()) {
      throw new IllegalArgumentException(
          "weights must be float32 or bfloat16 on a GPU, found int8, which is for the CPU");
    }
    return new Generator(model, weights);
  }

  /**
   * Writes. Nothing stays behind but the result.
   *
   * @param encoded what the encoder read, B inputs
   * @param pass the fusion's pass that read it
   * @return for each input as many sentences as {@code config} asks for; those of a beam search
   *     best first
   */
  public List<List<Generated>> generate(
      TextStates encoded, FusionPass pass, GenerationConfig config) {
    try (Step step = Step.inference(encoded.hidden().getManager())) {
      if (config.decoding() instanceof Beam beam) {
        return search(beam, encoded, pass, config);
      }
      if (config.decoding() instanceof Sampling sampling) {
        int[] rows = repeated(inputs(encoded), sampling.sequences());
        NDArray inputOfRow = step.manager().create(IntStream.of(rows).asLongStream().toArray());
        TextStates each = select(encoded, inputOfRow);
        Choice choice = new RandomChoice(scripts.tokens(), sampling, rows.length);
        return grouped(
            sampling.sequences(), writeRows(each, pass.select(inputOfRow), config, choice));
      }
      return grouped(1, writeRows(encoded, pass, config, Generator::likeliest));
    }
  }

  private static int inputs(TextStates encoded) {
    return (int) encoded.hidden().getShape().get(0);
  }

  private static int[] repeated(int inputs, int times) {
    return IntStream.range(0, inputs * times).map(row -> row / times).toArray();
  }

  private TextStates select(TextStates encoded, NDArray rows) {
    return new TextStates(
        model.ops().selectRows(encoded.hidden(), rows),
        model.ops().selectRows(encoded.mask(), rows),
        encoded.related());
  }

  private static Chosen likeliest(
      DecoderState state, NDArray ids, NDArray banned, List<Integer> sentences) {
    return Chosen.tokens(state.likeliest(ids, banned));
  }

  private List<Generated> writeRows(
      TextStates encoded, FusionPass pass, GenerationConfig config, Choice choice) {
    try (DecoderState state = state(encoded, pass, 1, config)) {
      int startId = model.config().startId();
      return new RowSearch(state, inputs(encoded), startId, bannedTokens(config), choice)
          .write(config.maxNewTokens());
    }
  }

  private static List<List<Generated>> grouped(int each, List<Generated> rows) {
    return IntStream.range(0, rows.size() / each)
        .mapToObj(input -> rows.subList(input * each, (input + 1) * each))
        .toList();
  }

  private List<List<Generated>> search(
      Beam beam, TextStates encoded, FusionPass pass, GenerationConfig config) {
    T5Config shape = model.config();
    List<InputBeams> inputs =
        Stream.generate(
                () -> new InputBeams(beam, config.maxNewTokens(), shape.startId(), shape.endId()))
            .limit(inputs(encoded))
            .toList();
    try (DecoderState state = state(encoded, pass, beam.beams(), config)) {
      return new BeamSearch(state, scripts.tokens(), beam, bannedTokens(config), inputs)
          .write(config.maxNewTokens());
    }
  }

  private DecoderState state(
      TextStates encoded, FusionPass pass, int group, GenerationConfig config) {
    return new DecoderState(model, scripts, decoder, encoded, pass, group, config.maxNewTokens());
  }

  private BannedTokens bannedTokens(GenerationConfig config) {
    return new BannedTokens(
        model.config().vocabulary(),
        model.config().endId(),
        config.minNewTokens(),
        config.noRepeatNgram());
  }

  @Override
  public void close() {
    decoder.close();
  }
}
