package dev.fusebox.fusion.testkit;

import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;

/**
 * A pass up to the end of the encoder, and no further.
 *
 * @param pass the whole
 */
record InsideEncoder(FusionPass pass) implements FusionPass {

  @Override
  public TextStates atEmbeddings(TextStates text) {
    return pass.atEmbeddings(text);
  }

  @Override
  public TextStates beforeEncoderBlock(int block, TextStates text) {
    return pass.beforeEncoderBlock(block, text);
  }

  @Override
  public TextStates afterSelfAttention(int block, TextStates text) {
    return pass.afterSelfAttention(block, text);
  }
}
