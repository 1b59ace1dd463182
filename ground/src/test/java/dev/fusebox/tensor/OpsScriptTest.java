package dev.fusebox.tensor;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class OpsScriptTest {

  @Test
  void opsCallsTheScriptAsItIs() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ScriptFace.of(Ops.SOURCE)
          .forOthers("layer_norm", "attention_weights", "relu_dropped", "nothing")
          .check(script -> new Ops(manager, Precision.FLOAT32, script));
    }
  }
}
