package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScienceQaDatasetTest {

  @TempDir Path root;
  private Path problems;
  private Path splits;

  @BeforeEach
  void write() throws IOException {
    SmallScienceQa.in(root);
    problems = root.resolve("scienceqa/problems.json");
    splits = root.resolve("scienceqa/pid_splits.json");
  }

  @Test
  void questionsComeInTheOrderOfTheirSplit() throws IOException {
    Dataset dataset = ScienceQaDataset.open(root);
    assertThat(dataset.splits()).containsExactly("train", "val", "test", "trainval");
    assertThat(dataset.split("test")).extracting(Question::id).containsExactly("7", "3");
    assertThat(dataset.split("val")).isEmpty();
    assertThat(dataset.split("train").get(0))
        .isEqualTo(
            new Question(
                "1",
                "Which is farthest north?",
                List.of("Ohio", "Texas"),
                0,
                "",
                true,
                "Maps have\ndirections.",
                "Look at the compass. Ohio is farthest north.",
                "social science",
                "grade2",
                "a map"));
  }

  @Test
  void aLimitTakesTheFirstOfASplit() throws IOException {
    Dataset dataset = ScienceQaDataset.open(root);
    assertThat(dataset.split("test", Optional.of(1.0)))
        .extracting(Question::id)
        .containsExactly("7");
    assertThat(dataset.split("test", Optional.of(0.9))).isEqualTo(dataset.split("test"));
    assertThat(dataset.split("test", Optional.empty())).isEqualTo(dataset.split("test"));
    assertThat(dataset.split("val", Optional.of(3.0))).isEmpty();
  }

  @Test
  void nobodyAnsweredInWordsAndNoQuestionNamesItsPicture() throws IOException {
    Dataset dataset = ScienceQaDataset.open(root);
    assertThat(dataset.directAnswers()).isEmpty();
    assertThat(dataset.namedPictures()).isEmpty();
    assertThat(Datasets.namedPictures(root)).isEmpty();
  }

  @Test
  void filesMayLieFlat() throws IOException {
    Dataset nested = ScienceQaDataset.open(root);
    Dataset flat = ScienceQaDataset.open(root.resolve("scienceqa"));
    assertThat(flat.split("test")).isEqualTo(nested.split("test"));
    assertThat(flat.fingerprint()).isEqualTo(nested.fingerprint());
  }

  @Test
  void captionsAreChosenByName() throws IOException {
    Files.writeString(
        root.resolve("scienceqa/instruct_captions.json"), "{\"captions\": {\"7\": \"a hen\"}}");
    Dataset dataset = ScienceQaDataset.open(root, Path.of("instruct_captions.json"));
    assertThat(dataset.split("test")).extracting(Question::caption).containsExactly("a hen", "");
    assertThat(dataset.fingerprint()).isNotEqualTo(ScienceQaDataset.open(root).fingerprint());
  }

  @Test
  void captionsMayBeMissing() throws IOException {
    Files.delete(root.resolve("scienceqa/captions.json"));
    assertThat(ScienceQaDataset.open(root).split("test"))
        .extracting(Question::caption)
        .containsOnly("");
  }

  @Test
  void unknownSplitsAreNamed() throws IOException {
    Dataset dataset = ScienceQaDataset.open(root);
    assertThatThrownBy(() -> dataset.split("tset"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            splits + ": no split tset; did you mean test?; known: train, val, test, trainval");
  }

  @Test
  void aFolderWithoutProblemsSaysWhereItLooked() {
    assertRefused(
        root.resolve("images"),
        root.resolve("images") + ": there is no such folder; a data directory is expected");
    Path elsewhere = root.getParent();
    assertRefused(
        elsewhere,
        "%s: no problems.json there; looked in %s, %s, %s"
            .formatted(
                elsewhere,
                elsewhere.resolve("scienceqa"),
                elsewhere.resolve("vision_features"),
                elsewhere));
  }

  @Test
  void unknownFieldsAreNamed() throws IOException {
    replace(problems, "\"hint\": \"Look at it.\"", "\"hnit\": \"Look at it.\"");
    assertRefused(root, problems + ": line 14: problem 7: unknown field hnit; did you mean hint?");
    replace(problems, "\"hnit\": \"Look at it.\"", "\"hnit\": {\"answer\": [7]}");
    assertRefused(root, problems + ": line 14: problem 7: unknown field hnit; did you mean hint?");
    replace(problems, "hnit", "difficulty");
    assertRefused(
        root,
        problems
            + ": line 14: problem 7: unknown field difficulty; known: question, choices, answer,"
            + " hint, image, task, grade, subject, topic, category, skill, lecture, solution,"
            + " split");
  }

  @Test
  void missingFieldsAreNamed() throws IOException {
    replace(problems, "\"choices\": [\"run\", \"dog\"], \"answer\": 1,", "");
    assertRefused(root, problems + ": line 12: problem 3: must have choices, answer");
  }

  @Test
  void answersOutOfRangeAreNamed() throws IOException {
    replace(problems, "\"answer\": 3", "\"answer\": 4");
    assertRefused(
        root,
        problems + ": line 16: problem 7: answer must count one of its 4 choices from 0, found 4");
    replace(problems, "\"answer\": 4", "\"answer\": -1");
    assertRefused(
        root,
        problems + ": line 16: problem 7: answer must count one of its 4 choices from 0, found -1");
    replace(problems, "\"answer\": -1", "\"answer\": \"D\"");
    assertRefused(
        root, problems + ": line 13: problem 7: answer must be a whole number, found \"D\"");
  }

  @Test
  void tooFewChoicesAreNamed() throws IOException {
    replace(problems, "[\"run\", \"dog\"]", "[\"dog\"]");
    assertRefused(root, problems + ": line 12: problem 3: must have 2 to 26 choices, found 1");
  }

  @Test
  void repeatedIdsAreNamed() throws IOException {
    replace(problems, "\"7\":", "\"1\":");
    replace(splits, "\"7\"", "\"1\"");
    assertRefused(root, problems + ": line 13: problem 1 stands twice");
  }

  @Test
  void repeatedFieldsAreNamed() throws IOException {
    replace(problems, "\"hint\": \"Look at it.\"", "\"answer\": 2");
    assertRefused(root, problems + ": line 14: problem 7: field answer stands twice");
  }

  @Test
  void allFaultsAreToldAtOnce() throws IOException {
    replace(problems, "\"answer\": 3", "\"answer\": -1");
    replace(problems, "\"grade\": \"\"", "\"grad\": \"\"");
    assertRefused(
        root,
        problems
            + ": 2 problems\n"
            + "  line 11: problem 3: unknown field grad; did you mean grade?\n"
            + "  line 16: problem 7: answer must count one of its 4 choices from 0, found -1");
  }

  @Test
  void fieldsOfAWrongKindAreNamed() throws IOException {
    replace(problems, "\"hint\": \"Look at it.\"", "\"hint\": [1]");
    assertRefused(root, problems + ": line 14: problem 7: hint must be a text, found a list");
  }

  @Test
  void truncatedJsonIsNamed() throws IOException {
    Files.writeString(problems, SmallScienceQa.PROBLEMS.substring(0, 700));
    assertThatThrownBy(() -> ScienceQaDataset.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(problems + ": line 10: not whole JSON, perhaps cut off: ");
  }

  @Test
  void splitsOfUnknownOrRepeatedIdsAreNamed() throws IOException {
    replace(splits, "[\"7\", \"3\"]", "[\"7\", \"3\", \"12\", \"7\", \"13\"]");
    assertRefused(
        root,
        splits
            + ": 2 problems\n"
            + "  line 1: split test names twice: 7\n"
            + "  line 1: split test names problems that problems.json lacks: 12, 13");
  }

  @Test
  void ofManyFiveAreNamed() throws IOException {
    replace(splits, "[\"7\", \"3\"]", "[\"a\", \"b\", \"c\", \"d\", \"e\"]");
    String lacks = ": line 1: split test names problems that problems.json lacks: a, b, c, d, e";
    assertRefused(root, splits + lacks);
    replace(splits, "\"e\"]", "\"e\", \"f\", \"g\"]");
    assertRefused(root, splits + lacks + " and 2 more");
  }

  @Test
  void aQuestionThatIsNoneIsNamed() throws IOException {
    replace(problems, "What is this?", " ");
    assertRefused(root, problems + ": line 16: problem 7: question must be a text, found none");
    replace(problems, "\" \"", "\"What?\"");
    replace(problems, "[\"run\", \"dog\"]", "[" + "\"x\", ".repeat(26) + "\"dog\"]");
    assertRefused(root, problems + ": line 12: problem 3: must have 2 to 26 choices, found 27");
    replace(problems, "\"x\", \"x\", \"dog\"", "\"x\", \"dog\"");
    assertThat(ScienceQaDataset.open(root).split("test").get(1).choices()).hasSize(26);
    replace(problems, "\"3\":", "\".3\":");
    replace(splits, "\"3\"", "\".3\"");
    assertRefused(
        root,
        problems
            + ": line 10: problem .3: an id becomes a part of file names: it must not be empty,"
            + " begin with a dot or hold / or \\");
  }

  @Test
  void captionsMayLieAnywhere() throws IOException {
    Path elsewhere = Files.createTempDirectory(root, "mine").resolve("blip.json");
    Files.writeString(
        elsewhere, "{\"made\": {\"captions\": [3]}, \"captions\": {\"3\": \"no picture\"}}");
    assertThat(ScienceQaDataset.open(root, elsewhere).split("test"))
        .extracting(Question::caption)
        .containsExactly("", "no picture");
  }

  /** As M3CoT has them in this layout. */
  @Test
  void domainsAreColumnsWithTheirTopics() throws IOException {
    assertThat(ScienceQaDataset.open(root).categories())
        .containsExactly(ScienceQaCategory.values());
    replace(problems, "\"lecture\": \"Nouns", "\"domain\": \"language\", \"lecture\": \"Nouns");
    replace(problems, "\"topic\": \"geo", "\"domain\": \"geography\", \"topic\": \"geo");
    assertThat(ScienceQaDataset.open(root).categories())
        .extracting(Category::label)
        .containsExactly("geography", "language");
  }

  @Test
  void questionsAreOfTheirTopicAndOfTheirDomainWhereTheyHaveOne() throws IOException {
    assertThat(kinds()).contains(List.of("geography"));
    replace(
        problems, "\"topic\": \"geography\"", "\"domain\": \"social\", \"topic\": \"geography\"");
    assertThat(kinds())
        .contains(List.of("social", "geography"))
        .doesNotContain(List.of("geography"));
  }

  private List<List<String>> kinds() throws IOException {
    Dataset dataset = ScienceQaDataset.open(root);
    return dataset.splits().stream()
        .flatMap(split -> dataset.split(split).stream())
        .map(dataset::kinds)
        .toList();
  }

  @Test
  void regionsAreReadWhereTheyAreTold() throws IOException {
    Dataset without = ScienceQaDataset.open(root);
    assertThat(without.regions()).isEmpty();
    Path regions = root.resolve("scienceqa/regions.json");
    Files.writeString(
        regions,
        "{\"by\": \"hand\", \"regions\": {\"7\": {\"in the north\": \"a hen\", \"left\": \"an egg\"}}}");
    Dataset told = ScienceQaDataset.open(root);
    assertThat(told.regions())
        .isEqualTo(Map.of("7", Map.of("in the north", "a hen", "left", "an egg")));
    assertThat(told.fingerprint()).isNotEqualTo(without.fingerprint());
    Files.writeString(regions, "{\"7\": {}}");
    assertRefused(
        root, regions + ": must have a field regions { problem id: { region: what is there } }");
  }

  @Test
  void aCaptionFileWithoutCaptionsIsNamed() throws IOException {
    Path captions = root.resolve("scienceqa/captions.json");
    Files.writeString(captions, "{\"1\": \"a map\"}");
    assertRefused(root, captions + ": must have a field captions { problem id: caption }");
  }

  @Test
  void theRealDataOpenInTwoSeconds() throws IOException {
    Path real = Path.of(System.getProperty("fusebox.shared"), "data", "scienceqa");
    assumeThat(real).as("ScienceQA's own text").isDirectory();
    // Time of this thread: a busy machine does not make the reading slower.
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Dataset dataset = ScienceQaDataset.open(real);
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    assertThat(Duration.ofNanos(taken)).isLessThan(Duration.ofSeconds(2));
    assertThat(dataset.split("train")).hasSize(12_237);
    assertThat(dataset.split("test")).hasSize(4_241);
    assertThat(dataset.split("test")).filteredOn(Question::picture).hasSize(2_017);
    assertThat(dataset.split("test")).filteredOn(q -> q.choices().size() == 5).hasSize(38);
  }

  private static void assertRefused(Path root, String message) {
    assertThatThrownBy(() -> ScienceQaDataset.open(root))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static void replace(Path file, String old, String replacement) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, replacement));
  }
}
