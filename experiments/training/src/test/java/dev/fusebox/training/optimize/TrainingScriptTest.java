package dev.fusebox.training.optimize;

import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class TrainingScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(TrainingScript.SOURCE).check(TrainingScript::new);
  }
}
