package dev.fusebox.benchmarks;

import dev.fusebox.questions.picture.PictureFeatures;
import java.nio.FloatBuffer;
import java.util.Random;

/** 100 vectors of width 256 for every question, as DETR gives them. */
final class RandomPictures implements PictureFeatures {

  private final float[] numbers = new float[patches() * width()];
  private final StepClock clock;

  /**
   * @param clock starts when the first batch is prepared
   */
  RandomPictures(StepClock clock) {
    this.clock = clock;
    Random random = new Random(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }

  @Override
  public int patches() {
    return 100;
  }

  @Override
  public int width() {
    return 256;
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    clock.start();
    into.put(numbers);
    return patches();
  }
}
