package dev.fusebox.t5.generate;

import dev.fusebox.t5.TinyT5;
import dev.fusebox.t5.generate.fast.StoredMatrices;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

class GenerateScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(StoredMatrices.TYPES, GenerateScript.SOURCE)
        .check(script -> new GenerateScript(TinyT5.CONFIG, script));
  }
}
