package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Decoding;
import dev.fusebox.t5.generate.Generated;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests that every fusion must pass, on a real T5 of two encoder and three decoder blocks. A
 * fusion's test extends this class, names its provider and the settings to try, and declares
 * further properties.
 *
 * <pre>{@code
 * final class FilmFusionTest extends FusionContract<FilmFusionConfig> {
 *   protected FusionProvider<FilmFusionConfig> provider() { return new FilmFusionProvider(); }
 *   protected List<FilmFusionConfig> configs() { return List.of(new FilmFusionConfig(1)); }
 *   protected boolean beginsAsTextModel(FilmFusionConfig config) { return true; }
 * }
 * }</pre>
 *
 * @param <C> the fusion's settings
 * @since 0.1
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class FusionContract<C extends Record> {

  private static final double CLOSE = 2e-5;
  private static final double ROUGH = 5e-2; // bfloat16 keeps eight bits

  /** The fusion. */
  protected abstract FusionProvider<C> provider();

  /** The settings to try; on a model of width 16, two encoder and three decoder blocks. */
  protected abstract List<C> configs();

  /** Property: before training, the model is bit-identical to the text model. */
  protected boolean beginsAsTextModel(C config) {
    return false;
  }

  /** Property: a question without a picture gets the text model's output. */
  protected boolean readsAloneWithoutPicture(C config) {
    return false;
  }

  /** Exception: distances between text and picture depend on padding. */
  protected boolean dependsOnPadding(C config) {
    return false;
  }

  private FusedModel fresh(C config) {
    return TinyFusedModel.build(7, parameters -> {}, context -> provider().create(config, context));
  }

  /** A model in which every parameter has been changed, so that no gate is closed. */
  private FusedModel trained(C config) {
    FusedModel model = fresh(config);
    TinyFusedModel.move(model.parameters());
    return model;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void keepsShapesAndMasks(C config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      T5Model model = fused.model();
      FusedInput input = FusedInputs.create(step.manager());
      FusionPass pass = model.see(input.vision(), Mode.INFERENCE);
      TextStates before = Shapes.text(step.manager(), 16);
      TextStates joined = pass.atEmbeddings(before);
      Shapes.assertLengthened(joined, before);
      assertThat(joined.hidden().getShape().get(1) > before.hidden().getShape().get(1))
          .as("longer, as lengthensText says")
          .isEqualTo(provider().lengthensText());
      assertThat(meetsInEncoder(fused, input))
          .as("the text has met the picture in the encoder, as meetsInEncoder says")
          .isEqualTo(provider().meetsInEncoder(config));
      for (int block = 0; block < model.config().encoderDepth(); block++) {
        Shapes.assertKept(pass.beforeEncoderBlock(block, joined), joined);
        Shapes.assertKept(pass.afterSelfAttention(block, joined), joined);
      }
      Shapes.assertKept(pass.afterEncoder(joined), joined);
      for (int block = 0; block < model.config().decoderDepth(); block++) {
        Shape shape = pass.beforeDecoderBlock(block, before.hidden()).getShape();
        assertThat(shape).as("states before a decoder block").isEqualTo(before.hidden().getShape());
      }
      Shape read = pass.afterDecoder(before.hidden()).getShape();
      assertThat(read).as("states after the decoder").isEqualTo(before.hidden().getShape());
      NDArray logits = step.manager().zeros(new Shape(FusedInputs.ROWS, 4, 50));
      assertThat(pass.atLogits(logits).getShape()).as("scores").isEqualTo(logits.getShape());
    }
  }

  private static boolean meetsInEncoder(FusedModel fused, FusedInput input) {
    T5Model model = fused.model();
    FusionPass pass = new InsideEncoder(model.see(input.vision(), Mode.INFERENCE));
    NDArray seen = model.encode(input.ids(), input.mask(), pass, Mode.INFERENCE).hidden();
    FusionPass none = FusionPass.IDENTITY;
    NDArray text = model.encode(input.ids(), input.mask(), none, Mode.INFERENCE).hidden();
    return !seen.contentEquals(text);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void leavesTheTextModelAlone(C config) {
    try (FusedModel fused = fresh(config);
        FusedModel text = TinyFusedModel.textOnly()) {
      Map<String, NDArray> all = fused.parameters().all();
      text.parameters()
          .all()
          .forEach(
              (name, array) ->
                  assertThat(all.get(name).toFloatArray())
                      .as("the text model's " + name)
                      .isEqualTo(array.toFloatArray()));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void givesEveryTrainableParameterAGradient(C config) {
    try (FusedModel fused = trained(config)) {
      Gradients.of(fused, () -> {})
          .forEach((name, gradient) -> Gradients.assertSomewhereNotZero(name, gradient));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAgreeWithFiniteDifferences(C config) {
    try (FusedModel fused = trained(config)) {
      Map<String, float[]> gradients = Gradients.of(fused, () -> {});
      gradients.forEach((name, gradient) -> Gradients.assertIsSlope(fused, name, gradient));
    }
  }

  /**
   * The gradients of each group of parameters together, those that begin with a prefix and all
   * others, agree with finite differences: what {@code gradientsAgreeWithFiniteDifferences} asserts
   * of each parameter, in a fraction of its time.
   */
  protected final void assertGradientsAreSlopes(C config, List<String> prefixes) {
    try (FusedModel fused = trained(config)) {
      Map<String, float[]> others = new LinkedHashMap<>(Gradients.of(fused, () -> {}));
      for (String prefix : prefixes) {
        Map<String, float[]> own = new LinkedHashMap<>(others);
        own.keySet().removeIf(name -> !name.startsWith(prefix));
        own.forEach(Gradients::assertSomewhereNotZero);
        Gradients.assertAreSlope(fused, prefix, own);
        others.keySet().removeAll(own.keySet());
      }
      Gradients.assertAreSlope(fused, "all others", others);
    }
  }

  /**
   * Asserts that gradients are the same with gradient checkpointing: for fusions that have segments
   * of their own.
   */
  protected final void assertTheSameComputedAgain(C config) {
    try (FusedModel fused = trained(config)) {
      Gradients.assertClose(
          "gradients with sub-layers computed again",
          Gradients.joined(Gradients.computedAgain(fused)),
          Gradients.joined(Gradients.of(fused, () -> {})),
          CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsSurviveGarbageCollection(C config) {
    try (FusedModel fused = trained(config)) {
      Map<String, float[]> quiet = Gradients.of(fused, () -> {});
      for (int i = 0; i < 3; i++) {
        Map<String, float[]> churned = Gradients.of(fused, Gradients::churn);
        quiet.forEach(
            (name, gradient) ->
                assertThat(churned.get(name))
                    .as("gradient of " + name + " under garbage collection")
                    .isEqualTo(gradient));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void learnsInBfloat16(C config) {
    try (FusedModel exact = trained(config);
        FusedModel rough =
            TinyFusedModel.bfloat16(7, context -> provider().create(config, context))) {
      TinyFusedModel.copy(exact.parameters(), rough.parameters());
      Map<String, float[]> gradients = Gradients.of(rough, () -> {});
      Gradients.assertClose(
          "gradient in bfloat16",
          Gradients.joined(gradients),
          Gradients.joined(Gradients.of(exact, () -> {})),
          ROUGH);
      double before = Gradients.loss(rough);
      Gradients.assertClose("loss in bfloat16", before, Gradients.loss(exact), ROUGH);
      Gradients.stepAlong(rough, gradients);
      assertThat(Gradients.loss(rough)).as("loss after a step in bfloat16").isLessThan(before);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void paddingChangesNothing(C config) {
    assumeThat(dependsOnPadding(config)).as("distances depend on padding").isFalse();
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      float[] tight = logits(fused, FusedInputs.create(step.manager()));
      float[] text = logits(fused, FusedInputs.padded(step.manager(), 3, 0));
      Gradients.assertClose("scores with more padding after the text", text, tight, CLOSE);
      float[] pictures = logits(fused, FusedInputs.padded(step.manager(), 0, 4));
      Gradients.assertClose("scores with more hidden patches", pictures, tight, CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aBatchEqualsItsRows(C config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      NDArray together = fused.run(input, Mode.INFERENCE).logits();
      for (int row = 0; row < FusedInputs.ROWS; row++) {
        float[] alone = logits(fused, FusedInputs.row(input, row));
        Gradients.assertClose(
            "scores of a row alone", alone, together.get(row).toFloatArray(), CLOSE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void withoutAPictureReadsTheTextAlone(C config) {
    assumeThat(readsAloneWithoutPicture(config)).as("not promised").isTrue();
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.withoutPictures(step.manager());
      Gradients.assertClose(
          "scores without a picture", logits(fused, input), textOnly(fused, input), CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void beginsAsTheTextModel(C config) {
    assumeThat(beginsAsTextModel(config)).as("not promised").isTrue();
    try (FusedModel fused = fresh(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      assertThat(logits(fused, input)).as("scores at the start").isEqualTo(textOnly(fused, input));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void showsWhatItSees(C config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      Diagnostics shown = fused.run(input, Mode.INFERENCE).pass().diagnostics();
      shown.gates().forEach((name, gate) -> assertThat(gate).as(name).isBetween(-1.0, 1.0));
      shown.attention().forEach((name, map) -> Shapes.assertIsAttention(name, map, input.vision()));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void writesWhatItWouldRead(C config) {
    assertWritesWhatItWouldRead(config);
  }

  /**
   * Text written token by token from a cache, drawn, greedily and by beams, has the probability
   * that it has when it is read at once.
   */
  protected final void assertWritesWhatItWouldRead(C config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root());
        Generator generator = Generator.of(fused.model())) {
      FusedOutput read = fused.run(FusedInputs.create(step.manager()), Mode.INFERENCE);
      GenerationConfig likeliest =
          new GenerationConfig(6, 0, 0, new Decoding.Sampling(1, 1, 1, 0, 1));
      List<List<Generated>> scored = generator.generate(read.encoded(), read.pass(), likeliest);
      Writing.assertWouldRead(fused, read, scored, 0);
      List<List<Generated>> greedy =
          generator.generate(read.encoded(), read.pass(), GenerationConfig.greedy(6));
      Writing.assertSameTokens(greedy, scored);
      GenerationConfig beam = new GenerationConfig(6, 0, 0, Decoding.Beam.of(3));
      Writing.assertWouldRead(
          fused, read, generator.generate(read.encoded(), read.pass(), beam), 1);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void followsTheRowsOfTheBatch(C config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      FusedOutput all = fused.run(input, Mode.INFERENCE);
      NDArray rows = step.manager().create(new long[] {2, 0, 0, 1});
      T5Model model = fused.model();
      TextStates encoded =
          new TextStates(
              model.ops().selectRows(all.encoded().hidden(), rows),
              model.ops().selectRows(all.encoded().mask(), rows));
      FusionPass pass = all.pass().select(rows);
      NDArray targets = model.ops().selectRows(input.targets(), rows);
      NDArray logits = model.logits(model.decode(targets, encoded, pass, Mode.INFERENCE), pass);
      float[] expected = model.ops().selectRows(all.logits(), rows).toFloatArray();
      Gradients.assertClose("scores of other rows", logits.toFloatArray(), expected, CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void ranksEachTextAsIfItStoodAlone(C config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      RankedTexts.assertScoresAreThoseOfEachAlone(fused, input, CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void savesAndLoads(C config, @TempDir Path directory) throws IOException {
    try (FusedModel saved = trained(config)) {
      Checkpoint.save(directory, saved.parameters().all(), saved.model().config().toJson());
      try (FusedModel loaded =
              TinyFusedModel.build(
                  8,
                  Checkpoint.open(directory)::into,
                  context -> provider().create(config, context));
          Step step = Step.inference(saved.root())) {
        assertThat(loaded.parameters().report().complete())
            .as(loaded.parameters().report().toString())
            .isTrue();
        assertThat(logits(loaded, FusedInputs.create(step.manager())))
            .as("scores after loading")
            .isEqualTo(logits(saved, FusedInputs.create(step.manager())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void sameSeedSameBits(C config) {
    try (FusedModel one = fresh(config);
        FusedModel other = fresh(config)) {
      Map<String, float[]> first = Gradients.of(one, () -> {});
      Map<String, float[]> second = Gradients.of(other, () -> {});
      assertThat(second.keySet()).isEqualTo(first.keySet());
      first.forEach(
          (name, gradient) ->
              assertThat(second.get(name)).as("gradient of " + name).isEqualTo(gradient));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void leavesNoArrayBehind(C config) {
    try (FusedModel fused = trained(config)) {
      Gradients.of(fused, () -> {});
      Set<String> before = arrays(fused);
      for (int i = 0; i < 5; i++) {
        Gradients.of(fused, () -> {});
      }
      assertThat(arrays(fused)).as("arrays after more steps").isEqualTo(before);
    }
  }

  private static Set<String> arrays(FusedModel fused) {
    Map<String, String> names = new LinkedHashMap<>();
    for (NDManager manager : List.of(fused.root(), fused.parameters().manager())) {
      manager.getManagedArrays().forEach(array -> names.put(array.getUid(), array.getUid()));
    }
    return names.keySet();
  }

  private static float[] logits(FusedModel fused, FusedInput input) {
    return fused.run(input, Mode.INFERENCE).logits().toFloatArray();
  }

  private static float[] textOnly(FusedModel fused, FusedInput input) {
    T5Model model = fused.model();
    FusionPass none = FusionPass.IDENTITY;
    TextStates encoded = model.encode(input.ids(), input.mask(), none, Mode.INFERENCE);
    NDArray hidden = model.decode(input.targets(), encoded, none, Mode.INFERENCE);
    return model.logits(hidden, none).toFloatArray();
  }
}
