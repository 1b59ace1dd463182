package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies in files and decides a stage's bits is in its key, and what does not decide them is
 * not.
 */
class StageKeysTest {

  private static final int QUESTIONS = 12;
  private static final String TEXT =
      "features = none\nfusion = none\npipeline.answer { format = QCM-A, start = model }\n";
  private static final String GATED = TEXT + "features = detr\nfusion = gated\n";

  private static final String SEEING =
      "fusion = gated\nfeatures { %s }\npipeline.answer { format = QCM-A, start = model }\n";

  @TempDir private static Path shared;
  private static Path data;
  private static FusionCatalogue fusions;
  private static CodeKeys code;

  @TempDir private Path folder;

  @BeforeAll
  static void generate() throws IOException {
    data = shared.resolve("data");
    DemoData.write(DemoSettings.of(QUESTIONS, 3), data);
    fusions = FusionCatalogue.of(StageKeysTest.class.getClassLoader());
    code = new CodeKeys(fusions);
  }

  private List<Stage> stages(String lines) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"), "data.root = \"%s\"\n%s".formatted(data, lines));
    Recipe recipe =
        new ExperimentReader(fusions, getClass().getClassLoader())
            .read(file, List.of())
            .variants()
            .get(0)
            .recipe();
    OpenedFiles opened =
        new OpenedFiles(folder.resolve("cache"), new FileHashes(folder.resolve(".h"), true));
    return new RunPlanner(
            opened,
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            code)
        .plan(recipe, 1)
        .stages();
  }

  private String training(String lines) throws IOException {
    return stages(lines).stream()
        .filter(stage -> stage.kind() == StageKind.TRAINING)
        .reduce((first, second) -> second)
        .orElseThrow()
        .key();
  }

  private static void turnAByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void everySettingThatATextIsMadeWithIsInTheKey() throws IOException {
    TreeMap<String, String> keys = new TreeMap<>();
    assertThat(training(TEXT)).isEqualTo(training(TEXT));
    for (String setting :
        List.of(
            "",
            "features = caption",
            "pipeline.answer.format = QCM-EA",
            "pipeline.answer.goldLecture = false",
            "pipeline.answer.source.maxTokens = 99",
            "pipeline.answer.target.maxTokens = 9",
            "pipeline.answer.shots = 1",
            "pipeline.answer.shots { count = 1, choice = nearest }",
            "pipeline.answer.retrieval { passages = 1 }",
            "pipeline.answer.retrieval { passages = 2 }",
            "training.validation.every = 1",
            "model.vocabulary = used",
            "model.shape.width = 32",
            "model.frozen = [shared.weight]",
            "data.limits.train = 5",
            "training.steps = 3")) {
      String key = training(TEXT + setting);
      assertThat(keys.put(key, setting)).as(setting).isNull();
    }
  }

  @Test
  void everySettingThatAPictureIsSeenWithIsInTheKey() throws IOException {
    TreeMap<String, String> keys = new TreeMap<>();
    for (String setting :
        List.of(
            "",
            "fusion = concat",
            "fusion = [gated, concat]",
            "features = patches",
            "features = passages",
            "features = [detr, passages]",
            "control = blind",
            "control = shuffled")) {
      assertThat(keys.put(training(GATED + setting), setting)).as(setting).isNull();
    }
  }

  @Test
  void aTextThatDecidesIsInTheKeyByWhatItHolds() throws IOException {
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), "Water boils.\n\nIce melts.\n");
    String retrieves =
        TEXT + "pipeline.answer.retrieval { passages = 1, corpus = \"%s\" }".formatted(corpus);
    String before = training(retrieves);
    String plain = training(TEXT);
    turnAByte(corpus);
    assertThat(training(retrieves)).isNotEqualTo(before);
    assertThat(training(TEXT)).isEqualTo(plain);
  }

  @Test
  void whatIsSoughtForTheSightIsInTheKey() throws IOException {
    TreeMap<String, String> keys = new TreeMap<>();
    for (String setting : List.of("", "passages.count = 2", "passages.width = 16")) {
      String sees = SEEING.formatted("source = [detr, passages], " + setting);
      assertThat(keys.put(training(sees), setting)).as(setting).isNull();
    }
  }

  @Test
  void aCorpusThatIsSeenIsInTheKeyByWhatItHolds() throws IOException {
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), "Water boils.\n\nIce melts.\n");
    String sees =
        SEEING.formatted("source = [detr, passages], passages.corpus = \"%s\"".formatted(corpus));
    String before = training(sees);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere")).resolve("corpus.txt");
    Files.copy(corpus, elsewhere);
    String moved = sees.replace(corpus.toString(), elsewhere.toString());
    assertThat(training(moved)).isEqualTo(before);
    String other = training(GATED);
    turnAByte(corpus);
    assertThat(training(sees)).isNotEqualTo(before);
    assertThat(training(moved)).isEqualTo(before);
    assertThat(training(GATED)).isEqualTo(other);
  }

  @Test
  void passagesThatAreNowhereAreToldWhileARunIsPlanned() {
    assertThatThrownBy(
            () -> training(SEEING.formatted("source = passages, passages.corpus = nowhere.txt")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nowhere.txt: there is no such file");
  }

  @Test
  void picturesAreInTheKeyOfWhoSeesThem() throws IOException {
    String seen = training(GATED);
    String plain = training(TEXT);
    turnAByte(data.resolve("vision_features/detr.npy"));
    assertThat(training(GATED)).isNotEqualTo(seen);
    assertThat(training(TEXT)).isEqualTo(plain);
  }

  @Test
  void theTokenizerIsInTheKeyWhereverItLies() throws IOException {
    String own = training(TEXT);
    Path words = Tokenizers.find(data).orElseThrow();
    Path elsewhere =
        Files.createDirectories(folder.resolve("tokenizer")).resolve(words.getFileName());
    Files.copy(words, elsewhere);
    String given = TEXT + "model.tokenizer = \"%s\"\n".formatted(elsewhere);
    assertThat(training(given)).isEqualTo(own);
    turnAByte(elsewhere);
    assertThat(training(given)).isNotEqualTo(own);
    Files.copy(elsewhere, words, StandardCopyOption.REPLACE_EXISTING);
    assertThat(training(TEXT)).isEqualTo(training(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pipeline.r.format = QCM-E\npipeline.answer.format = QCMG-A\npipeline.answer.from = r"
      })
  void otherQuestionsAreAskedOfTheSameModel(String stages) throws IOException {
    Path other = folder.resolve("other");
    DemoData.write(DemoSettings.of(QUESTIONS, 4), other);
    String transfer = "\ntest.transfer.other { root = \"%s\" }".formatted(other);
    String lines = TEXT + stages;
    List<Stage> plain = stages(lines);
    List<Stage> asked = stages(lines + transfer);
    assertThat(asked).containsAll(plain);
    assertThat(asked.size()).isGreaterThan(plain.size());
    assertThat(stages(lines + transfer)).isEqualTo(asked);
    Path problems = other.resolve("problems.json");
    Files.writeString(problems, Files.readString(problems).replaceFirst("\\?", "!"));
    List<Stage> changed = stages(lines + transfer);
    assertThat(changed).containsAll(plain).isNotEqualTo(asked);
  }

  /** A small T5 with a tokenizer of its own; another seed, other weights. */
  private Path checkpoint(String name, int seed) throws IOException {
    Path directory = folder.resolve(name);
    T5Config config = T5Config.small(512, 16, 4).withDepths(1, 1);
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, seed)) {
      T5Model.textOnly(config, parameters, Ops.load(root, Precision.FLOAT32));
      Checkpoint.save(directory, parameters.all(), config.toJson());
    }
    WordTokenizer.learn(Stream.of("a b c"), 1).save(directory);
    return directory;
  }

  private static String starting(Path checkpoint) {
    return TEXT + "model.checkpoint = \"%s\"\n".formatted(checkpoint);
  }

  @Test
  void aCheckpointIsInTheKeyWhereverItLies() throws IOException {
    String one = training(starting(checkpoint("one", 1)));
    assertThat(training(starting(checkpoint("copy", 1))))
        .isEqualTo(one)
        .isNotEqualTo(training(TEXT));
    Path other = checkpoint("other", 2);
    TreeMap<String, String> keys = new TreeMap<>();
    for (String setting :
        List.of(
            "",
            "model.tune { method = lora }",
            "model.tune { method = lora, rank = 2 }",
            "model.tune { method = lora }\nmodel.frozenWeights = bfloat16",
            "pretraining { texts = 8, training.steps = 2 }\npipeline.answer.start = pretraining")) {
      assertThat(keys.put(training(starting(other) + setting), setting)).as(setting).isNull();
    }
    assertThat(keys).doesNotContainKey(one);
  }

  /** Before anything is computed, in whatever stage it would be read first. */
  @Test
  void aCheckpointThatDoesNotFitIsToldWhilePlanning() throws IOException {
    Path checkpoint = checkpoint("broken", 1);
    Path config = checkpoint.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceFirst("\"num_layers\" ?: ?1", "\"num_layers\":3"));
    for (String setting :
        List.of(
            "",
            "features = detr\nfusion = gated",
            "pretraining { texts = 8, training.steps = 2 }\npipeline.answer.start = pretraining")) {
      assertThatThrownBy(() -> stages(starting(checkpoint) + setting))
          .as(setting)
          .isInstanceOf(UserError.class)
          .hasMessageContaining(
              "does not fit its config.json: the weights have 1 + 1 layers, config.json 3 + 1");
    }
  }

  @Test
  void whatAPretrainingReadsIsInItsKey() throws IOException {
    String start =
        "\npipeline.answer.start = pretraining\npretraining { texts = 8, training.steps = 2 }\n";
    String captions = "pretraining.objectives { captioning = 1 }\n";
    TreeMap<String, String> keys = new TreeMap<>();
    for (String lines :
        List.of(
            TEXT + start,
            TEXT + start + "pretraining.texts = 9",
            TEXT + start + "pretraining.seed = 2",
            TEXT + start + "model.shape.width = 32",
            TEXT + start + "data.limits.train = 5",
            GATED + start + captions,
            GATED + start + captions + "fusion = concat",
            GATED + start + captions + "control = blind")) {
      assertThat(keys.put(pretraining(lines), lines)).as(lines).isNull();
    }
    assertThat(keys).as("it sees no picture").containsKey(pretraining(GATED + start));
    String seen = pretraining(GATED + start + captions);
    String plain = pretraining(TEXT + start);
    turnAByte(data.resolve("vision_features/detr.npy"));
    assertThat(pretraining(GATED + start + captions)).isNotEqualTo(seen);
    assertThat(pretraining(TEXT + start)).isEqualTo(plain);
    String mixture =
        "pretraining.objectives { captioning = 3, letters = 1, words = 1, answers = 1 }\n";
    assertThat(pretraining(TEXT + start + mixture)).as("it practises on text").isEqualTo(plain);
  }

  private String pretraining(String lines) throws IOException {
    return stages(lines).stream()
        .filter(stage -> stage.kind() == StageKind.PRETRAINING)
        .findFirst()
        .orElseThrow()
        .key();
  }

  @Test
  void whereTextsComeFromIsInTheKey() throws IOException {
    String two =
        "features = none\nfusion = none\npipeline { r { format = %s, start = model }, answer { format = %s, from = r, start = model } }\n";
    TreeMap<String, String> keys = new TreeMap<>();
    for (String lines :
        List.of(
            TEXT,
            TEXT + "pipeline.answer.retrieval { passages = 1 }",
            TEXT + "pipeline.answer.retrieval { passages = 1, source = gold }",
            two.formatted("QCM-L", "QCM-A"),
            two.formatted("QCM-E", "QCMG-A"),
            two.formatted("QCM-E", "QCMG-A") + "pipeline.answer.trainOn = generated",
            two.formatted("QCM-E", "QCMG-A") + "pipeline.answer.training.validation.every = 1",
            two.formatted("QCM-E", "QCMG-A")
                + "pipeline.r.source.maxTokens = 60\npipeline.answer.trainOn = generated")) {
      assertThat(keys.put(training(lines), lines)).as(lines).isNull();
    }
  }

  @Test
  void picturesOfOtherDataAreInTheKeyOfWhatIsAskedOfThem() throws IOException {
    Path other = folder.resolve("other");
    DemoData.write(DemoSettings.of(QUESTIONS, 4), other);
    String lines = GATED + "test.transfer.other { root = \"%s\" }".formatted(other);
    List<Stage> before = stages(lines);
    List<Stage> text = stages(lines + "\nfusion = none\nfeatures = none");
    turnAByte(other.resolve("vision_features/detr.npy"));
    List<Stage> after = stages(lines);
    assertThat(after.subList(0, after.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
    assertThat(after.get(after.size() - 1)).isNotEqualTo(before.get(before.size() - 1));
    assertThat(stages(lines + "\nfusion = none\nfeatures = none")).isEqualTo(text);
  }
}
