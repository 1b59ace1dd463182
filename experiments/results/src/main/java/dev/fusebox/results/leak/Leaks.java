package dev.fusebox.results.leak;

import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Test questions that are nearly training questions: the text is, and the picture is where both
 * have one. Where a picture's file is not there, the text decides.
 *
 * @param twins id of such a test question → id of the first training question that it is nearly
 * @param unseen how many of them have a picture that could not be compared
 */
public record Leaks(Map<String, String> twins, int unseen) {

  /** There are none. */
  public static final Leaks NONE = new Leaks(Map.of(), 0);

  public Leaks {
    twins = Map.copyOf(twins);
  }

  /**
   * Compares every test question with all training questions.
   *
   * @param root the data directory, for the pictures
   */
  public static Leaks of(List<Question> train, List<Question> test, Path root) throws IOException {
    NearTexts texts = new NearTexts(train);
    NearPictures pictures = NearPictures.in(root);
    Map<String, String> twins = new LinkedHashMap<>();
    int unseen = 0;
    for (Question question : test) {
      for (Question near : texts.to(question)) {
        if (pictures.near(question, near)) {
          twins.put(question.id(), near.id());
          unseen += question.picture() && !(pictures.has(question) && pictures.has(near)) ? 1 : 0;
          break;
        }
      }
    }
    return new Leaks(twins, unseen);
  }

  /** Whether a test question is one of them. */
  public boolean contains(Question question) {
    return twins.containsKey(question.id());
  }

  /** How many there are. */
  public int count() {
    return twins.size();
  }

  /** What counts as near, in words. */
  public static String rule() {
    return "near-duplicates share at least %.0f%% of all %d-word n-grams in question, hint and options, and the picture (dHash within %d of 64 bits, colors within %.0f of 255)"
        .formatted(100 * NearTexts.ALIKE, Shingles.WORDS, PictureSketch.BITS, PictureSketch.COLOR);
  }
}
