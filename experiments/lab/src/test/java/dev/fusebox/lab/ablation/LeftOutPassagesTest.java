package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.TestedRuns.RANKED;
import static dev.fusebox.lab.ablation.TestedRuns.TWO_STAGES;
import static dev.fusebox.lab.ablation.TestedRuns.tested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.file.Whitespace;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.work.PassagesFile;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stage reads where a passage is left out, recited or given. */
class LeftOutPassagesTest {

  @TempDir Path folder;
  private TestedRuns runs;

  @BeforeEach
  void wire() throws IOException {
    runs = TestedRuns.in(folder);
  }

  /** What a stage read, question by question: beside all passages, then without each. */
  private static Map<String, List<String>> read(PredictionTask task) throws IOException {
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Example each : task.examples()) {
      String question = each.id().replaceAll("(?s)\n.*", "");
      texts
          .computeIfAbsent(question, any -> new ArrayList<>())
          .add(tokenizer.decode(each.source()));
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "rationale"})
  void eachPassageIsLeftOutWhereItIsRead(String reader) throws IOException {
    String config =
        (reader.equals("answer") ? RANKED : TWO_STAGES)
            + "pipeline.%s { retrieval.passages = 3, source.maxTokens = 400 }\n".formatted(reader);
    RunPlan plan = runs.plan(config + "test.every = [passage]");
    assertThat(plan.stages()).containsAll(runs.plan(config).stages());
    runs.run(plan);
    List<String> lectures =
        ScienceQaDataset.open(folder.resolve("given")).split("train").stream()
            .map(question -> Whitespace.normalise(question.lecture()))
            .distinct()
            .toList();
    int stages = reader.equals("answer") ? 1 : 2;
    Map<String, List<String>> read = read(runs.asked().get(runs.asked().size() - stages));
    Map<String, PassageAnswer> answers =
        PassagesFile.read(runs.result(tested(plan).get(stages - 1)).resolve(PassagesFile.NAME))
            .stream()
            .collect(Collectors.toMap(PassageAnswer::id, Function.identity()));
    assertThat(answers.keySet()).isEqualTo(read.keySet());
    assertThat(tested(plan)).hasSize(stages);
    for (Map.Entry<String, List<String>> each : read.entrySet()) {
      String all = each.getValue().get(0);
      List<String> found =
          lectures.stream()
              .filter(all::contains)
              .sorted(Comparator.comparing(all::indexOf))
              .toList();
      assertThat(found).hasSizeBetween(2, 3);
      List<String> without = each.getValue().subList(1, each.getValue().size());
      assertThat(without).hasSameSizeAs(found);
      for (int left = 0; left < found.size(); left++) {
        assertThat(without.get(left))
            .isEqualTo(Whitespace.normalise(all.replace(found.get(left), "")));
      }
      PassageAnswer answer = answers.get(each.getKey());
      assertThat(answer.without()).hasSameSizeAs(found);
      assertThat(answer.all().probabilities().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(1e-4));
    }
    assertThat(answers.values()).anyMatch(answer -> answer.gold() == 1);
  }

  /** What stands in the place of a passage, by what is said to stand there. */
  @Test
  void aRecitedLectureIsReadWhereARetrievedOneOrTheGoldOneWouldBe() throws IOException {
    String recited =
        RANKED
            + """
            pipeline { lecture { format = QCM-L, source.maxTokens = 160, target.maxTokens = 24, decoding.mode = generated }
                       answer { from = lecture, source.maxTokens = 300 } }
            """;
    RunPlan plan = runs.plan(recited + "test.change = [gold-rationale, no-rationale]");
    runs.run(plan);
    assertThat(plan.stages().stream().filter(stage -> stage.role() != StageRole.TESTING))
        .extracting(Stage::title)
        .containsExactlyInAnyOrder("lecture", "lecture, writing", "answer", "answer, writing");
    Stage writing =
        plan.stages().stream()
            .filter(stage -> stage.title().equals("lecture, writing"))
            .findFirst()
            .orElseThrow();
    Map<String, String> written =
        PredictionFile.read(runs.result(writing).resolve(PredictionFile.NAME)).stream()
            .collect(Collectors.toMap(Prediction::id, Prediction::text));
    Map<String, List<String>> own = read(runs.asked().get(1));
    Map<String, List<String>> gold = read(runs.asked().get(2));
    Map<String, List<String>> none = read(runs.asked().get(3));
    runs.asked().clear();
    runs.run(
        runs.plan(
            RANKED
                + "pipeline.answer { source.maxTokens = 300, retrieval { passages = 1, source ="
                + " gold } }"));
    assertThat(read(runs.asked().get(0))).as("gold at the same place").isEqualTo(gold);
    assertThat(written.values()).anyMatch(text -> !OutputFormat.lecture(text).isBlank());
    for (Question question : ScienceQaDataset.open(folder.resolve("given")).split("test")) {
      String id = question.id();
      String text = Whitespace.normalise(OutputFormat.lecture(written.get(id)));
      assertThat(gold.get(id).get(0)).contains(Whitespace.normalise(question.lecture()));
      assertThat(own.get(id).get(0)).contains(text + " Options:");
      assertThat(none.get(id).get(0)).doesNotContain(question.lecture().substring(0, 12));
    }
    assertThat(runs.plan(recited).answer().inputs())
        .as("what a stage learns from is a part of its key")
        .doesNotContainAnyElementsOf(
            runs.plan(RANKED + "pipeline.answer.source.maxTokens = 300").answer().inputs());
  }

  @Test
  void whereOnePassageIsReadThereIsNoneToCompare() throws IOException {
    assertThat(tested(runs.plan(RANKED + "test.every = [passage]"))).isEmpty();
    assertThatThrownBy(
            () ->
                runs.plan(
                    RANKED + "pipeline.answer.retrieval.passages = 1\ntest.every = [passage]"))
        .hasMessageContaining(
            "must not hold passage where one alone is retrieved: retrieval.passages must be at"
                + " least 2 to leave one out and compare, found 1");
  }
}
