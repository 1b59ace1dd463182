package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Proportion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Published files of answers give the scores that are stored in them, to the last digit. */
class PublishedScoresGoldenTest {

  private static final Map<String, Category> STORED =
      Map.of(
          "acc_natural", ScienceQaCategory.NAT,
          "acc_social", ScienceQaCategory.SOC,
          "acc_language", ScienceQaCategory.LAN,
          "acc_has_text", ScienceQaCategory.TXT,
          "acc_has_image", ScienceQaCategory.IMG,
          "acc_no_context", ScienceQaCategory.NO,
          "acc_grade_1_6", ScienceQaCategory.G1_6,
          "acc_grade_7_12", ScienceQaCategory.G7_12);

  @Test
  void everyPublishedFile() throws IOException {
    Dataset data = ScienceQaDataset.open(MetricGoldens.shared("data/scienceqa"));
    int scored = 0;
    for (Path file : published()) {
      JsonNode scores = MetricGoldens.json(file).path("scores").path("answer");
      if (!scores.isMissingNode()) {
        Score score =
            Score.of(AnswerFile.read(file), data, "test", Grader.strict(), Optional.empty());
        equal(score.answers().orElseThrow(), scores);
        scored++;
      }
    }
    assertThat(scored).isPositive();
  }

  private static void equal(Graded graded, JsonNode stored) {
    assertThat(twoDecimals(graded.average())).isEqualTo(stored.get("acc_average").asText());
    STORED.forEach(
        (name, category) -> {
          if (graded.unknown(category) == 0) {
            assertThat(twoDecimals(graded.in(category)))
                .as(name)
                .isEqualTo(stored.get(name).asText());
          }
        });
  }

  private static String twoDecimals(Proportion share) {
    return String.format(Locale.ROOT, "%.2f", share.percent());
  }

  private static List<Path> published() throws IOException {
    try (Stream<Path> files = Files.walk(MetricGoldens.shared("data/predictions"))) {
      return files.filter(file -> file.endsWith("predictions_ans_test.json")).sorted().toList();
    }
  }
}
