package dev.fusebox.fusion.gated;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class GatedScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(GatedScript.SOURCE).check(script -> new GatedScript(Precision.FLOAT32, script));
  }
}
