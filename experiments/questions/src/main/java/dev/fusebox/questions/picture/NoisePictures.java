package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Normal noise in place of pictures, with the mean and deviation of the features over all; the same
 * noise for a question each time.
 */
final class NoisePictures implements PictureView {

  /** Enough for two digits of mean and deviation, and read in a moment. */
  private static final int SAMPLE = 256;

  private final PictureFeatures pictures;
  private final long seed;
  private final double mean;
  private final double deviation;

  NoisePictures(IndexedPictures pictures, long seed) {
    this.pictures = pictures;
    this.seed = seed;
    double sum = 0;
    double squares = 0;
    long count = 0;
    FloatBuffer buffer = FloatBuffer.allocate(pictures.patches() * pictures.width());
    for (String id : sample(pictures.questionIds())) {
      pictures.read(id, buffer.clear());
      count += buffer.flip().remaining();
      while (buffer.hasRemaining()) {
        double number = buffer.get();
        sum += number;
        squares += number * number;
      }
    }
    mean = count == 0 ? 0 : sum / count;
    deviation = count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
  }

  private static List<String> sample(List<String> ids) {
    int step = Math.max(1, ids.size() / SAMPLE);
    return IntStream.iterate(0, i -> i < ids.size(), i -> i + step).mapToObj(ids::get).toList();
  }

  @Override
  public PictureFeatures pictures() {
    return pictures;
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int start = into.position();
    int vectors = pictures.read(questionId, into);
    into.position(start);
    Random random = new Random(31 * seed + questionId.hashCode());
    for (int i = 0; i < vectors * width(); i++) {
      into.put((float) (mean + deviation * random.nextGaussian()));
    }
    return vectors;
  }
}
