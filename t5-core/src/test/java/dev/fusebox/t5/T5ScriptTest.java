package dev.fusebox.t5;

import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

class T5ScriptTest {

  @Test
  void theFaceCallsTheScriptAsItIs() {
    ScriptFace.of(Matrices.PLAIN.script(), T5Script.SOURCE)
        .standIn(Matrix.class, array -> () -> array)
        .check(script -> new T5Script(TinyT5.CONFIG, Precision.FLOAT32, script));
  }
}
