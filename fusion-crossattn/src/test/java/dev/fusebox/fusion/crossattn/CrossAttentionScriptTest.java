package dev.fusebox.fusion.crossattn;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class CrossAttentionScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(CrossAttentionScript.SOURCE)
        .check(script -> new CrossAttentionScript(Precision.FLOAT32, script));
  }
}
