package dev.fusebox.t5.generate.fast;

import dev.fusebox.tensor.ScriptFace;
import org.junit.jupiter.api.Test;

class FastScriptsTest {

  @Test
  void theFaceOfProductsCallsTheScriptAsItIs() {
    // unit and product_onto are for the scripts that are compiled beside it
    ScriptFace.of(StoredMatrices.TYPES, ProductScript.SOURCE)
        .forOthers("unit", "least_length", "product_onto")
        .check(ProductScript::new);
  }

  @Test
  void theFaceOfTheHeadCallsTheScriptAsItIs() {
    ScriptFace.of(StoredMatrices.TYPES, HeadScript.SOURCE)
        .check(script -> new HeadScript(1e-6, script));
  }
}
