package dev.fusebox.t5.generate;

import dev.fusebox.t5.TinyT5;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

class GenerateScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(GenerateScript.SOURCE).check(script -> new GenerateScript(TinyT5.CONFIG, script));
  }
}
