package dev.fusebox.fusion.bilinear;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class BilinearScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(BilinearScript.SOURCE)
        .check(script -> new BilinearScript(Precision.FLOAT32, script));
  }
}
