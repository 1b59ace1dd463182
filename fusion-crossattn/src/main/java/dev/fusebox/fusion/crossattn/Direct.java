package dev.fusebox.fusion.crossattn;

import dev.fusebox.fusion.VisionFeatures;

/**
 * Nothing: the picture's vectors as they are.
 *
 * @param width V
 */
record Direct(int width) implements PictureConnector {

  @Override
  public VisionFeatures connect(VisionFeatures vision) {
    return vision;
  }
}
