package dev.fusebox.results.similarity;

import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class BertScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(BertScript.SOURCE).check(BertScript::new);
  }
}
