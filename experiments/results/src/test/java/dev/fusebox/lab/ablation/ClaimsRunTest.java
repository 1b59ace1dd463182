package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.MajorityLab.SilentListener;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.results.fusing.FusingMetric;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.results.table.Cell;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TokenCount;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code configs/claims.conf} itself, with models of which it is known what they look at: what its
 * tables say of them must be so.
 */
class ClaimsRunTest {

  private static final DemoSettings WORLD = DemoSettings.of(1600, 3);

  @TempDir Path folder;
  private Path data;
  private final Map<String, Question> questions = new HashMap<>();
  private final Map<List<Float>, String> owners = new HashMap<>();

  @BeforeEach
  void world() throws IOException {
    data = folder.resolve("demo");
    DemoData.write(WORLD, data);
    Dataset dataset = Datasets.open(data);
    for (String split : dataset.splits()) {
      dataset.split(split).forEach(question -> questions.put(question.id(), question));
    }
  }

  /** Which picture is whose, as the variant sees it that looks. */
  private void know(Variant gated) throws IOException {
    FeatureSettings features = gated.recipe().pipeline().get("rationale").features();
    PictureFeatures pictures =
        Pictures.open(data, features, Control.NONE, 1, folder.resolve("kept"));
    questions.values().stream()
        .filter(Question::picture)
        .forEach(question -> owners.put(seen(pictures, question.id()), question.id()));
  }

  private static List<Float> seen(PictureFeatures pictures, String id) {
    FloatBuffer vectors = FloatBuffer.allocate(pictures.patches() * pictures.width());
    pictures.read(id, vectors);
    List<Float> seen = new ArrayList<>();
    for (float each : vectors.array()) {
      seen.add(each);
    }
    return seen;
  }

  /**
   * Knows all that is asked about no picture. Of a picture it says what is right for the question
   * that the picture belongs to; beside another's, and where it sees none, it says an option that
   * has nothing to do with what is right. Its answer is what its rationale says, or the first
   * letter whatever it says.
   */
  private final class Known implements StageTrainer, StagePredictor {

    private static final Pattern OPTION = Pattern.compile("\\((\\w)\\) (.*?)(?= \\(\\w\\) |\n|$)");
    private static final Pattern SAID = Pattern.compile("is \\((\\w)\\) Answer:");

    private final boolean firstLetter;

    Known(boolean firstLetter) {
      this.firstLetter = firstLetter;
    }

    @Override
    public TokenCount train(TrainingTask task, Path directory, StageProgress progress)
        throws IOException {
      Files.createDirectories(directory.resolve(CHECKPOINT));
      Files.writeString(directory.resolve(CHECKPOINT).resolve("known.txt"), "all");
      return new TokenCount(1, 1, 0);
    }

    @Override
    public Predicted predict(PredictionTask task, StageProgress progress) throws IOException {
      Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
      List<Prediction> texts = new ArrayList<>();
      List<OptionProbabilities> ranked = new ArrayList<>();
      for (Example each : task.examples()) {
        String source = tokenizer.decode(each.source());
        if (each.options().isEmpty()) {
          String option = rationale(task.pictures(), each.id(), source);
          texts.add(new Prediction(each.id(), "is (" + option + ")", each.targetText()));
        } else {
          int option = answer(source, each.options().orElseThrow().texts().size());
          texts.add(new Prediction(each.id(), AnswerPattern.naming(option), each.targetText()));
          ranked.add(probabilities(each, option));
        }
      }
      return new Predicted(texts, List.of(), ranked);
    }

    private String rationale(Optional<PictureFeatures> pictures, String id, String source) {
      Question question = questions.get(id.split("\n")[0]);
      Map<String, String> letters = letters(source);
      Optional<String> owner = pictures.map(shown -> owners.get(seen(shown, id)));
      boolean knows = !question.picture() || owner.filter(question.id()::equals).isPresent();
      String right = question.choices().get(question.answer());
      return knows && letters.containsKey(right)
          ? letters.get(right)
          : letters.get(guess(owner.orElse(question.id()), letters));
    }

    private static String guess(String by, Map<String, String> letters) {
      return Collections.min(
          letters.keySet(),
          Comparator.comparingInt(option -> Arrays.hashCode(new Object[] {option, by, 7}) * 31));
    }

    private static Map<String, String> letters(String source) {
      Map<String, String> letters = new HashMap<>();
      Matcher option =
          OPTION.matcher(
              source
                  .substring(source.indexOf("Options:"))
                  .replaceAll("\\s*(Solution|Answer):.*", ""));
      while (option.find()) {
        letters.put(option.group(2).strip(), option.group(1));
      }
      return letters;
    }

