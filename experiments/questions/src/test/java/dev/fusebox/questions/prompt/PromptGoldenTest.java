package dev.fusebox.questions.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** mm-cot's own prompts, by hash over whole splits. */
class PromptGoldenTest {

  private static final Path DATA = Path.of(System.getProperty("fusebox.shared"), "data");
  private static final Path SCIENCE_QA = DATA.resolve("scienceqa");

  @Test
  void everyPromptIsTheOriginal() throws IOException {
    Path goldens = SCIENCE_QA.resolve("prompt_goldens.json");
    assumeThat(goldens).as("hashes of mm-cot's prompts").exists();
    Dataset dataset = ScienceQaDataset.open(SCIENCE_QA);
    int cases = 0;
    for (JsonNode golden : new ObjectMapper().readTree(goldens.toFile())) {
      check(golden, dataset.split(golden.get("split").asText()));
      cases++;
    }
    assertThat(cases).isPositive();
  }

  private static void check(JsonNode golden, List<Question> questions) throws IOException {
    PromptFormat format = PromptFormat.parse(golden.get("format").asText());
    PromptBuilder builder = new PromptBuilder(format, golden.get("caption").asBoolean());
    Function<Question, TextPair> prompts = builder::prompt;
    if (golden.has("generatedRationales")) {
      Path folder = DATA.resolve(golden.get("generatedRationales").asText());
      Rationales rationales =
          Rationales.read(folder.resolve("predictions_ans_test.json"), questions);
      prompts = question -> builder.prompt(question, rationales.of(question));
    }
    List<JsonNode> first =
        List.of(new ObjectMapper().convertValue(golden.get("first"), JsonNode[].class));
    for (int i = 0; i < first.size(); i++) {
      assertThat(questions.get(i).id()).isEqualTo(first.get(i).get("pid").asText());
      assertThat(prompts.apply(questions.get(i)))
          .isEqualTo(
              new TextPair(
                  first.get(i).get("source").asText(), first.get(i).get("target").asText()));
    }
    assertThat(questions).hasSize(golden.get("count").asInt());
    assertThat(new PromptLines(questions, prompts).sha256())
        .as("%s %s", format, golden.get("split"))
        .isEqualTo(golden.get("sha256").asText());
  }
}
