package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Each picture goes to another question that has one: one cycle through all of them. */
final class ShuffledPictures implements PictureView, IndexedPictures {

  private final IndexedPictures pictures;
  private final LentPictures lent;

  ShuffledPictures(IndexedPictures pictures, long seed) {
    this.pictures = pictures;
    List<String> cycle = new ArrayList<>(pictures.questionIds());
    Collections.shuffle(cycle, new Random(seed));
    Map<String, String> lenders = new HashMap<>();
    for (int i = 0; i < cycle.size(); i++) {
      lenders.put(cycle.get(i), cycle.get((i + 1) % cycle.size()));
    }
    lent = new LentPictures(pictures, lenders);
  }

  @Override
  public PictureFeatures pictures() {
    return pictures;
  }

  @Override
  public List<String> questionIds() {
    return pictures.questionIds();
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    return lent.spans(questionId);
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    return lent.read(questionId, into);
  }
}
