package dev.fusebox.fusion.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.UnseenText;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.alignment.AlignmentFusionConfig.Temperature;
import dev.fusebox.fusion.testkit.Exact;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.tensor.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AlignmentFusionTest extends FusionContract<AlignmentFusionConfig> {

  private static final int ROWS = 6;
  private static final int PATCHES = 3;
  private static final int LENGTH = 5;
  private static final double CLOSE = 2e-6;

  private static final AlignmentFusionConfig BOTH =
      new AlignmentFusionConfig(0.5, 0.25, Temperature.LEARNT, 4, UnseenText.ENCODED);

  @Override
  protected FusionProvider<AlignmentFusionConfig> provider() {
    return new AlignmentFusionProvider();
  }

  @Override
  protected List<AlignmentFusionConfig> configs() {
    return List.of(
        BOTH, new AlignmentFusionConfig(0, 1, Temperature.FIXED, 3, UnseenText.EMBEDDED));
  }

  @Override
  protected boolean beginsAsTextModel(AlignmentFusionConfig config) {
    return true;
  }

  @Override
  protected boolean readsAloneWithoutPicture(AlignmentFusionConfig config) {
    return true;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void changesNoScore(AlignmentFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      NDArray scores = fused.run(input, Mode.INFERENCE).logits();
      FusionPass none = FusionPass.IDENTITY;
      TextStates encoded = fused.model().encode(input.ids(), input.mask(), none, Mode.INFERENCE);
      NDArray hidden = fused.model().decode(input.targets(), encoded, none, Mode.INFERENCE);
      assertThat(scores.toFloatArray())
          .isEqualTo(fused.model().logits(hidden, none).toFloatArray());
    }
  }

  @ParameterizedTest
  @EnumSource(Temperature.class)
  void bothLossesAreTheFormulasInDoublePrecision(Temperature temperature) {
    AlignmentFusionConfig config =
        new AlignmentFusionConfig(0.5, 0.25, temperature, 4, UnseenText.ENCODED);
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      TextStates text = text(step.manager());
      VisionFeatures vision = pictures(step.manager());
      Map<String, NDArray> losses = losses(fused, text, vision);
      double scale =
          temperature == Temperature.FIXED
              ? 1 / 0.07
              : Math.exp(fused.parameters().get("alignment.log_scale").getFloat());
      Compared compared = compared(fused, text, vision);
      assertThat(losses).containsOnlyKeys("contrastive", "matching");
      double contrast = contrast(compared, scale);
      assertThat((double) losses.get("contrastive").getFloat())
          .isCloseTo(0.5 * contrast, within(CLOSE * contrast));
      double matching = matching(fused, compared);
      assertThat((double) losses.get("matching").getFloat())
          .isCloseTo(0.25 * matching, within(CLOSE * matching));
    }
  }

  /** CLIP's own bound. */
  @Test
  void theLearntScaleGoesUpToAHundred() {
    try (FusedModel fused = trained(BOTH);
        Step step = Step.inference(fused.root())) {
      fused.parameters().get("alignment.log_scale").set(new float[] {50});
      TextStates text = text(step.manager());
      VisionFeatures vision = pictures(step.manager());
      double contrast = contrast(compared(fused, text, vision), 100);
      assertThat((double) losses(fused, text, vision).get("contrastive").getFloat())
          .isCloseTo(0.5 * contrast, within(1e-5 * contrast));
    }
  }

  @Test
  void thereIsNothingToLearnWherePicturesAreBlindOrTooFew() {
    try (FusedModel fused = trained(BOTH);
        Step step = Step.inference(fused.root())) {
      TextStates text = text(step.manager());
      VisionFeatures vision = pictures(step.manager());
      VisionFeatures blind = vision.withFeatures(vision.features().zerosLike());
      assertThat(losses(fused, text, blind).values())
          .allSatisfy(loss -> assertThat(loss.getFloat()).isZero());
      TextStates one = new TextStates(text.hidden().get("0:1"), text.mask().get("0:1"));
      VisionFeatures alone =
          VisionFeatures.ofOnePicture(vision.features().get("0:1"), vision.mask().get("0:1"));
      assertThat(losses(fused, one, alone).values())
          .allSatisfy(loss -> assertThat(loss.getFloat()).isZero());
    }
  }

  /**
   * What counts of a batch, in one space.
   *
   * @param texts of length 1
   * @param pictures of length 1
   */
  private record Compared(List<double[]> texts, List<double[]> pictures) {

    double similarity(int text, int picture) {
      return Exact.dot(texts.get(text), pictures.get(picture));
    }

    int count() {
      return texts.size();
    }
  }

  private static Compared compared(FusedModel fused, TextStates text, VisionFeatures vision) {
    int[] rows = {0, 1, 2, 4}; // one has no picture, one a picture of zeros
    return new Compared(
        places(fused, "alignment.text", text.hidden(), text.mask(), rows),
        places(fused, "alignment.picture", vision.features(), vision.mask(), rows));
  }

  private static List<double[]> places(
      FusedModel fused, String name, NDArray states, NDArray mask, int[] rows) {
    return IntStream.of(rows)
        .mapToObj(
            row -> {
              double[] counts = Exact.vector(mask.get(row));
              double[] mean = Exact.mean(Exact.matrix(states.get(row)), counts);
              double[] place = linear(fused, name, new double[][] {mean})[0];
              double length = Math.sqrt(Exact.dot(place, place));
              return Arrays.stream(place).map(x -> x / length).toArray();
            })
        .toList();
  }

  private static double contrast(Compared compared, double scale) {
    double sum = 0;
    int n = compared.count();
    for (int i = 0; i < n; i++) {
      double row = 0;
      double column = 0;
      for (int j = 0; j < n; j++) {
        row += Math.exp(scale * compared.similarity(i, j));
        column += Math.exp(scale * compared.similarity(j, i));
      }
      sum += Math.log(row) + Math.log(column) - 2 * scale * compared.similarity(i, i);
    }
    return sum / (2 * n);
  }

  private static double matching(FusedModel fused, Compared compared) {
    double sum = 0;
    int n = compared.count();
    for (int i = 0; i < n; i++) {
      int picture = -1;
      int text = -1;
      for (int j = 0; j < n; j++) {
        if (j != i
            && (picture < 0 || compared.similarity(i, j) > compared.similarity(i, picture))) {
          picture = j;
        }
        if (j != i && (text < 0 || compared.similarity(j, i) > compared.similarity(text, i))) {
          text = j;
        }
      }
      sum += cost(fused, compared.texts().get(i), compared.pictures().get(i), 1);
      sum += cost(fused, compared.texts().get(i), compared.pictures().get(picture), 0);
      sum += cost(fused, compared.texts().get(text), compared.pictures().get(i), 0);
    }
    return sum / (3 * n);
  }

  private static double cost(FusedModel fused, double[] text, double[] picture, int label) {
    int width = text.length;
    double[] pair = new double[3 * width];
    for (int i = 0; i < width; i++) {
      pair[i] = text[i];
      pair[width + i] = picture[i];
      pair[2 * width + i] = text[i] * picture[i];
    }
    double[][] hidden =
        Exact.map(linear(fused, "alignment.match_inner", new double[][] {pair}), Exact::gelu);
    double[] scores = linear(fused, "alignment.match_outer", hidden)[0];
    return Math.log(Math.exp(scores[0]) + Math.exp(scores[1])) - scores[label];
  }

  private static double[][] linear(FusedModel fused, String name, double[][] x) {
    return Exact.linear(
        x,
        Exact.matrix(fused.parameters().get(name + ".weight")),
        Exact.vector(fused.parameters().get(name + ".bias")));
  }

  private static Map<String, NDArray> losses(
      FusedModel fused, TextStates text, VisionFeatures vision) {
    FusionPass pass = fused.model().see(vision, Mode.INFERENCE);
    assertThat(pass.afterEncoder(text)).isSameAs(text);
    return pass.auxiliaryLosses();
  }

  private static TextStates text(NDManager manager) {
    float[] mask = new float[ROWS * LENGTH];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % LENGTH <= i / LENGTH % 3 + 1 ? 1 : 0;
    }
    return new TextStates(
        manager.create(numbers(ROWS * LENGTH * 16, 1), new Shape(ROWS, LENGTH, 16)),
        manager.create(mask, new Shape(ROWS, LENGTH)));
  }

  /** The fourth question has no picture, the last a picture of zeros. */
  private static VisionFeatures pictures(NDManager manager) {
    int width = FusedInputs.WIDTH;
    float[] features = numbers(ROWS * PATCHES * width, 2);
    Arrays.fill(features, 5 * PATCHES * width, features.length, 0);
    float[] mask = new float[ROWS * PATCHES];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i / PATCHES != 3 && (i % PATCHES < 2 || i / PATCHES == 1) ? 1 : 0;
    }
    return VisionFeatures.ofOnePicture(
        manager.create(features, new Shape(ROWS, PATCHES, width)),
        manager.create(mask, new Shape(ROWS, PATCHES)));
  }

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private FusedModel trained(AlignmentFusionConfig config) {
    FusedModel fused =
        TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
    TinyFusedModel.move(fused.parameters());
    return fused;
  }
}
