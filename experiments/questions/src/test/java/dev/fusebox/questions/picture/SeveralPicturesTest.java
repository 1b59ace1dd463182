package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions with several pictures: of their own, and of their options. */
class SeveralPicturesTest {

  @TempDir Path root;

  /** A picture of one gray, so that it is known by its numbers. */
  private void draw(String name, int gray) throws IOException {
    Path file = root.resolve("images/train").resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(gray, gray, gray));
    graphics.fillRect(0, 0, 4, 4);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private void drawAll() throws IOException {
    draw("1/image.png", 10);
    draw("1/choice_1.png", 21);
    draw("1/choice_0.png", 20);
    draw("2/image_10.png", 40);
    draw("2/image_2.png", 32);
    draw("2/image.png", 30);
    draw("3/image.png", 50);
    draw("4/image_0.png", 60);
  }

  private PictureFeatures open(ShownPictures shown, Control control) throws IOException {
    return Pictures.open(root, settings(shown), control, 1, root.resolve("cache"));
  }

  private static FeatureSettings settings(ShownPictures shown) {
    return new FeatureSettings(
            FeatureSource.PATCHES,
            false,
            Optional.empty(),
            Optional.empty(),
            new PatchSettings(4, 4))
        .showing(shown);
  }

  /** The grays that are read, one for each picture. */
  private static List<Integer> grays(PictureFeatures pictures, String id) {
    FloatBuffer into = FloatBuffer.allocate(pictures.patches() * pictures.width());
    int vectors = pictures.read(id, into);
    assertThat(into.position()).isEqualTo(vectors * pictures.width());
    return IntStream.range(0, vectors)
        .map(i -> Math.round((into.get(i * pictures.width()) + 1) * 127.5f))
        .boxed()
        .toList();
  }

  private static List<String> names(PictureFeatures pictures, String id) {
    return pictures.spans(id).stream().map(span -> span.picture().text()).toList();
  }

  @Test
  void theFirstIsShownUnlessMoreAreAskedFor() throws IOException {
    drawAll();
    PictureFeatures first = open(ShownPictures.FIRST, Control.NONE);
    assertThat(first.patches()).isEqualTo(1);
    assertThat(grays(first, "1")).containsExactly(10);
    assertThat(grays(first, "2")).containsExactly(30);
    assertThat(grays(first, "4")).containsExactly(60);
    assertThat(first.spans("1")).isEmpty();
  }

  @Test
  void theQuestionsOwnComeInTheOrderOfTheirNumbers() throws IOException {
    drawAll();
    PictureFeatures own = open(ShownPictures.QUESTION, Control.NONE);
    assertThat(own.patches()).isEqualTo(3);
    assertThat(grays(own, "2")).containsExactly(30, 32, 40);
    assertThat(names(own, "2")).containsExactly("2", "2/image_2", "2/image_10");
    assertThat(grays(own, "1")).containsExactly(10);
    assertThat(grays(own, "5")).isEmpty();
  }

  @Test
  void thoseOfOptionsComeAfterThem() throws IOException {
    drawAll();
    PictureFeatures all = open(ShownPictures.ALL, Control.NONE);
    assertThat(grays(all, "1")).containsExactly(10, 20, 21);
    assertThat(all.spans("1").stream().map(span -> span.picture().option().orElse(-1)))
        .containsExactly(-1, 0, 1);
    PictureFeatures options = open(ShownPictures.OPTIONS, Control.NONE);
    assertThat(grays(options, "1")).containsExactly(20, 21);
    assertThat(grays(options, "3")).isEmpty();
  }

  @Test
  void controlsKeepWhichVectorsBelongToWhichPicture() throws IOException {
    drawAll();
    PictureFeatures shuffled = open(ShownPictures.ALL, Control.SHUFFLED);
    for (String id : List.of("1", "2", "3", "4")) {
      assertThat(names(shuffled, id)).hasSameSizeAs(grays(shuffled, id));
      assertThat(names(shuffled, id)).noneMatch(name -> name.startsWith(id));
      for (Control control : List.of(Control.BLIND, Control.NOISE)) {
        PictureFeatures other = open(ShownPictures.ALL, control);
        assertThat(other.spans(id)).isEqualTo(open(ShownPictures.ALL, Control.NONE).spans(id));
      }
    }
    assertThat(grays(open(ShownPictures.ALL, Control.BLIND), "1")).containsExactly(128, 128, 128);
  }

