package dev.fusebox.fusion.alignment;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class AlignmentScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(AlignmentScript.SOURCE)
        .check(script -> new AlignmentScript(Precision.FLOAT32, script));
  }
}
