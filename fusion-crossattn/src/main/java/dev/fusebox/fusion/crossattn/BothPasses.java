package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;

/** Both stacks attend to the pictures, each with blocks of its own. */
record BothPasses(EncoderPass reading, DecoderPass writing) implements FusionPass {

  @Override
  public TextStates beforeEncoderBlock(int block, TextStates text) {
    return reading.beforeEncoderBlock(block, text);
  }

  @Override
  public NDArray beforeDecoderBlock(int block, NDArray hidden) {
    return writing.beforeDecoderBlock(block, hidden);
  }

  @Override
  public Diagnostics diagnostics() {
    return reading.diagnostics().and(writing.diagnostics());
  }

  @Override
  public FusionPass select(NDArray rows) {
    return new BothPasses(reading, writing.select(rows));
  }
}
