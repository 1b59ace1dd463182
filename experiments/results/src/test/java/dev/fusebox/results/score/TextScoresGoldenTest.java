package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.StemmedRougeL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the Python packages that the papers used, pair by pair and over whole files. */
class TextScoresGoldenTest {

  @Test
  void everyPair() {
    JsonNode pairs = MetricGoldens.read("pairs.json");
    assertThat(pairs).isNotEmpty();
    for (JsonNode pair : pairs) {
      String prediction = pair.get("prediction").asText();
      String reference = pair.get("reference").asText();
      equal(pair, "bleu1", Bleu.score(prediction, reference, 1));
      equal(pair, "bleu4", Bleu.score(prediction, reference, 4));
      equal(pair, "rouge", SetRougeL.f(prediction, reference));
      equal(pair, "rouge_score_rougeL_stemmed", StemmedRougeL.f(prediction, reference));
    }
  }

  @Test
  void meansOverPublishedFiles() {
    JsonNode files = MetricGoldens.read("published_files.json");
    assertThat(files).isNotEmpty();
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      List<Prediction> predictions = published(file.getKey());
      JsonNode expected = file.getValue();
      assertThat(predictions).hasSize(expected.get("n").asInt());
      near(expected, TextScores.of(predictions));
    }
  }

  /**
   * The files store BLEU of another tokeniser, which takes "(B)." for four words: 6 of 7 words of a
   * wrong answer are right there, 3 of 4 here.
   */
  @Test
  void theScoresStoredInPublishedAnswerFiles() {
    for (String file :
        List.of("checkpoint_eval/stage2_answer", "scienceqa/baseline_sigmoid_1h/stage2")) {
      JsonNode stored = json(file).get("scores").get("rationale");
      TextScores scores = TextScores.of(published(file));
      assertThat(100 * scores.mean(TextMetric.ROUGE_L).value())
          .isCloseTo(stored.get("rouge").asDouble(), within(1e-6));
      double wrong = 1 - scores.mean(TextMetric.EXACT).value();
      assertThat(stored.get("bleu1").asDouble()).isCloseTo(100 * (1 - wrong / 7), within(1e-6));
      assertThat(100 * scores.mean(TextMetric.BLEU_1).value())
          .isCloseTo(100 * (1 - wrong / 4), within(1e-6));
    }
  }

  private static void equal(JsonNode pair, String metric, double found) {
    assertThat(found)
        .as("%s of %s", metric, pair)
        .isCloseTo(pair.get(metric).asDouble(), within(1e-9));
  }

  private static void near(JsonNode expected, TextScores found) {
    Map<String, TextScores.Mean> means =
        Map.of(
            "bleu1", found.mean(TextMetric.BLEU_1),
            "bleu4", found.mean(TextMetric.BLEU_4),
            "rouge", found.mean(TextMetric.ROUGE_L),
            "rouge_score_rougeL_stemmed", found.mean(TextMetric.ROUGE_L_STEMMED));
    means.forEach(
        (metric, mean) ->
            assertThat(100 * mean.value())
                .as(metric)
                .isCloseTo(expected.get(metric).asDouble(), within(1e-6)));
  }

  private static List<Prediction> published(String file) {
    JsonNode json = json(file);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < json.get("preds").size(); i++) {
      predictions.add(
          new Prediction(
              Integer.toString(i),
              json.get("preds").get(i).asText(),
              json.get("labels").get(i).asText()));
    }
    return predictions;
  }

  private static JsonNode json(String file) {
    return MetricGoldens.json(
        MetricGoldens.shared("data/predictions/" + file + "/predictions_ans_test.json"));
  }
}
