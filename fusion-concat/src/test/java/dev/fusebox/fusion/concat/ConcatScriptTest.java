package dev.fusebox.fusion.concat;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class ConcatScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(ConcatScript.SOURCE).check(script -> new ConcatScript(Precision.FLOAT32, script));
  }
}
