package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchScriptTest {

  @Test
  void runsLoopsBranchesAndMethodsOfItsOwnAndOfOps() {
    try (NDManager root = NDManager.newBaseManager();
        TorchScript script = TorchScript.compile(root, TorchScriptTest.class, "functions.py");
        Step step = Step.inference(root)) {
      NDArray x = step.manager().create(new float[] {1, 2, 3});
      NDArray y = script.call("weighted_sum", x, x, List.of(x, x), 2, 0.5, true);
      assertThat(y.toFloatArray()).containsExactly(4, 8, 12);
      assertThat(script.callForList("neighbours", x, x).get(1).toFloatArray())
          .containsExactly(0, 1, 2);
    }
  }

  @Test
  void namesTheFunctionThatFails() {
    try (NDManager root = NDManager.newBaseManager();
        TorchScript script = TorchScript.compile(root, TorchScriptTest.class, "functions.py");
        Step step = Step.inference(root)) {
      NDArray x = step.manager().create(new float[] {1, 2, 3});
      assertThatThrownBy(() -> script.call("twice", x, x, 3.0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("functions.py, twice: ");
      assertThatThrownBy(() -> script.call("twice", x, "x"))
          .hasMessage(
              "functions.py, twice: a TorchScript argument must be an array, a list of arrays, Integer, Long, long[], Double or Boolean, found"
                  + " java.lang.String");
    }
  }

  @Test
  void refusesTextThatIsNoScript() {
    try (NDManager root = NDManager.newBaseManager()) {
      assertThatThrownBy(
              () ->
                  TorchScript.compile(
                      root, "broken.py", "def f(self, x: Tensor) -> Tensor:\n  return y\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("broken.py does not compile")
          .hasMessageContaining("undefined value y");
    }
  }
}
