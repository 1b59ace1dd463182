package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.VisionFeatures;
import java.util.Random;

/**
 * Three questions, always the same: one with two pictures, one with a picture and padding, one
 * without a picture. Masked positions have values too, which must not matter.
 *
 * @since 0.1
 */
public final class FusedInputs {

  /** B. */
  public static final int ROWS = 3;

  /** V. */
  public static final int WIDTH = 6;

  private static final int VOCABULARY = 50;
  private static final int[] TEXT_LENGTHS = {7, 5, 4};
  private static final int[] PATCHES = {5, 3, 0};
  private static final int SECOND_PICTURE = 3; // the first patch of it, in the first row
  private static final int TARGET_LENGTH = 4;

  private FusedInputs() {}

  /** The questions, padded to the longest text and the most patches. */
  public static FusedInput create(NDManager manager) {
    return padded(manager, 0, 0);
  }

  /** The questions with that much extra padding. */
  public static FusedInput padded(NDManager manager, int text, int patches) {
    int length = TEXT_LENGTHS[0] + text;
    return new FusedInput(
        ids(manager, length, 1),
        mask(manager, TEXT_LENGTHS, length),
        pictures(manager, PATCHES, PATCHES[0] + patches),
        ids(manager, TARGET_LENGTH, 2));
  }

  /** The questions with all pictures masked. */
  public static FusedInput withoutPictures(NDManager manager) {
    FusedInput input = create(manager);
    VisionFeatures nothing = pictures(manager, new int[ROWS], PATCHES[0]);
    return new FusedInput(input.ids(), input.mask(), nothing, input.targets());
  }

  /** One question whose picture is made of numbered vectors, in this order; 0 is all zeros. */
  public static FusedInput ofVectors(NDManager manager, int... numbers) {
    float[] features = new float[numbers.length * WIDTH];
    for (int i = 0; i < features.length; i++) {
      int number = numbers[i / WIDTH];
      features[i] = (float) Math.sin(number * (i % WIDTH + 1.0));
    }
    Shape shape = new Shape(1, numbers.length);
    VisionFeatures picture =
        VisionFeatures.ofOnePicture(
            manager.create(features, shape.add(WIDTH)), manager.ones(shape, DataType.FLOAT32));
    FusedInput question = row(create(manager), 0);
    return new FusedInput(question.ids(), question.mask(), picture, question.targets());
  }

  private static NDArray ids(NDManager manager, int length, long seed) {
    long[] ids = new long[ROWS * length];
    for (int row = 0; row < ROWS; row++) {
      Random random = new Random(31 * seed + row);
      for (int i = 0; i < length; i++) {
        ids[row * length + i] = 3L + random.nextInt(VOCABULARY - 3);
      }
    }
    return manager.create(ids, new Shape(ROWS, length));
  }

  private static NDArray mask(NDManager manager, int[] lengths, int length) {
    float[] mask = new float[ROWS * length];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < lengths[row]; i++) {
        mask[row * length + i] = 1;
      }
    }
    return manager.create(mask, new Shape(ROWS, length));
  }

  private static VisionFeatures pictures(NDManager manager, int[] counts, int patches) {
    float[] features = new float[ROWS * patches * WIDTH];
    long[] frames = new long[ROWS * patches];
    for (int row = 0; row < ROWS; row++) {
      Random random = new Random(row);
      for (int i = 0; i < patches * WIDTH; i++) {
        features[row * patches * WIDTH + i] = (float) random.nextGaussian();
      }
      for (int i = SECOND_PICTURE; row == 0 && i < counts[row]; i++) {
        frames[i] = 1;
      }
    }
    return new VisionFeatures(
        manager.create(features, new Shape(ROWS, patches, WIDTH)),
        mask(manager, counts, patches),
        manager.create(frames, new Shape(ROWS, patches)));
  }

  /** One of the questions, with its padding. */
  public static FusedInput row(FusedInput input, long row) {
    VisionFeatures vision = input.vision();
    return new FusedInput(
        row(input.ids(), row),
        row(input.mask(), row),
        new VisionFeatures(
            row(vision.features(), row),
            row(vision.mask(), row),
            row(vision.frames(), row),
            row(vision.places(), row)),
        row(input.targets(), row));
  }

  private static NDArray row(NDArray array, long row) {
    return array.get(row + ":" + (row + 1));
  }
}
