package dev.fusebox.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OptimizerTest {

  private static final Optimizer ADAMW = new Adamw(0.01, 0.9, 0.999, 1e-8, 0.1);
  private static final Optimizer ADAMW_HF = new AdamwHf(0.01, 0.9, 0.999, 1e-8, 0.1);
  private static final Optimizer ADAFACTOR = new Adafactor(0.01, 0.1);
  private static final Optimizer ADAFACTOR_RELATIVE = new AdafactorRelative(0.01, 0.1);

  /** Two parameters: a matrix that decays and a norm that does not. */
  private static final class Ground implements AutoCloseable {
    final NDManager root = NDManager.newBaseManager();
    final Ops ops = Ops.load(root, Precision.FLOAT32);
    final TrainingScript script = new TrainingScript(ops);
    final Parameters parameters = new Parameters(root, 1);
    final NDArray norm = parameters.declare("norm", new Shape(3), Initializer.ones());
    final NDArray matrix = parameters.declare("matrix", new Shape(2, 3), Initializer.constant(0.5));
    final NDArray unused = parameters.declare("unused", new Shape(2, 2), Initializer.ones());

    Ground() {
      parameters.train(name -> true);
    }

    List<NDArray> gradients(Step owner, Function<Step, NDArray> loss) {
      try (Step recording = Step.training(root)) {
        return new StepGradients(TrainableParameters.of(parameters), ops, script)
            .of(ops.loss(loss.apply(recording)), recording, owner);
      }
    }

    NDArray norm(List<NDArray> gradients) {
      return new StepGradients(TrainableParameters.of(parameters), ops, script).norm(gradients);
    }

    NDArray loss(Step step) {
      NDArray x = step.manager().create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
      NDArray y = ops.linear(ops.rmsNorm(x, norm, 1e-6), matrix); // (2, 2)
      return ops.crossEntropy(
          y.expandDims(0), step.manager().create(new long[] {0, 1}, new Shape(1, 2)), 0, 2);
    }

    @Override
    public void close() {
      parameters.close();
      root.close();
    }
  }

  @Test
  void decaySparesVectorsAndBiases() {
    try (Ground ground = new Ground()) {
      ground.parameters.declare("relative_attention_bias", new Shape(2, 2), Initializer.ones());
      ground.parameters.train(name -> true);
      TrainableParameters learning = TrainableParameters.of(ground.parameters);
      assertThat(learning.names())
          .containsExactly("matrix", "unused", "norm", "relative_attention_bias");
      assertThat(learning.decaying()).isEqualTo(2);
    }
  }

  @Test
  void leavesWhatTheLossDoesNotReachAsItIs() {
    try (Ground ground = new Ground()) {
      TrainableParameters learning = TrainableParameters.of(ground.parameters);
      for (Optimizer optimizer : List.of(ADAMW, ADAMW_HF, ADAFACTOR, ADAFACTOR_RELATIVE)) {
        UpdateRule rule = optimizer.rule(learning, ground.script, 1);
        NDArray before = ground.matrix.duplicate();
        try (Step step = Step.inference(ground.root)) {
          List<NDArray> found = ground.gradients(step, ground::loss);
          assertThat(found.get(1).size()).isZero();
          rule.update(found, ground.norm(found), 1, 0.1);
        }
        assertThat(ground.unused.toFloatArray()).containsOnly(1);
        assertThat(ground.matrix.toFloatArray()).isNotEqualTo(before.toFloatArray());
      }
    }
  }

  @Test
  void leavesEverythingAsItIsWhenTheNormIsNotFinite() {
    try (Ground ground = new Ground();
        Step step = Step.inference(ground.root)) {
      TrainableParameters learning = TrainableParameters.of(ground.parameters);
      List<NDArray> found = ground.gradients(step, ground::loss);
      UpdateRule rule = ADAMW.rule(learning, ground.script, 1);
      rule.update(found, step.manager().create(Float.NaN), 1, 0.1);
      rule.update(found, step.manager().create(Float.POSITIVE_INFINITY), 1, 0.1);
      assertThat(ground.matrix.toFloatArray()).containsOnly(0.5f);
      assertThat(rule.state().get("first.matrix").toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void relativeAdafactorMovesAParameterInProportionToItsSize() {
    assertThat(firstStep(ADAFACTOR_RELATIVE)).isCloseTo(0.5f * firstStep(ADAFACTOR), within(1e-6f));
  }

  /** How far the matrix, 0.5 everywhere, moves in its first number, its decay left out. */
  private static float firstStep(Optimizer optimizer) {
    try (Ground ground = new Ground();
        Step step = Step.inference(ground.root)) {
      List<NDArray> found = ground.gradients(step, ground::loss);
      optimizer
          .rule(TrainableParameters.of(ground.parameters), ground.script, 1)
          .update(found, ground.norm(found), 1, 0.1);
      return ground.matrix.getFloat(0, 0) - 0.5f * (1 - 0.1f * 0.1f);
    }
  }

  @Test
  void addsUpGradientsOfPartsThatReachDifferentParameters() {
    try (Ground ground = new Ground();
        Step step = Step.inference(ground.root)) {
      StepGradients gradients =
          new StepGradients(TrainableParameters.of(ground.parameters), ground.ops, ground.script);
      List<NDArray> once = ground.gradients(step, ground::loss);
      float[] single = once.get(0).toFloatArray();
      List<NDArray> twice = gradients.add(once, ground.gradients(step, ground::loss));
      List<NDArray> sum =
          gradients.add(twice, ground.gradients(step, ignored -> ground.unused.sum()));
      for (int i = 0; i < single.length; i++) {
        assertThat(sum.get(0).toFloatArray()[i]).isCloseTo(2 * single[i], within(1e-6f));
      }
      assertThat(sum.get(1).toFloatArray()).containsOnly(1);
    }
  }
}
