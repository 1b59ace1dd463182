package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.TinyT5;
import dev.fusebox.t5.generate.Decoding.Beam;
import dev.fusebox.t5.generate.Decoding.Greedy;
import dev.fusebox.t5.generate.Decoding.Sampling;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorTest {

  private static final int END = TinyT5.CONFIG.endId();
  private static final int INPUTS = 5;

  private TinyT5 tiny;
  private Generator generator;

  @BeforeEach
  void open() {
    tiny = new TinyT5();
    generator = Generator.of(tiny.model());
  }

  @AfterEach
  void close() {
    generator.close();
    tiny.close();
  }

  /** Lets sentences end: random weights alone hardly would. Adds its say to the scores. */
  private record Ending(float by) implements FusionPass {

    @Override
    public NDArray atLogits(NDArray logits) {
      logits.get(":, :, " + END).addi(by);
      return logits;
    }
  }

  /** Lets each row's sentence end after so many tokens. */
  private static final class EndingAt implements FusionPass {

    private final int[] lengths;
    private int written;

    EndingAt(int[] lengths, int written) {
      this.lengths = lengths;
      this.written = written;
    }

    @Override
    public NDArray atLogits(NDArray logits) {
      written++;
      float[] by = new float[lengths.length];
      for (int row = 0; row < by.length; row++) {
        by[row] = lengths[row] == written ? 100 : -100;
      }
      logits.get(":, 0, " + END).addi(logits.getManager().create(by));
      return logits;
    }

    @Override
    public FusionPass select(NDArray rows) {
      long[] chosen = rows.toLongArray();
      return new EndingAt(
          LongStream.of(chosen).mapToInt(row -> lengths[(int) row]).toArray(), written);
    }
  }

  /** Acts in the decoder, but changes nothing. */
  private record Watching() implements FusionPass {

    @Override
    public NDArray beforeDecoderBlock(int block, NDArray hidden) {
      return hidden;
    }

    @Override
    public NDArray afterDecoder(NDArray hidden) {
      return hidden;
    }
  }

  static Stream<Decoding> decodings() {
    return Stream.of(
        new Greedy(),
        Beam.of(3),
        new Beam(4, 2, EarlyStopping.WHEN_IMPOSSIBLE, 2),
        new Beam(2, 0.5, EarlyStopping.AT_ENOUGH, 1),
        new Sampling(1.5, 20, 0.95, 3, 2));
  }

  private static GenerationConfig upTo(int maxNewTokens, Decoding decoding) {
    return new GenerationConfig(maxNewTokens, 0, 0, decoding);
  }

  private List<List<Generated>> write(FusionPass pass, GenerationConfig config, int... inputs) {
    try (Step step = Step.inference(tiny.root())) {
      NDArray all = tiny.ids(step.manager(), INPUTS, 9, 1);
      List<NDArray> rows = new ArrayList<>();
      for (int input : inputs) {
        rows.add(all.get(input).expandDims(0));
      }
      NDArray ids = NDArrays.concat(new NDList(rows));
      return generator.generate(tiny.encoded(ids, Mode.INFERENCE), pass, config);
    }
  }

  private static List<List<Integer>> tokens(List<List<Generated>> sentences) {
    return sentences.stream().flatMap(List::stream).map(Generated::tokens).toList();
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void neverWritesMoreThanAllowedAndNothingAfterTheEnd(Decoding decoding) {
    List<List<Generated>> found = write(new Ending(2), upTo(12, decoding), 0, 1, 2, 3, 4);
    assertThat(found).hasSize(INPUTS).allMatch(each -> each.size() == decoding.sequences());
    for (List<Integer> sentence : tokens(found)) {
      assertThat(sentence).hasSizeBetween(1, 12);
      assertThat(sentence.subList(0, sentence.size() - 1)).doesNotContain(END);
      assertThat(sentence.size() == 12 || sentence.get(sentence.size() - 1) == END).isTrue();
    }
  }

  @Test
  void oneTokenIsEnough() {
    for (Decoding decoding : decodings().toList()) {
      assertThat(tokens(write(FusionPass.IDENTITY, upTo(1, decoding), 0, 1)))
          .allMatch(sentence -> sentence.size() == 1);
    }
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void keepsOnUntilTheMinimum(Decoding decoding) {
    GenerationConfig config = new GenerationConfig(10, 6, 0, decoding);
    List<List<Integer>> found = tokens(write(new Ending(50), config, 0, 1, 2));
    assertThat(found).allMatch(s -> s.indexOf(END) == -1 || s.indexOf(END) >= 6);
    if (decoding instanceof Greedy) {
      assertThat(found).allMatch(sentence -> sentence.indexOf(END) == 6);
    }
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void theEndMayComeAtOnce(Decoding decoding) {
    assertThat(tokens(write(new Ending(1e9f), upTo(10, decoding), 0, 1)).get(0))
        .isEqualTo(List.of(END));
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void aBatchEqualsItsInputsOneByOne(Decoding decoding) {
    assumeThat(decoding)
        .as("draws depend on the place in the batch")
        .isNotInstanceOf(Sampling.class);
    int[] lengths = {5, 9, 3, 15, 9};
    GenerationConfig config = upTo(12, decoding);
    List<List<Generated>> batch = write(new EndingAt(lengths, 0), config, 0, 1, 2, 3, 4);
    for (int input = 0; input < INPUTS; input++) {
      FusionPass pass = new EndingAt(new int[] {lengths[input]}, 0);
      Generated alone = write(pass, config, input).get(0).get(0);
      Generated among = batch.get(input).get(0);
      assertThat(among.tokens()).isEqualTo(alone.tokens());
      assertThat(among.score()).isCloseTo(alone.score(), within(1e-4));
      assertThat(among.tokens()).hasSize(Math.min(12, lengths[input]));
    }
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void sameSeedSameSentences(Decoding decoding) {
    List<List<Generated>> once = write(new Ending(2), upTo(12, decoding), 0, 1, 2);
    assertThat(write(new Ending(2), upTo(12, decoding), 0, 1, 2)).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void aFusionThatOnlyWatchesChangesNothing(Decoding decoding) {
    assertThat(tokens(write(new Watching(), upTo(12, decoding), 0, 1, 2)))
        .isEqualTo(tokens(write(FusionPass.IDENTITY, upTo(12, decoding), 0, 1, 2)));
  }

  @Test
  void anotherSeedOtherSentences() {
    GenerationConfig one = upTo(12, new Sampling(1.5, 0, 1, 1, 1));
    GenerationConfig other = upTo(12, new Sampling(1.5, 0, 1, 2, 1));
    assertThat(tokens(write(FusionPass.IDENTITY, one, 0, 1)))
        .isNotEqualTo(tokens(write(FusionPass.IDENTITY, other, 0, 1)));
  }

  /** Returns scores that lie apart in memory, and wants to end at once. */
  private record Slicing() implements FusionPass {

    @Override
    public NDArray atLogits(NDArray logits) {
      logits.get(":, :, " + END).addi(50);
      long vocabulary = logits.getShape().get(2);
      return logits.concat(logits, 2).get(":, :, 0:" + vocabulary);
    }
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void theMinimumHoldsHoweverAFusionsScoresLieInMemory(Decoding decoding) {
    GenerationConfig config = new GenerationConfig(10, 6, 0, decoding);
    List<List<Integer>> found = tokens(write(new Slicing(), config, 0, 1, 2));
    assertThat(found).allMatch(s -> s.indexOf(END) == -1 || s.indexOf(END) >= 6);
  }

  @Test
  void theLikeliestOfOneIsGreedyWithAScore() {
    Sampling one = new Sampling(1, 1, 1, 5, 1);
    List<List<Generated>> scored = write(FusionPass.IDENTITY, upTo(12, one), 0, 1, 2);
    List<List<Generated>> greedy = write(FusionPass.IDENTITY, upTo(12, new Greedy()), 0, 1, 2);
    assertThat(tokens(scored)).isEqualTo(tokens(greedy));
    assertThat(scored).allMatch(each -> each.get(0).score() < 0);
    assertThat(greedy).allMatch(each -> Double.isNaN(each.get(0).score()));
  }

  /** Large enough for the layouts of its matrices and the filter of its head to be measured. */
  @Test
  void aLargeHeadIsGreedyWhateverStandsBeforeIt() {
    T5Config large = T5Config.small(4096, 64, 2).withDropout(0);
    try (Parameters parameters = new Parameters(tiny.root(), 3)) {
      T5Model model = T5Model.textOnly(large, parameters, tiny.model().ops());
      for (int rows : new int[] {1, 4}) {
        assertThat(largeHead(model, rows, new Greedy()))
            .isEqualTo(largeHead(model, rows, new Sampling(1, 1, 1, 5, 1)));
      }
    }
  }

  private List<List<Integer>> largeHead(T5Model model, int rows, Decoding decoding) {
    try (Generator writer = Generator.of(model)) {
      return tokens(write(writer, model, rows, upTo(20, decoding)));
    }
  }

  private List<List<Generated>> write(
      Generator writer, T5Model model, int rows, GenerationConfig config) {
    try (Step step = Step.inference(tiny.root())) {
      long[] numbers = new Random(rows).longs(rows * 12L, 3, 4000).toArray();
      Shape shape = new Shape(rows, 12);
      NDArray ids = step.manager().create(numbers, shape);
      NDArray mask = step.manager().ones(shape);
      FusionPass pass = FusionPass.IDENTITY;
      TextStates encoded = model.encode(ids, mask, pass, Mode.INFERENCE);
      return writer.generate(encoded, pass, config);
    }
  }

  /** Of the first token; after another token, sentences need not be alike. */
  @ParameterizedTest
  @EnumSource(WeightPrecision.class)
  void smallerWeightsGiveNearlyTheSameProbabilities(WeightPrecision weights) {
    T5Config large = T5Config.small(4096, 64, 2).withDropout(0);
    GenerationConfig likeliest = upTo(1, new Sampling(1, 1, 1, 5, 1));
    try (Parameters parameters = new Parameters(tiny.root(), 3)) {
      T5Model model = T5Model.textOnly(large, parameters, tiny.model().ops());
      for (int rows : new int[] {1, 4}) {
        List<Double> exact = scores(model, WeightPrecision.FLOAT32, rows, likeliest);
        List<Double> found = scores(model, weights, rows, likeliest);
        assertThat(found).hasSize(rows);
        for (int row = 0; row < rows; row++) {
          assertThat(found.get(row)).isCloseTo(exact.get(row), withinPercentage(2));
        }
        assertThat(found.equals(exact)).isEqualTo(weights == WeightPrecision.FLOAT32);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeightPrecision.class)
  void everySearchWorksWithSmallerWeights(WeightPrecision weights) {
    try (Generator writer = Generator.of(tiny.model(), weights);
        Step step = Step.inference(tiny.root())) {
      NDArray ids = tiny.ids(step.manager(), INPUTS, 9, 1);
      for (Decoding decoding : decodings().toList()) {
        List<List<Generated>> found =
            writer.generate(tiny.encoded(ids, Mode.INFERENCE), new Ending(2), upTo(12, decoding));
        assertThat(found).hasSize(INPUTS).allMatch(each -> each.size() == decoding.sequences());
      }
    }
  }

  private List<Double> scores(
      T5Model model, WeightPrecision weights, int rows, GenerationConfig config) {
    try (Generator writer = Generator.of(model, weights)) {
      return write(writer, model, rows, config).stream()
          .map(sentences -> sentences.get(0).score())
          .toList();
    }
  }

  @Test
  void sequencesOfOneInputDiffer() {
    GenerationConfig config = upTo(12, new Sampling(1.5, 0, 1, 1, 4));
    assertThat(tokens(write(FusionPass.IDENTITY, config, 0))).doesNotHaveDuplicates();
  }

  @Test
  void beamsComeBestFirst() {
    GenerationConfig config = upTo(12, new Beam(5, 1, EarlyStopping.WHEN_UNLIKELY, 5));
    List<Double> scores =
        write(new Ending(3), config, 0).get(0).stream().map(Generated::score).toList();
    assertThat(scores).hasSize(5).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void noSequenceOfTwoComesTwice() {
    GenerationConfig config = new GenerationConfig(40, 40, 2, new Greedy());
    List<Integer> sentence = tokens(write(FusionPass.IDENTITY, config, 0)).get(0);
    List<List<Integer>> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < sentence.size(); i++) {
      pairs.add(sentence.subList(i, i + 2));
    }
    assertThat(pairs).hasSize(39).doesNotHaveDuplicates();
  }

  @Test
  void teacherForcingOnWhatWasWrittenGuessesIt() {
    try (Step step = Step.inference(tiny.root())) {
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 1, 9, 1), Mode.INFERENCE);
      FusionPass pass = FusionPass.IDENTITY;
      int[] written =
          generator.generate(encoded, pass, GenerationConfig.greedy(10)).get(0).get(0).toArray();
      long[] shifted = new long[written.length];
      for (int i = 1; i < shifted.length; i++) {
        shifted[i] = written[i - 1];
      }
      NDArray target = step.manager().create(shifted, new Shape(1, shifted.length));
      assertThat(TeacherForcing.predict(tiny.model(), target, encoded, pass))
          .isDeepEqualTo(new int[][] {written});
    }
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void leavesNoArrayBehind(Decoding decoding) {
    write(new Ending(2), upTo(8, decoding), 0, 1, 2);
    try (Step step = Step.inference(tiny.root())) {
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 3, 9, 1), Mode.INFERENCE);
      List<Integer> before = arrays(step);
      for (int i = 0; i < 5; i++) {
        generator.generate(encoded, new Ending(2), upTo(8, decoding));
      }
      assertThat(arrays(step)).isEqualTo(before);
    }
  }

  private List<Integer> arrays(Step step) {
    return List.of(
        step.manager().getManagedArrays().size(),
        tiny.root().getManagedArrays().size(),
        tiny.parameters().manager().getManagedArrays().size());
  }
}
