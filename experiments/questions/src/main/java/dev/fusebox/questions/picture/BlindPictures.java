package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.List;

/** As many vectors as the pictures have, all of them zero. */
record BlindPictures(PictureFeatures pictures) implements PictureFeatures {

  @Override
  public int patches() {
    return pictures.patches();
  }

  @Override
  public int width() {
    return pictures.width();
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    return pictures.spans(questionId);
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int start = into.position();
    int vectors = pictures.read(questionId, into);
    into.position(start).put(new float[vectors * width()]);
    return vectors;
  }
}
