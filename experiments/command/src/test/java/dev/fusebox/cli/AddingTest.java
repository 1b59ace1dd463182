package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guides of docs/adding.md, followed to the letter: what they add is there, and works. */
final class AddingTest {

  private static final Markdown PAGE = Markdown.of("docs/adding.md");
  private static final List<GuideStep> STEPS = GuideStep.of(PAGE);
  private static final List<String> COUNTS =
      List.of("no", "one", "two", "three", "four", "five", "six");

  @TempDir private static Path folder;
  private static EditedCode code;

  @BeforeAll
  static void follow() throws IOException {
    code = EditedCode.after(STEPS, folder);
  }

  @AfterAll
  static void close() throws IOException {
    code.close();
  }

  /** Two questions, in the files that the data set's guide reads. */
  private static Path vqa(String name) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    String question =
        "{\"id\": \"%s\", \"question\": \"Which?\", \"choices\": [\"duck\", \"moss\"], \"answer\": \"%s\"}";
    for (String split : List.of("train", "val", "test")) {
      Files.writeString(
          root.resolve("vqa_" + split + ".json"),
          "[%s, %s]"
              .formatted(
                  question.formatted(split + 1, "moss"), question.formatted(split + 2, "duck")));
    }
    return root;
  }

  private static Path config(String lines) throws IOException {
    Path config = folder.resolve("added" + Integer.toHexString(lines.hashCode()) + ".conf");
    String demo = Markdown.ROOT.resolve("configs/base/demo.conf").toAbsolutePath().toString();
    return Files.writeString(config, "include file(\"" + demo + "\")\n" + lines);
  }

  @Test
  void aDataSet() throws Exception {
    Path root = vqa("data");
    assertThat(code.fusebox("data-report", "--data", root.toString()))
        .containsPattern("train +2 +2 ");
    assertThat(code.fusebox("doctor", "--data", folder.toString())).contains("or vqa_train.json");
    Files.writeString(
        root.resolve("vqa_val.json"), "[\n{\"id\": \"1\", \"choices\": [\"a\", \"b\"]}]");
    assertThat(code.fusebox("doctor", "--data", root.toString()))
        .contains("vqa_val.json: line 2: question number 1: must have id, question, choices, and");
  }

  @Test
  void aFeatureSource() throws Exception {
    assertThat(code.fusebox("list", "features")).containsPattern("(?m)^swin$");
    Path root = vqa("seen");
    Files.write(root.resolve("swin.npy"), array(6, 4, 3));
    Files.writeString(root.resolve("name_map.json"), "{\"train1\": 5, \"test2\": 0}");
    assertThat(code.fusebox("doctor", "--data", root.toString()))
        .containsPattern("swin +swin\\.npy, .*: 6 rows of 4 × 3; 2 of 6 pictures have a row");
    assertThat(code.fusebox("describe", config("features = swin, fusion = concat").toString()))
        .contains("features.source = swin");
  }

  private static byte[] array(int rows, int patches, int width) {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(rows, patches, width);
    String padded = header + " ".repeat(63 - (header.length() + 10) % 64) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + 4 * rows * patches * width)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
    bytes.putShort((short) padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
    return bytes.array();
  }

  /** Of a picture of four columns and two rows, by the backbone of a file. */
  private static final String MEANS =
      """
      VisionBackbones all = VisionBackbones.of(getClass().getClassLoader());
      try (NDManager root = NDManager.newBaseManager();
          VisionBackbone opened =
              all.open(
                  Path.of("%s"), Readout.last(), root, Ops.load(root, Precision.FLOAT32))) {
        return opened.kind() + Arrays.toString(
            opened.forward(root.arange(24f).reshape(1, 3, 2, 4)).toFloatArray());
      }
      """;

  @Test
  void aVisionBackbone() throws Exception {
    Path file = Files.writeString(folder.resolve("2.mean"), "2\n");
    Object features =
        code.answer(
            "dev.fusebox.vision",
            """
            ai.djl.ndarray.NDManager
            ai.djl.ndarray.types.Shape
            dev.fusebox.tensor.Ops
            dev.fusebox.tensor.Precision
            java.nio.file.Path
            java.util.Arrays""",
            MEANS.formatted(file));
    assertThat(features).isEqualTo("mean[2.5, 10.5, 18.5, 4.5, 12.5, 20.5]");
  }

  /** Of a weight of 0.5 everywhere, with its state afterwards. */
  private static final String LION_STEP =
      """
      try (NDManager root = NDManager.newBaseManager();
          Parameters parameters = new Parameters(root, 1)) {
        Shape shape = new Shape(2, 2);
        NDArray weight = parameters.declare("weight", shape, Initializer.constant(0.5));
        parameters.train(name -> true);
        UpdateRule rule =
            new Lion(1e-3, 0.9, 0.5, 0.5)
                .rule(
                    TrainableParameters.of(parameters),
                    new TrainingScript(Ops.load(root, Precision.FLOAT32)),
                    100);
        NDArray gradient = root.create(new float[] {1, -2, 0, 4}, shape);
        rule.update(List.of(gradient), root.create(1f), 1, 0.25);
        return Arrays.toString(weight.toFloatArray())
            + rule.state().keySet()
            + Arrays.toString(rule.state().get("mean.weight").toFloatArray());
      }
      """;

  @Test
  void anOptimizer() throws Exception {
    Object step =
        code.answer(
            "dev.fusebox.training.optimize",
            """
            ai.djl.ndarray.NDArray
            ai.djl.ndarray.NDManager
            ai.djl.ndarray.types.Shape
            dev.fusebox.tensor.Initializer
            dev.fusebox.tensor.Ops
            dev.fusebox.tensor.Parameters
            dev.fusebox.tensor.Precision
            java.util.Arrays
            java.util.List""",
            LION_STEP);
    assertThat(step)
        .isEqualTo("[0.1875, 0.6875, 0.4375, 0.1875][mean.weight][0.5, -1.0, 0.0, 2.0]");
    assertThat(
            code.fusebox(
                "describe",
                config("training.optimizer = { type = lion, beta2 = 0.98 }").toString()))
        .contains("training.optimizer.type = lion")
        .contains("training.optimizer.beta2 = 0.98", "training.optimizer.beta1 = 0.9 ");
  }

  /** Every example that comes up, where a text is its letters. */
  private static final String SENTENCE_ORDERS =
      """
      Tokens tokens =
          new Tokens() {
            @Override
            public List<Integer> of(String text) {
              return text.chars().boxed().toList();
            }

            @Override
            public int end() {
              return '.';
            }

            @Override
            public int sentinel(int number) {
              return 0;
            }
          };
      Question question =
          new Question(
              "1", "?", List.of("a", "b"), 0, "", false, "", "It is. So b.", "", "", "");
      PretrainingExamples all =
          new PretrainingExamples(
              Map.of("sentenceOrder", 1.0),
              new PicturedTexts(List.of(question)),
              tokens,
              99,
              1);
      Set<String> found = new TreeSet<>();
      for (int i = 0; i < 30; i++) {
        found.add(
            java.util.stream.Stream.of(all.example(i).source(), all.example(i).target())
                .map(ids -> ids.stream().map(Character::toString).collect(Collectors.joining()))
                .collect(Collectors.joining(" > ")));
      }
      return found.toString();
      """;

  @Test
  void aPretrainingObjective() throws Exception {
    Object examples =
        code.answer(
            "dev.fusebox.training.objective",
            """
            dev.fusebox.questions.Question
            java.util.List
            java.util.Map
            java.util.Set
            java.util.TreeSet
            java.util.stream.Collectors""",
            SENTENCE_ORDERS);
    assertThat(examples).isEqualTo("[order It is. So b.. > yes., order So b. It is.. > no.]");
    assertThat(
            code.fusebox(
                "describe", config("pretraining.objectives { sentenceOrder = 2 }").toString()))
        .contains("objectives.sentenceOrder = 2");
  }

  @Test
  void aChangeOfQuestions() throws Exception {
    Object asked =
        code.answer(
            "dev.fusebox.questions.change",
            "dev.fusebox.questions.Question\njava.util.List",
            """
            Question question =
                new Question("1", "Which?", List.of("a", "b"), 1, "", false, "", "", "", "", "");
            ChangedQuestion changed =
                QuestionChange.valueOf("CAPITALS").of(List.of(question)).get(0);
            return changed.asked().question() + changed.right();
            """);
    assertThat(asked).isEqualTo("WHICH?1");
    assertThat(code.fusebox("describe", config("test.change = [\"capitals\"]").toString()))
        .contains("test.change = [\"capitals\"]");
  }

  @Test
  void aTextMetricAndAnAnswerMetric() throws Exception {
    Path root = vqa("marked");
    Path answers =
        Files.writeString(
            root.resolve("mine.jsonl"),
            """
            {"id": "test1", "text": "The answer is (B).", "target": "The answer is (B)."}
            {"id": "test2", "text": "I cannot know.", "target": "The answer is (A)."}
            """);
    String sheet = code.fusebox("score", "--data", root.toString(), answers.toString(), "--json");
    assertThat(sheet)
        .containsPattern("\"readable\"\\s*:\\s*1\\b")
        .containsPattern("\"chrf\"\\W+\"percent\"\\W+52\\.9367");
  }

  /** What this page's table and that of the architecture count is what the guides do. */
  @Test
  void theCountsAreThoseOfTheSteps() {
    Map<String, List<GuideStep>> guides =
        STEPS.stream().collect(Collectors.groupingBy(GuideStep::thing));
    Map<String, String> here = rows(PAGE, "\\[(.+?)]\\(#.+?\\)");
    Map<String, String> there =
        rows(Markdown.of("docs/architecture.md"), "(?:files to touch )?for an? (.+?) \\| .+?");
    assertThat(guides).hasSize(8);
    assertThat(guides.keySet()).filteredOn(there::containsKey).hasSize(5);
    guides.forEach(
        (thing, steps) -> {
          long added = steps.stream().filter(GuideStep::writes).count();
          long files = steps.stream().map(GuideStep::file).distinct().count();
          assertThat(here.get(thing).replace("nothing, or ", ""))
              .as(thing)
              .isEqualTo(
                  (added == 0 ? "" : count(added, "new class", "es") + ", ")
                      + count(files - added, "edit", "s"));
          assertThat(there.getOrDefault(thing, "" + files))
              .as(thing)
              .containsPattern("\\b" + files + "\\b");
        });
  }

  private static String count(long number, String one, String ending) {
    return COUNTS.get((int) number) + " " + one + (number == 1 ? "" : ending);
  }

  /** The column behind what is matched, by the group. */
  private static Map<String, String> rows(Markdown page, String thing) {
    return Pattern.compile("(?m)^\\| " + thing + " \\| (.+?) \\|")
        .matcher(page.text())
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }
}
