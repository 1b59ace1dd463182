package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TorchScriptTest {

  private static final ScriptSource FUNCTIONS =
      new ScriptSource(TorchScriptTest.class, "functions.py");

  @Test
  void runsLoopsBranchesAndMethodsOfItsOwnAndOfOps() {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      TorchScript script = TorchScript.compile(root, FUNCTIONS);
      NDArray x = step.manager().create(new float[] {1, 2, 3});
      NDArray y = script.call("weighted_sum", x, List.of(x, x), 2, 0.5, true);
      assertThat(y.toFloatArray()).containsExactly(4, 8, 12);
      assertThat(script.callForList("neighbours", x).get(1).toFloatArray())
          .containsExactly(0, 1, 2);
    }
  }

  private record Pair(NDArray left, NDArray right) implements ScriptTuple {
    @Override
    public List<NDArray> values() {
      return List.of(left, right);
    }
  }

  @Test
  void takesTuplesListsOfThemAndWhatIsNotThere() {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      TorchScript script = TorchScript.compile(root, FUNCTIONS);
      NDArray x = step.manager().create(new float[] {1, 2, 3});
      Pair pair = new Pair(x, x);
      assertThat(sumOfPairs(script, x, List.of(pair, pair), Optional.empty(), Optional.empty()))
          .containsExactly(3, 10, 21);
      assertThat(sumOfPairs(script, x, List.of(pair), Optional.of(x), Optional.of(pair)))
          .containsExactly(3, 16, 45);
      assertThat(sumOfPairs(script, x, List.of(pair), Optional.empty(), Optional.of(pair)))
          .containsExactly(3, 10, 21);
    }
  }

  private static float[] sumOfPairs(
      TorchScript script,
      NDArray x,
      List<Pair> pairs,
      Optional<NDArray> factor,
      Optional<Pair> last) {
    return script.call("sum_of_pairs", x, pairs, factor, last).toFloatArray();
  }

  /** Forgetting what happens inside must not lose what lies in a tuple or an optional. */
  @Test
  void aSegmentIsDoneAgainWithAllItsArguments() {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      TorchScript script = TorchScript.compile(root, FUNCTIONS);
      Ops ops = Ops.load(root, Precision.FLOAT32);
      NDArray w = parameters.declare("w", new Shape(3), Initializer.constant(2));
      parameters.train(name -> true);
      for (boolean again : new boolean[] {false, true}) {
        try (Step step = again ? Step.recomputing(root, List.of(w), 1) : Step.training(root)) {
          NDArray x = step.manager().create(new float[] {1, 2, 3});
          NDArray scaled = ops.scale(w, 3); // a way to the weights that leads through an input
          NDArray y =
              script.segment(
                  "sum_of_pairs",
                  x,
                  List.of(new Pair(x, scaled)),
                  Optional.of(scaled),
                  Optional.of(new Pair(w, x)));
          // (x + 3 w x) 3 w + w x
          NDArray gradient = ops.gradients(y.sum(), List.of(w)).get(0);
          assertThat(gradient.toFloatArray()).containsExactly(40, 80, 120);
        }
      }
    }
  }

  @Test
  void weightsThatASegmentTakesTwiceHaveTheirGradientOnce() {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      TorchScript script = TorchScript.compile(root, FUNCTIONS);
      Ops ops = Ops.load(root, Precision.FLOAT32);
      NDArray w = parameters.declare("w", new Shape(3), Initializer.constant(2));
      parameters.train(name -> true);
      try (Step step = Step.recomputing(root, List.of(w), 1)) {
        NDArray x = step.manager().create(new float[] {1, 2, 3});
        NDArray y =
            script.segment(
                "sum_of_pairs", x, List.of(new Pair(x, w)), Optional.of(w), Optional.empty());
        // (x + x w) w
        NDArray gradient = ops.gradients(y.sum(), List.of(w)).get(0);
        assertThat(gradient.toFloatArray()).containsExactly(5, 10, 15);
      }
    }
  }

  @Test
  void namesTheFunctionThatFails() {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      TorchScript script = TorchScript.compile(root, FUNCTIONS);
      NDArray x = step.manager().create(new float[] {1, 2, 3});
      assertThatThrownBy(() -> script.call("twice", x, 3.0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("functions.py, twice: ");
      assertThatThrownBy(() -> script.call("twice", "x"))
          .hasMessage(
              "functions.py, twice: a TorchScript argument must be an array, a list, a ScriptTuple, a ScriptObject, an Optional, Integer, Long, long[], Double or Boolean,"
                  + " found java.lang.String");
    }
  }

  @Test
  void refusesTextThatIsNoScript() {
    try (NDManager root = NDManager.newBaseManager()) {
      assertThatThrownBy(
              () ->
                  CompiledScript.compile(
                      root, "broken.py", "def f(self, x: Tensor) -> Tensor:\n  return y\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("broken.py does not compile")
          .hasMessageContaining("undefined value y");
    }
  }
}
