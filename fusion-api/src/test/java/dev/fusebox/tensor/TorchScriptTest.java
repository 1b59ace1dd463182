package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchScriptTest {

  @Test
  void probe() {
    try (NDManager root = NDManager.newBaseManager();
        TorchScript script = TorchScript.compile(root, Ops.class, "ops.py");
        Step step = Step.training(root)) {
      NDArray x = step.manager().create(new float[] {1, 2, 3});
      NDArray y = script.call("probe", x, x, List.of(x, x), 2, 0.5, true);
      assertThat(y.toFloatArray()).containsExactly(4, 8, 12);
      assertThat(script.callForList("both", x, x)).hasSize(2);
    }
  }
}
