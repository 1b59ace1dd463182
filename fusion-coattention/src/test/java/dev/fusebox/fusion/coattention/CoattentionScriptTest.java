package dev.fusebox.fusion.coattention;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class CoattentionScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(CoattentionScript.SOURCE)
        .check(script -> new CoattentionScript(Precision.FLOAT32, script));
  }
}
