package dev.fusebox.fusion.block;

import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

class PatchScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(PatchScript.SOURCE).check(PatchScript::new);
  }
}