    private int answer(String source, int options) {
      Matcher said = SAID.matcher(source);
      int option = said.find() ? said.group(1).charAt(0) - 'A' : 0;
      return firstLetter || option >= options ? 0 : option;
    }

    private static OptionProbabilities probabilities(Example example, int option) {
      int n = example.options().orElseThrow().texts().size();
      List<Double> all = new ArrayList<>(Collections.nCopies(n, 0.2 / n));
      all.set(option, 0.8 + 0.2 / n);
      return new OptionProbabilities(example.id(), all, example.options().orElseThrow().right());
    }
  }

  private Report run(boolean firstLetter) throws IOException {
    ResultsRoot root = new ResultsRoot(folder.resolve("results"));
    FileHashes hashes = new FileHashes(root.hashes(), false);
    StageStore store = new StageStore(root.stages(), hashes);
    OpenedFiles files = new OpenedFiles(folder.resolve("cache"), hashes);
    ClassLoader loader = getClass().getClassLoader();
    FusionCatalogue fusions = FusionCatalogue.of(loader);
    Known model = new Known(firstLetter);
    AblationRunner runner =
        new AblationRunner(
            new RunPlanner(files, model, model, new CodeKeys(fusions)),
            new StageRunner(store),
            store,
            new RunBook(root, store, hashes, files),
            new Devices(new DeviceName("cpu")));
    Path config = Path.of(System.getProperty("fusebox.root"), "configs", "claims.conf");
    Experiment experiment =
        new ExperimentReader(fusions, loader)
            .read(config, List.of("data.root=" + data, "pretraining.texts=20", "test.crossed=12"));
    know(experiment.variants().get(1));
    assertThat(runner.run(runner.plan(experiment), new SilentListener()))
        .allMatch(RunResult.Finished.class::isInstance);
    return ResultsFolder.open(
            root.path().resolve("claims"), new ResultsCheck(hashes), Optional.empty())
        .report();
  }

  private static List<List<String>> rows(Report report, String title) {
    return report.tests().stream()
        .filter(one -> one.title().equals(title))
        .findFirst()
        .orElseThrow()
        .sections()
        .stream()
        .flatMap(List::stream)
        .map(row -> row.stream().map(Cell::text).toList())
        .toList();
  }

  /** The verdict on each change, by variant and change. */
  private static Map<String, String> verdicts(Report report) {
    Map<String, String> verdicts = new HashMap<>();
    rows(report, "How the answers change when the questions are changed")
        .forEach(row -> verdicts.put(row.get(0) + " " + row.get(1), row.get(row.size() - 1)));
    return verdicts;
  }

  @Test
  void whoLooksAndWhoIsBlindIsToldSo() throws IOException {
    Report report = run(false);
    assertThat(verdicts(report))
        .containsEntry("gated picture-of-another", "guesses without it")
        .containsEntry("gated no-picture", "guesses without it")
        .containsEntry("gated shuffle-options", "no drop shown")
        .containsEntry("blind picture-of-another", "does not look")
        .containsEntry("blind shuffle-options", "no drop shown");
    assertThat(rows(report, "Claims"))
        .extracting(row -> row.get(0), row -> row.get(5), row -> row.get(6))
        .containsExactly(
            tuple("gated > text", "supported", "before the runs"),
            tuple("gated > blind among IMG", "supported", "before the runs"),
            tuple("blind > text", "cannot tell", "before the runs"));
    List<List<String>> fusing = rows(report, "Does it fuse at all?");
    assertThat(fusing).extracting(row -> row.get(0)).contains("gated", "blind");
    int picture = 1 + List.of(FusingMetric.values()).indexOf(FusingMetric.PICTURE_SCORE);
    int share = 1 + List.of(FusingMetric.values()).indexOf(FusingMetric.PICTURE_SHARE);
    assertThat(fusing)
        .filteredOn(row -> row.get(0).equals("blind"))
        .singleElement()
        .satisfies(
            row -> assertThat(row.get(picture).split(" ")[0]).isEqualTo("0.0"),
            row -> assertThat(row.get(share).split(" ")[0]).isEqualTo("0.0"));
    assertThat(fusing)
        .filteredOn(row -> row.get(0).equals("gated"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(Double.parseDouble(row.get(picture).split(" ")[0])).isGreaterThan(30));
  }

  @Test
  void whoGoesByTheLetterIsToldSo() throws IOException {
    Map<String, String> verdicts = verdicts(run(true));
    for (String variant : List.of("text", "gated", "blind")) {
      assertThat(verdicts).containsEntry(variant + " shuffle-options", "goes by the letter");
    }
  }
}
