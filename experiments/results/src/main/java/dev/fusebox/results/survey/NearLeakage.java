package dev.fusebox.results.survey;

import dev.fusebox.questions.Question;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.leak.NearPictures;
import dev.fusebox.results.leak.NearTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How many questions of the test have something that is nearly in the training data.
 *
 * @param what the text of the question, its picture, or both at once
 * @param test how many test questions have one that can be compared
 * @param seen how many of those are nearly in training
 */
public record NearLeakage(String what, int test, int seen) {

  static List<NearLeakage> of(List<Question> train, List<Question> test, Path root, Leaks leaks)
      throws IOException {
    NearPictures pictures = NearPictures.in(root);
    return List.of(
        new NearLeakage(
            "question, hint and options", test.size(), new NearTexts(train).near(test.stream())),
        new NearLeakage(
            "picture",
            (int) test.stream().filter(pictures::has).count(),
            pictures.near(test, train)),
        new NearLeakage("all of that at once", test.size(), leaks.count()));
  }

  /** 0 to 100; NaN if no test question has one. */
  public double percent() {
    return 100.0 * seen / test;
  }
}
