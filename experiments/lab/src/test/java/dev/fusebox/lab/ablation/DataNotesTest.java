package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.SmallScienceQa;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataNotesTest {

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = SmallScienceQa.in(folder.resolve("data"));
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(data.resolve("scienceqa").resolve(name), text);
  }

  private List<String> notes(String... overrides) throws IOException {
    return notesOf("data.root = " + data + "\npipeline { answer { format = QCM-A } }", overrides);
  }

  private List<String> notesOf(String config, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), config);
    ClassLoader loader = getClass().getClassLoader();
    Experiment experiment =
        new ExperimentReader(FusionCatalogue.of(loader), loader).read(file, List.of(overrides));
    return DataNotes.of(
        experiment,
        new OpenedFiles(folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false)));
  }

  @Test
  void ofSoundDataThereIsNothingToSay() throws IOException {
    assertThat(notes()).isEmpty();
  }

  private static final String VARIANTS = "ablation.variants={gated={},text={}}";

  @Test
  void aCategoryThatNoQuestionIsOfIsRefused() throws IOException {
    assertThat(notes(VARIANTS, "ablation.claim=[\"gated > text among IMG\"]")).isEmpty();
    assertThatThrownBy(() -> notes(VARIANTS, "ablation.claim=[\"gated > text among IMGG\"]"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "ablation.claim = gated > text among IMGG: the questions of "
                + data
                + " have no such category; did you mean IMG?; known: ");
    assertThatThrownBy(() -> notes(VARIANTS, "ablation.among=[NOO]"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("ablation.among = NOO: the questions of " + data);
  }

  /** Its questions are made by the first stage, and their categories are known before. */
  @Test
  void soItIsWhereTheDemoIsYetToBeMade() throws IOException {
    String demo = "pipeline { answer { format = QCM-A } }";
    assertThat(notesOf(demo, VARIANTS, "ablation.claim=[\"gated > text among G1-6\"]")).isEmpty();
    assertThatThrownBy(
            () -> notesOf(demo, VARIANTS, "ablation.claim=[\"gated > text among IMGG\"]"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "ablation.claim = gated > text among IMGG: the questions of the demo data have no such"
                + " category; did you mean IMG?; known: ");
    assertThatThrownBy(() -> notesOf(demo, VARIANTS, "ablation.among=[NOO]"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("ablation.among = NOO: the questions of the demo data have no");
  }

  /** Once they are there, the demo data tell that, with the splits that they have. */
  @Test
  void ofASplitThatTheDemoWillNotHaveNothingIsDrawn() throws IOException {
    String drawn = "pipeline { answer { format = QCM-A } }\ndata.limits.train = 0.5";
    assertThat(notesOf(drawn, "draws=[1,2]", "data.splits.train=trian")).isEmpty();
    assertThatThrownBy(() -> notesOf(drawn, "draws=[1,2]", "data.limits.train=100000"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("every draw would be all of them");
  }

  @Test
  void aQuestionInTwoSplitsIsAnError() throws IOException {
    put(
        "pid_splits.json",
        "{\"train\": [\"1\", \"2\"], \"test\": [\"7\", \"3\"], \"val\": [\"1\"], \"more\": [\"3\", \"2\"]}");
    assertThat(notes()).isEmpty();
    assertThatThrownBy(() -> notes("data.splits.test=more"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            data
                + ": 1 of 2 test questions are among the training questions: 2; what was learnt is no"
                + " test, so a question may be in one of them only: choose other splits, or take it"
                + " out of one");
    assertThatThrownBy(() -> notes("training.validation.every=1"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1 of 1 validation questions are among the training questions: 1;");
  }

  @Test
  void aSplitWithoutQuestionsIsAnError() {
    assertThatThrownBy(() -> notes("data.splits.test=val"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the test split has no questions");
    assertThatThrownBy(() -> notes("data.splits.train=val")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> notes("training.validation.keepBest=true"))
        .hasMessageContaining("the validation split has no questions");
  }

  @Test
  void captionsThatAreNotThereAreTold() throws IOException {
    assertThat(notes("features=caption")).isEmpty();
    put("captions.json", "{\"captions\": {\"1\": \"a map\"}}");
    assertThat(notes("features=caption"))
        .containsExactly("1 of 2 questions with a picture have no caption: 7");
    assertThat(notes()).as("nobody reads them").isEmpty();
    put("captions.json", "{\"captions\": {\"99\": \"not here\"}}");
    assertThatThrownBy(() -> notes("features=caption"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none of the 2 questions with a picture has one");
  }

  @Test
  void optionsThatReadTheSameAreTold() throws IOException {
    put(
        "problems.json",
        SmallScienceQa.PROBLEMS.replace("\"a dog\", \"a cow\"", "\"a cat\", \"a cat \""));
    assertThat(notes())
        .containsExactly(
            "1 question has options that read the same, of which one counts as right: 7");
  }

  @Test
  void anIdThatIsNoNameOfAFolderAndAQuestionWithoutTextAreRefused() throws IOException {
    put("problems.json", SmallScienceQa.PROBLEMS.replace("\"7\":", "\"../7\":"));
    assertThatThrownBy(this::notes)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("problem ../7: an id becomes a part of file names");
    put("problems.json", SmallScienceQa.PROBLEMS.replace("\"What is this?\"", "null"));
    assertThatThrownBy(this::notes)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("problem 7: question must be a text");
  }
}
