package dev.fusebox.fusion.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.fusebox.Goldens;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.late.LateFusionConfig.Mix;
import dev.fusebox.fusion.testkit.Exact;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LateFusionTest extends FusionContract<LateFusionConfig> {

  private static final double CLOSE = 2e-6;

  @Override
  protected FusionProvider<LateFusionConfig> provider() {
    return new LateFusionProvider();
  }

  @Override
  protected List<LateFusionConfig> configs() {
    return List.of(
        new LateFusionConfig(1, 2, 1, Mix.LEARNT, false),
        new LateFusionConfig(1, 2, 1, Mix.GATED, true));
  }

  @Override
  protected boolean beginsAsTextModel(LateFusionConfig config) {
    return true;
  }

  @Override
  protected boolean readsAloneWithoutPicture(LateFusionConfig config) {
    return true;
  }

  @Test
  void gradientsAreTheSameWhereSubLayersAreComputedAgain() {
    assertTheSameComputedAgain(new LateFusionConfig(2, 4, 2, Mix.GATED, false));
  }

  /** What the encoder says and what the decoder reads of it is the text model's. */
  @ParameterizedTest
  @MethodSource("configs")
  void theTextsReaderNeverSeesThePicture(LateFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      T5Model model = fused.model();
      FusionPass pass = model.see(input.vision(), Mode.INFERENCE);
      TextStates seeing = model.encode(input.ids(), input.mask(), pass, Mode.INFERENCE);
      TextStates blind =
          model.encode(input.ids(), input.mask(), FusionPass.IDENTITY, Mode.INFERENCE);
      assertThat(seeing.hidden().toFloatArray()).isEqualTo(blind.hidden().toFloatArray());
    }
  }

  @ParameterizedTest
  @EnumSource(Mix.class)
  void isTheFormulaInDoublePrecision(Mix mix) {
    LateFusionConfig config = new LateFusionConfig(2, 4, 2, mix, false);
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      T5Model model = fused.model();
      FusionPass none = FusionPass.IDENTITY;
      TextStates text = model.encode(input.ids(), input.mask(), none, Mode.INFERENCE);
      NDArray hidden = model.decode(input.targets(), text, none, Mode.INFERENCE);
      FusionPass pass = model.see(input.vision(), Mode.INFERENCE);
      pass.afterEncoder(text);
      NDArray scores = model.logits(pass.afterDecoder(hidden), none);
      for (int row = 0; row < FusedInputs.ROWS; row++) {
        double[][] expected = formula(config, fused, input, text, hidden, row);
        Goldens.assertClose(
            "row " + row, scores.get(row).toFloatArray(), Exact.floats(expected), CLOSE);
      }
    }
  }

  /** Scores of each reader first, mixed after that. */
  private static double[][] formula(
      LateFusionConfig config,
      FusedModel fused,
      FusedInput input,
      TextStates text,
      NDArray hidden,
      int row) {
    double[][] question = Exact.matrix(text.hidden().get(row));
    double[] words = Exact.vector(input.mask().get(row));
    double[][] patches = Exact.matrix(input.vision().features().get(row));
    double[] visible = Exact.vector(input.vision().mask().get(row));
    double[][] written = Exact.matrix(hidden.get(row));
    double[][] memory = layer(fused, "late.question", question, patches, visible, config);
    double[][] read = written;
    for (int i = 0; i < config.layers(); i++) {
      read = layer(fused, "late.layer." + i, read, memory, words, config);
    }
    double share = Arrays.stream(visible).sum() == 0 ? 0 : share(config, fused, question, words);
    double[][] head = Exact.matrix(fused.parameters().get("lm_head.weight"));
    double[] noBias = new double[head.length];
    return Exact.plus(
        Exact.map(Exact.linear(written, head, noBias), score -> (1 - share) * score),
        Exact.map(Exact.linear(read, head, noBias), score -> share * score));
  }

  private static double share(
      LateFusionConfig config, FusedModel fused, double[][] question, double[] words) {
    return switch (config.mix()) {
      case MEAN -> 0.5;
      case LEARNT -> Exact.sigmoid(fused.parameters().get("late.mix").getFloat());
      case GATED ->
          Exact.sigmoid(
              linear(fused, "late.gate", new double[][] {Exact.mean(question, words)})[0][0]);
    };
  }

  private static double[][] layer(
      FusedModel fused,
      String name,
      double[][] x,
      double[][] memory,
      double[] counts,
      LateFusionConfig config) {
    double[][] query = linear(fused, name + ".query", norm(fused, name + ".attention_norm", x));
    double[][] key = linear(fused, name + ".key", memory);
    double[][] value = linear(fused, name + ".value", memory);
    double[][] seen = Exact.attention(query, key, value, counts, config.heads());
    double[][] y = Exact.plus(x, linear(fused, name + ".output", seen));
    double[][] up = linear(fused, name + ".up", norm(fused, name + ".dense_norm", y));
    return Exact.plus(y, linear(fused, name + ".down", Exact.map(up, Exact::gelu)));
  }

  private static double[][] norm(FusedModel fused, String name, double[][] x) {
    return Exact.layerNorm(
        x,
        Exact.vector(fused.parameters().get(name + ".weight")),
        Exact.vector(fused.parameters().get(name + ".bias")),
        1e-5);
  }

  private static double[][] linear(FusedModel fused, String name, double[][] x) {
    return Exact.linear(
        x,
        Exact.matrix(fused.parameters().get(name + ".weight")),
        Exact.vector(fused.parameters().get(name + ".bias")));
  }

  @Test
  void showsTheShareOfThePictureReader() {
    try (FusedModel fused = trained(new LateFusionConfig(1, 2, 1, Mix.MEAN, false));
        Step step = Step.inference(fused.root())) {
      FusionPass pass = fused.run(FusedInputs.create(step.manager()), Mode.INFERENCE).pass();
      // two of the three questions have a picture
      assertThat(pass.diagnostics().gates().get("share")).isCloseTo(1 / 3.0, within(1e-6));
    }
  }

  private FusedModel trained(LateFusionConfig config) {
    FusedModel fused =
        TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
    TinyFusedModel.move(fused.parameters());
    return fused;
  }
}
