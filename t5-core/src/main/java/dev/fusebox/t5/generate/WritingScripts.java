package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDManager;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.generate.fast.HeadScript;
import dev.fusebox.t5.generate.fast.ProductScript;
import dev.fusebox.tensor.TorchScript;

/** The functions that writing is made of, compiled as one, each script with its face. */
record WritingScripts(ProductScript products, HeadScript head, GenerateScript tokens) {

  static WritingScripts compile(T5Config config, NDManager manager) {
    TorchScript compiled = ProductScript.compile(manager, HeadScript.SOURCE, GenerateScript.SOURCE);
    return new WritingScripts(
        new ProductScript(compiled),
        new HeadScript(config.normEpsilon(), compiled),
        new GenerateScript(config, compiled));
  }
}
