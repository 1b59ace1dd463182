package dev.fusebox.questions;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.collected.CollectedFolder;
import dev.fusebox.questions.prompt.MmCotPredictions;
import dev.fusebox.questions.prompt.Rationales;
import dev.fusebox.questions.retrieve.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Questions of any bytes. */
public final class DataFuzzTest {

  private static final FuzzedFile REGIONS = new FuzzedFile("regions.json", UserError.class);
  private static final FuzzedFile BBH = new FuzzedFile("task.json", UserError.class);
  private static final FuzzedFile RATIONALES = new FuzzedFile("texts.json", UserError.class);
  private static final FuzzedFile RATIONALE_LINES = new FuzzedFile("texts.jsonl", UserError.class);
  private static final FuzzedFile PASSAGES = new FuzzedFile("corpus.txt", UserError.class);
  private static final FuzzedFile PASSAGE_LINES = new FuzzedFile("corpus.jsonl", UserError.class);
  private static final FuzzedFile COLLECTED = new FuzzedFile("changes.jsonl", UserError.class);
  private static final FuzzedFile PROBLEMS = new FuzzedFile("problems.json", UserError.class);

  private static final FuzzedFile SPLITS = new FuzzedFile("pid_splits.json", UserError.class);
  private static final FuzzedFile LINES = new FuzzedFile("train.jsonl", UserError.class);
  private static final FuzzedFile AOKVQA = new FuzzedFile("aokvqa.json", UserError.class);
  private static final FuzzedFile CAPTIONS = new FuzzedFile("captions.json", UserError.class);
  private static final FuzzedFile CSV = new FuzzedFile("answers.csv", UserError.class);
  private static final FuzzedFile MMCOT = new FuzzedFile("predictions_ans.json", UserError.class);

  private static final String TWO_PROBLEMS =
      """
      {"1": {"question": "Which?", "choices": ["a", "b"], "answer": 0},
       "2": {"question": "Which?", "choices": ["a", "b"], "answer": 1}}
      """;

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.ofEntries(
          Map.entry("problems", DataFuzzTest::problems),
          Map.entry("splits", DataFuzzTest::splits),
          Map.entry("lines", DataFuzzTest::lines),
          Map.entry("aokvqa", DataFuzzTest::aokvqa),
          Map.entry("captions", DataFuzzTest::captions),
          Map.entry("csv", DataFuzzTest::csv),
          Map.entry("mmcot", DataFuzzTest::mmcot),
          Map.entry("regions", DataFuzzTest::regions),
          Map.entry("bbh", DataFuzzTest::bbh),
          Map.entry("rationales", DataFuzzTest::rationales),
          Map.entry("passages", DataFuzzTest::passages),
          Map.entry("collected", DataFuzzTest::collected));

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(DataFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(DataFuzzTest.class, TARGETS.keySet());
  }

  private static void splits(byte[] bytes) {
    SPLITS.read(
        bytes,
        file -> {
          Files.writeString(file.resolveSibling("problems.json"), TWO_PROBLEMS);
          ScienceQaDataset.open(file.getParent()).split("train");
        });
  }

  private static void lines(byte[] bytes) {
    LINES.read(bytes, file -> QuestionLines.read(file, new QuestionExtras()));
  }

  private static void aokvqa(byte[] bytes) {
    AOKVQA.read(
        bytes,
        file ->
            AokvqaFile.read(
                file,
                Map.of(),
                new HashMap<>(),
                new AokvqaFile.Said(new HashMap<>(), new HashMap<>())));
  }

  private static void captions(byte[] bytes) {
    CAPTIONS.read(bytes, CaptionFile::read);
  }

  private static void regions(byte[] bytes) {
    REGIONS.read(bytes, RegionFile::read);
  }

  private static void bbh(byte[] bytes) {
    BBH.read(
        bytes,
        file -> {
          if (BbhFolder.isIn(file.getParent())) {
            BbhFolder.open(file.getParent()).split("test");
          }
        });
  }

  private static void rationales(byte[] bytes) {
    RATIONALES.read(bytes, file -> Rationales.read(file, List.of()));
    RATIONALE_LINES.read(bytes, file -> Rationales.read(file, List.of()));
  }

  private static void passages(byte[] bytes) {
    PASSAGES.read(bytes, Corpus::read);
    PASSAGE_LINES.read(bytes, Corpus::read);
  }

  private static void collected(byte[] bytes) {
    COLLECTED.read(bytes, file -> new CollectedFolder(file.getParent()).changes());
  }

  private static void csv(byte[] bytes) {
    CSV.read(bytes, file -> CsvFile.read(file, (values, line) -> values.toList()));
  }

  private static void mmcot(byte[] bytes) {
    MMCOT.read(bytes, file -> MmCotPredictions.read(file).predictions());
  }

  private static void problems(byte[] bytes) {
    PROBLEMS.read(
        bytes, file -> ProblemsFile.read(file, Map.of(), new HashMap<>(), new HashMap<>()));
  }
}
