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
  private final Map<String, String> lenders = new HashMap<>();

  ShuffledPictures(IndexedPictures pictures, long seed) {
    this.pictures = pictures;
    List<String> cycle = new ArrayList<>(pictures.questionIds());
    Collections.shuffle(cycle, new Random(seed));
    for (int i = 0; i < cycle.size(); i++) {
      lenders.put(cycle.get(i), cycle.get((i + 1) % cycle.size()));
    }
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
    String lender = lenders.get(questionId);
    return lender == null ? List.of() : pictures.spans(lender);
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    String lender = lenders.get(questionId);
    return lender == null ? 0 : pictures.read(lender, into);
  }
}
