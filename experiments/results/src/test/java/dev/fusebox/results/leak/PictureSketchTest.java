package dev.fusebox.results.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.picture.Picture;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PictureSketchTest {

  private interface Paint {
    int at(double x, double y, int color);
  }

  private static Picture painted(int width, int height, Paint paint) {
    byte[] bytes = new byte[width * height * Picture.COLORS];
    for (int i = 0; i < bytes.length; i++) {
      int pixel = i / Picture.COLORS;
      double x = (pixel % width + 0.5) / width;
      int row = pixel / width;
      double y = (row + 0.5) / height;
      bytes[i] = (byte) paint.at(x, y, i % Picture.COLORS);
    }
    return new Picture(width, height, bytes);
  }

  /** Waves, whose gray rises and falls all over. */
  private static int waves(double x, double y, int color) {
    return (int) (127 + 100 * Math.sin(9 * x + 5 * y + color));
  }

  private static int map(double x, double y, int color, boolean marked) {
    boolean land = x > 0.2 && x < 0.5 && y > 0.2 && y < 0.5;
    return land ? (marked ? (color == 1 ? 160 : 90) : 120) : 240;
  }

  @Test
  void aPictureInAnotherSizeWithNoiseIsTheSame() {
    PictureSketch picture = PictureSketch.of(painted(180, 160, PictureSketchTest::waves));
    SplittableRandom random = new SplittableRandom(1);
    PictureSketch smaller =
        PictureSketch.of(
            painted(90, 77, (x, y, color) -> waves(x, y, color) + random.nextInt(7) - 3));
    assertThat(picture.distance(smaller)).isLessThanOrEqualTo(2);
    assertThat(picture.near(smaller)).isTrue();
  }

  @Test
  void aPictureTurnedOverIsAnother() {
    PictureSketch picture = PictureSketch.of(painted(90, 80, PictureSketchTest::waves));
    PictureSketch turned =
        PictureSketch.of(painted(90, 80, (x, y, color) -> waves(1 - x, y, color)));
    assertThat(picture.distance(turned)).isGreaterThan(30);
    assertThat(picture.near(turned)).isFalse();
  }

  @Test
  void mapsWithAnotherLandMarkedAreTwoThoughTheirGrayIsOne() {
    PictureSketch plain = PictureSketch.of(painted(90, 80, (x, y, c) -> map(x, y, c, false)));
    PictureSketch marked = PictureSketch.of(painted(90, 80, (x, y, c) -> map(x, y, c, true)));
    assertThat(plain.distance(marked)).isLessThanOrEqualTo(PictureSketch.BITS);
    assertThat(plain.near(marked)).isFalse();
  }

  @Test
  void aPictureSmallerThanTheSketchHasOneToo() {
    assertThat(PictureSketch.of(Picture.black(3, 2)).near(PictureSketch.of(Picture.black(90, 80))))
        .isTrue();
  }

  @Test
  void risesAreRowByRow() {
    PictureSketch risen = PictureSketch.of(painted(9, 8, (x, y, c) -> (int) (x * 200)));
    assertThat(risen.rises().cardinality()).isEqualTo(64);
    PictureSketch step = PictureSketch.of(painted(9, 8, (x, y, c) -> x > 0.4 && y < 0.12 ? 9 : 0));
    assertThat(step.rises().stream()).containsExactly(3);
  }
}