  @Test
  void thoseOfOptionsGoWithThem() throws IOException {
    drawAll();
    MovedOptions moved =
        new MovedOptions(
            open(ShownPictures.ALL, Control.NONE),
            Map.of("1", List.of(1, -1, 0), "3", List.of(1, 0)));
    assertThat(grays(moved, "1")).containsExactly(10, 21, 20);
    assertThat(names(moved, "1")).containsExactly("1", "1/choice_0", "1/choice_2");
    assertThat(grays(moved, "2")).containsExactly(30, 32, 40);
    assertThat(grays(moved, "3")).containsExactly(50);
    assertThat(grays(moved, "5")).isEmpty();
    MovedOptions without =
        new MovedOptions(open(ShownPictures.ALL, Control.NONE), Map.of("1", List.of(1)));
    assertThat(grays(without, "1")).containsExactly(10, 21);
  }

  /** As questions are shown that are asked in every order. */
  @Test
  void thoseOfOptionsGoWithThemWhereAVersionIsLentThem() throws IOException {
    drawAll();
    PictureFeatures all = open(ShownPictures.ALL, Control.NONE);
    MovedOptions moved =
        new MovedOptions(
            new LentPictures(all, Map.of("1\n1", "1", "1\n2", "1")),
            Map.of("1\n1", List.of(0, 1), "1\n2", List.of(1, 0)));
    assertThat(grays(moved, "1\n1")).isEqualTo(grays(all, "1")).containsExactly(10, 20, 21);
    assertThat(grays(moved, "1\n2")).containsExactly(10, 21, 20);
  }

  @Test
  void aFeatureFileHasARowForEach() throws IOException {
    Files.writeString(
        root.resolve("name_map.json"),
        "{\"1\": 0, \"1/choice_0\": 1, \"1/choice_1\": 2, \"2\": 3}");
    try (NpyWriter rows = NpyWriter.floats(root.resolve("detr.npy"), 4, 2, 2)) {
      for (int row = 0; row < 4; row++) {
        rows.write(row, row, row, row);
      }
    }
    FeatureSettings settings =
        new FeatureSettings(
            FeatureSource.DETR, false, Optional.empty(), Optional.empty(), new PatchSettings(4, 4));
    assertThat(rows(settings.showing(ShownPictures.ALL), "1"))
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
    assertThat(rows(settings.showing(ShownPictures.ALL), "2")).containsExactly(3, 3, 3, 3);
    assertThat(rows(settings, "1")).containsExactly(0, 0, 0, 0);
    assertThat(
            Pictures.patches(root, settings.showing(ShownPictures.ALL), PictureBackbone.BUILT_IN))
        .isEqualTo(6);
    assertThat(Pictures.patches(root, settings, PictureBackbone.BUILT_IN)).isEqualTo(2);
  }

  private float[] rows(FeatureSettings settings, String id) throws IOException {
    PictureFeatures pictures = Pictures.open(root, settings, Control.NONE, 1, root);
    FloatBuffer into = FloatBuffer.allocate(pictures.patches() * pictures.width());
    pictures.read(id, into);
    return Arrays.copyOf(into.array(), into.position());
  }

  @Test
  void whatNoQuestionHasIsRefused() throws IOException {
    draw("1/image.png", 10);
    draw("2/image.png", 20);
    assertThatThrownBy(() -> open(ShownPictures.ALL, Control.NONE))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: features.pictures = all, but no question has more than one; leave it at first. A question's folder may hold image_0.png, image_1.png, ... and choice_0.png, choice_1.png, ...; a name map has them as ID/image_0 and ID/choice_0"
                .formatted(root.resolve("images")));
    assertThatThrownBy(() -> open(ShownPictures.OPTIONS, Control.NONE))
        .hasMessage(
            "%s: no pictures there; <split>/<problem id>/choice_0.png expected"
                .formatted(root.resolve("images")));
  }

  /** One question, of two options. */
  private static final class TwoOptions implements Dataset {

    @Override
    public Set<String> splits() {
      return Set.of("test");
    }

    @Override
    public List<Question> split(String name) {
      return List.of(new Question("3", "?", List.of("a", "b"), 0, "", true, "", "", "", "", ""));
    }

    @Override
    public String fingerprint() {
      return "";
    }
  }

  @Test
  void aPictureOfAnOptionThatIsNotThereIsRefused() throws IOException {
    draw("3/image.png", 10);
    draw("3/choice_4.png", 20);
    assertThatThrownBy(
            () ->
                Pictures.open(
                    new TwoOptions(),
                    root,
                    settings(ShownPictures.OPTIONS),
                    Control.NONE,
                    1,
                    KeptPictures.in(root),
                    PictureBackbone.BUILT_IN))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: 3/choice_4 is the picture of an option, counted from 0, that problem 3 does not have: it has 2 options"
                .formatted(root.resolve("images")));
  }
}
