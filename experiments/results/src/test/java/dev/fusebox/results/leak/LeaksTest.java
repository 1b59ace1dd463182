package dev.fusebox.results.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaksTest {

  private static final List<Question> TRAIN =
      List.of(
          question("1", "Which of these states is farthest north?", false),
          question("2", "Which country is highlighted on this map?", true),
          question("3", "Which country is highlighted on this map?", true));

  @TempDir Path root;

  private static Question question(String id, String text, boolean picture) {
    return new Question(id, text, List.of("Ohio", "Maine"), 0, "", picture, "", "", "", "", "");
  }

  private void picture(String split, String id, Color color) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillOval(5, 5, 20, 20);
    graphics.dispose();
    Path folder = Files.createDirectories(root.resolve("images/%s/%s".formatted(split, id)));
    ImageIO.write(image, "png", folder.resolve("image.png").toFile());
  }

  private Leaks leaks(Question... test) throws IOException {
    return Leaks.of(TRAIN, List.of(test), root);
  }

  @Test
  void theSameTextWithoutPicturesIsALeak() throws IOException {
    Leaks leaks =
        leaks(
            question("8", "Which of these states is farthest north?", false),
            question("9", "Which of these states has the most inhabitants?", false));
    assertThat(leaks.twins()).isEqualTo(Map.of("8", "1"));
    assertThat(leaks.unseen()).isZero();
  }

  @Test
  void theSameTextBesideAnotherPictureIsNone() throws IOException {
    picture("train", "2", Color.RED);
    picture("train", "3", Color.GREEN);
    picture("test", "8", Color.GREEN);
    picture("test", "9", Color.BLUE);
    Leaks leaks =
        leaks(
            question("8", "Which country is highlighted on this map?", true),
            question("9", "Which country is highlighted on this map?", true),
            question("10", "Which country is highlighted on this map?", false));
    assertThat(leaks.twins()).isEqualTo(Map.of("8", "3"));
    assertThat(leaks.unseen()).isZero();
  }

  @Test
  void whereAPictureIsNotThereTheTextDecidesAndIsSaidTo() throws IOException {
    Leaks leaks = leaks(question("8", "Which country is highlighted on this map?", true));
    assertThat(leaks.twins()).isEqualTo(Map.of("8", "2"));
    assertThat(leaks.unseen()).isEqualTo(1);
  }

  @Test
  void picturesAreCountedWhateverIsAsked() throws IOException {
    picture("train", "2", Color.RED);
    picture("test", "8", Color.RED);
    picture("test", "9", Color.BLUE);
    List<Question> test =
        List.of(question("8", "What is this?", true), question("9", "What is this?", true));
    assertThat(NearPictures.in(root).near(test, TRAIN)).isEqualTo(1);
  }
}
