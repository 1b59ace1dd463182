package dev.fusebox.results.leak;

import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the pictures of questions, each read once and only if it is asked for. */
public final class NearPictures {

  private final Map<String, Path> files;
  private final Map<String, PictureSketch> sketches = new HashMap<>();

  private NearPictures(Map<String, Path> files) {
    this.files = Map.copyOf(files);
  }

  /** Those of a data directory, if it has any. */
  public static NearPictures in(Path root) throws IOException {
    return new NearPictures(PictureFiles.ifAny(root));
  }

  /** Whether the file of a question's picture is there. */
  public boolean has(Question question) {
    return question.picture() && files.containsKey(question.id());
  }

  /**
   * Whether two questions show the same picture, as far as can be seen: a picture whose file is not
   * there may be any.
   */
  boolean near(Question one, Question other) {
    if (one.picture() != other.picture()) {
      return false;
    }
    return !has(one) || !has(other) || sketch(one).near(sketch(other));
  }

  /** How many of some questions have a picture that one of the others has too. */
  public int near(List<Question> some, List<Question> others) {
    List<PictureSketch> known = others.stream().filter(this::has).map(this::sketch).toList();
    return (int)
        some.stream()
            .filter(this::has)
            .map(this::sketch)
            .filter(sketch -> known.stream().anyMatch(sketch::near))
            .count();
  }

  private PictureSketch sketch(Question question) {
    return sketches.computeIfAbsent(question.id(), this::read);
  }

  private PictureSketch read(String id) {
    try {
      return PictureSketch.of(PictureReader.read(files.get(id), Transparency.OVER_WHITE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
