package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.TestedRuns.RANKED;
import static dev.fusebox.lab.ablation.TestedRuns.TWO_STAGES;
import static dev.fusebox.lab.ablation.TestedRuns.tested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.training.task.TransferredAnswer;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.TransferredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions of other data, asked of the trained stages. */
class TransferredQuestionsTest {

  @TempDir Path folder;
  private TestedRuns runs;

  @BeforeEach
  void wire() throws IOException {
    runs = TestedRuns.in(folder);
  }

  /** Each set as it is published, in a question or two. */
  private void otherData() throws IOException {
    put(
        "mmlu/test/astronomy_test.csv",
        "What shines?,Sun,Rock,Mud,Ash,A\n\"Which is near, and round?\",Fog,Moon,Ox,Wax,B\n");
    put("mmlu/test/virology_test.csv", "What is a virus?,A,B,C,D,D\n");
    put(
        "bbh/boolean_expressions.json",
        "{\"examples\": [{\"input\": \"not True is\", \"target\": \"False\"},"
            + " {\"input\": \"not False is\", \"target\": \"True\"}]}");
    put(
        "arc/ARC-Challenge-Test.jsonl",
        "{\"id\": \"a1\", \"question\": {\"stem\": \"What melts?\", \"choices\": [{\"text\": \"ice\","
            + " \"label\": \"1\"}, {\"text\": \"stone\", \"label\": \"2\"}]}, \"answerKey\": \"1\"}\n");
    put(
        "own/dev.jsonl",
        "{\"id\": \"o1\", \"question\": \"Red?\", \"options\": [\"yes\", \"no\"], \"answer\": \"B\"}\n");
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve("others").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String other(String name, String more) {
    return "test.transfer.%s { root = \"%s\" %s }\n"
        .formatted(name, folder.resolve("others").resolve(name), more);
  }

  @ParameterizedTest
  @ValueSource(strings = {RANKED, TWO_STAGES})
  void questionsOfOtherDataGoTheWholeWay(String config) throws IOException {
    otherData();
    RunPlan plan =
        runs.plan(
            config
                + other("mmlu", "")
                + other("bbh", ", questions = 1")
                + other("arc", "")
                + other("own", ", split = dev"));
    assertThat(plan.stages()).containsAll(runs.plan(config).stages());
    assertThat(plan.answer()).isEqualTo(runs.plan(config).answer());
    List<TransferredAnswer> answers = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      Path file = runs.result(stage).resolve(TransferredFile.NAME);
      if (Files.isRegularFile(file)) {
        answers.addAll(TransferredFile.read(file));
      }
    }
    assertThat(tested(plan))
        .extracting(Stage::title)
        .contains("answer, tested on mmlu", "answer, tested on own")
        .hasSize(config.equals(RANKED) ? 4 : 8);
    assertThat(answers)
        .extracting(
            TransferredAnswer::set,
            TransferredAnswer::subjects,
            TransferredAnswer::right,
            TransferredAnswer::options)
        .containsExactly(
            tuple("mmlu", List.of("astronomy"), 0, 4),
            tuple("mmlu", List.of("astronomy"), 1, 4),
            tuple("mmlu", List.of("virology"), 3, 4),
            tuple("bbh", List.of("boolean_expressions"), 0, 2),
            tuple("arc", List.of(), 0, 2),
            tuple("own", List.of(), 1, 2));
    assertThat(answers).allMatch(each -> each.option() >= 0 && each.option() < each.options());
  }

  @Test
  void otherDataThatAreNotThereAreToldBeforeAnythingIsComputed() {
    assertThatThrownBy(() -> runs.plan(RANKED + other("mmlu", "")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("others/mmlu")
                + ": there is no such folder; a data directory is expected");
  }
}
