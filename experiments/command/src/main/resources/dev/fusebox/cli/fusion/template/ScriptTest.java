package dev.fusebox.fusion.@name@;

import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class @Name@ScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(@Name@Script.SOURCE).check(@Name@Script::new);
  }
}
