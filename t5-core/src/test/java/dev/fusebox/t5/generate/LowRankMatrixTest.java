package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.Matrices;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.TinyT5;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A matrix that is more than a parameter takes the place of every one, and neither encoder nor
 * decoder nor writing knows of it.
 */
class LowRankMatrixTest {

  private static final int LENGTH = 12;
  private static final int RANK = 2;

  /** {@code W + B · A}, as Hu et al. 2021 (arXiv 2106.09685) tune it: W does not learn. */
  private record LowRank(NDArray base, NDArray down, NDArray up) implements Matrix {

    /** With an {@code up} that is not zero, as after training. */
    static Matrix declare(
        Parameters parameters, String name, Shape shape, Initializer initializer) {
      String stem = name.substring(0, name.length() - "weight".length());
      Initializer some = Initializer.normal(0.3);
      return new LowRank(
          parameters.declare(name, shape, initializer),
          parameters.declare(stem + "lora_A.weight", new Shape(RANK, shape.get(1)), some),
          parameters.declare(stem + "lora_B.weight", new Shape(shape.get(0), RANK), some));
    }

    @Override
    public NDArray weight() {
      return up.matMul(down).add(base);
    }
  }

  /** {@code W ⊙ l}, a factor per output, as Liu et al. 2022 (IA³, arXiv 2205.05638) tune it. */
  private record Scaled(NDArray base, NDArray factors) implements Matrix {

    static Matrix declare(
        Parameters parameters, String name, Shape shape, Initializer initializer) {
      return new Scaled(
          parameters.declare(name, shape, initializer),
          parameters.declare(
              name + ".factors", new Shape(shape.get(0), 1), Initializer.uniform(2)));
    }

    @Override
    public NDArray weight() {
      return base.mul(factors);
    }
  }

  @Test
  void aLowRankSumIsWrittenWithAsItIsTrained() {
    writesAsItReads(LowRank::declare);
  }

  @Test
  void aScaledMatrixIsWrittenWithAsItIsTrained() {
    writesAsItReads(Scaled::declare);
  }

  private static void writesAsItReads(Matrices matrices) {
    try (TinyT5 tiny = new TinyT5(matrices);
        Step step = Step.inference(tiny.root());
        PreparedDecoder decoder =
            new PreparedDecoder(tiny.model(), scripts(tiny), WeightPrecision.FLOAT32)) {
      WritingScripts scripts = scripts(tiny);
      T5Model model = tiny.model();
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 3, 11, 1), Mode.INFERENCE);
      NDArray targets = tiny.ids(step.manager(), 3, LENGTH, 2);
      FusionPass pass = FusionPass.IDENTITY;
      NDArray hidden = model.decode(targets, encoded, pass, Mode.INFERENCE);
      NDArray whole = model.logits(hidden, pass); // (R, U, V)
      assertThat(whole.toFloatArray()).isNotEqualTo(plain(tiny, targets));
      try (DecoderState state =
          new DecoderState(model, scripts, decoder, encoded, pass, 1, LENGTH)) {
        for (int i = 0; i < LENGTH; i++) {
          NDArray found = state.read(targets.get(new NDIndex(":, {}", i)));
          NDArray expected = whole.get(new NDIndex(":, {}", i));
          Goldens.assertClose("token " + i, found.toFloatArray(), expected.toFloatArray(), 1e-5);
        }
      }
    }
  }

  /** The scores without what was added: the base weights do not depend on it. */
  private static float[] plain(TinyT5 changed, NDArray targets) {
    try (TinyT5 tiny = new TinyT5();
        Step step = Step.inference(tiny.root())) {
      tiny.parameters()
          .all()
          .forEach(
              (name, array) ->
                  assertThat(array.toFloatArray())
                      .as(name)
                      .isEqualTo(changed.parameters().get(name).toFloatArray()));
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 3, 11, 1), Mode.INFERENCE);
      FusionPass pass = FusionPass.IDENTITY;
      NDArray hidden = tiny.model().decode(targets, encoded, pass, Mode.INFERENCE);
      return tiny.model().logits(hidden, pass).toFloatArray();
    }
  }

  /** Through a graph that is kept, and through one that is done again. */
  @Test
  void theLowRankPartsLearnAndTheBaseDoesNot() {
    try (TinyT5 tiny = new TinyT5(LowRank::declare)) {
      Parameters parameters = tiny.parameters();
      parameters.train(name -> name.contains("lora_"));
      int before = parameters.manager().getManagedArrays().size();
      Map<String, NDArray> learning = parameters.trainable();
      // seven in a block of the encoder, eleven in one of the decoder, and the head; two parts each
      assertThat(learning).hasSize(2 * (2 * 7 + 3 * 11 + 1));
      Map<String, float[]> kept = gradients(tiny, learning, false);
      Map<String, float[]> again = gradients(tiny, learning, true);
      kept.forEach(
          (name, gradient) -> {
            assertThat(gradient).as(name).isNotEmpty();
            assertThat(norm(gradient)).as(name).isPositive();
            Goldens.assertClose(name, again.get(name), gradient, 1e-5);
          });
      assertThat(parameters.manager().getManagedArrays()).hasSize(before);
    }
  }

  private static Map<String, float[]> gradients(
      TinyT5 tiny, Map<String, NDArray> learning, boolean again) {
    List<NDArray> arrays = List.copyOf(learning.values());
    List<String> names = List.copyOf(learning.keySet());
    try (Step step =
        again ? Step.recomputing(tiny.root(), arrays, 1) : Step.training(tiny.root())) {
      NDArray loss =
          tiny.loss(
              tiny.ids(step.manager(), 2, 9, 1), tiny.ids(step.manager(), 2, 5, 2), Mode.INFERENCE);
      List<NDArray> found = tiny.model().ops().gradients(loss, arrays);
      return IntStream.range(0, names.size())
          .boxed()
          .collect(Collectors.toMap(names::get, i -> found.get(i).toFloatArray()));
    }
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }

  private static WritingScripts scripts(TinyT5 tiny) {
    return WritingScripts.compile(TinyT5.CONFIG, tiny.root());
  }
}
