package dev.fusebox.questions.picture;

import java.util.List;
import java.util.Optional;

/**
 * Other pictures, seen in another way: as many vectors, as wide, made by the same backbone. How
 * vectors lie over a picture is for each view to say: what it shows may be the picture of another.
 */
public interface PictureView extends PictureFeatures {

  /** Those that are seen. */
  PictureFeatures pictures();

  @Override
  default int patches() {
    return pictures().patches();
  }

  @Override
  default int width() {
    return pictures().width();
  }

  @Override
  default List<PictureSpan> spans(String questionId) {
    return pictures().spans(questionId);
  }

  @Override
  default Optional<PictureBackbone> backbone() {
    return pictures().backbone();
  }
}
