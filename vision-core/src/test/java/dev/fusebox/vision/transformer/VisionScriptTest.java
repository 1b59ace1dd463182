package dev.fusebox.vision.transformer;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class VisionScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(VisionScript.SOURCE).check(script -> new VisionScript(Precision.FLOAT32, script));
  }
}
