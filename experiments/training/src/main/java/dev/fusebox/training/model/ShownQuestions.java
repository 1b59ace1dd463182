package dev.fusebox.training.model;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.batch.Example;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses the few questions whose attention is recorded: always the same, and with a picture. */
public final class ShownQuestions {

  private ShownQuestions() {}

  /** At most {@code most} of the examples that have a picture, spread over all; none without. */
  public static List<Example> of(
      List<Example> examples, Optional<PictureFeatures> pictures, int most) {
    return pictures.map(source -> spread(examples, source, most)).orElse(List.of());
  }

  private static List<Example> spread(List<Example> examples, PictureFeatures pictures, int most) {
    FloatBuffer buffer = FloatBuffer.allocate(pictures.patches() * pictures.width());
    List<Example> chosen = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < most; i++) {
      next = Math.max(next, (int) ((long) i * examples.size() / most));
      while (next < examples.size() && !has(examples.get(next), pictures, buffer)) {
        next++;
      }
      if (next < examples.size()) {
        chosen.add(examples.get(next++));
      }
    }
    return chosen;
  }

  private static boolean has(Example example, PictureFeatures pictures, FloatBuffer buffer) {
    return pictures.read(example.id(), buffer.clear()) > 0;
  }
}
