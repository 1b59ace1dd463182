package dev.fusebox.training.work;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFeatures;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** Questions by how alike their pictures are: the cosine of the means of their vectors. */
final class AlikePictures {

  private final List<Question> questions = new ArrayList<>();
  private final List<float[]> directions = new ArrayList<>();

  /** Those of the questions that have a picture. */
  AlikePictures(List<Question> all, PictureFeatures pictures) {
    for (Question question : all) {
      direction(pictures, question.id())
          .ifPresent(
              direction -> {
                questions.add(question);
                directions.add(direction);
              });
    }
  }

  private record Hit(int question, double cosine) {}

  /**
   * The nearest, the very nearest last; of equally near ones those that stand first.
   *
   * @param wanted which may be taken
   */
  List<Question> nearest(float[] direction, int count, Predicate<Question> wanted) {
    Comparator<Hit> farthestFirst =
        Comparator.comparingDouble(Hit::cosine)
            .thenComparing(Comparator.comparingInt(Hit::question).reversed());
    PriorityQueue<Hit> nearest = new PriorityQueue<>(farthestFirst);
    for (int i = 0; i < questions.size(); i++) {
      if (wanted.test(questions.get(i))) {
        nearest.add(new Hit(i, dot(direction, directions.get(i))));
        if (nearest.size() > count) {
          nearest.remove();
        }
      }
    }
    List<Hit> hits = new ArrayList<>(nearest);
    Collections.sort(hits, farthestFirst);
    return hits.stream().map(hit -> questions.get(hit.question())).toList();
  }

  /** The mean of a picture's vectors, of length 1; none where there is no picture, or zeros. */
  static Optional<float[]> direction(PictureFeatures pictures, String id) {
    int width = pictures.width();
    FloatBuffer numbers = FloatBuffer.allocate(pictures.patches() * width);
    int vectors = pictures.read(id, numbers);
    double[] sum = new double[width];
    for (int i = 0; i < vectors * width; i++) {
      sum[i % width] += numbers.get(i);
    }
    double square = 0;
    for (double each : sum) {
      square += each * each;
    }
    if (square == 0) {
      return Optional.empty();
    }
    float[] direction = new float[width];
    for (int i = 0; i < width; i++) {
      direction[i] = (float) (sum[i] / Math.sqrt(square));
    }
    return Optional.of(direction);
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
