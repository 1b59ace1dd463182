package dev.fusebox.fusion.late;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class LateScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(LateScript.SOURCE).check(script -> new LateScript(Precision.FLOAT32, script));
  }
}
