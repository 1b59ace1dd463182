package dev.fusebox.fusion.qformer;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

final class QFormerScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(QFormerScript.SOURCE)
        .check(script -> new QFormerScript(Precision.FLOAT32, script));
  }
}
