package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * As many vectors as a backbone makes of the pictures, all of them zero: it need not be run.
 *
 * @param pixels the pictures
 * @param vectors of each
 * @param width of a vector
 */
record BlindPixels(PictureFeatures pixels, int vectors, int width) implements PictureFeatures {

  @Override
  public int patches() {
    return vectors * pixels.patches();
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    return pixels.spans(questionId).stream()
        .map(span -> new PictureSpan(span.picture(), vectors * span.vectors()))
        .toList();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    FloatBuffer unseen = FloatBuffer.allocate(pixels.patches() * pixels.width());
    int zeros = vectors * pixels.read(questionId, unseen);
    into.put(new float[zeros * width]);
    return zeros;
  }
}
