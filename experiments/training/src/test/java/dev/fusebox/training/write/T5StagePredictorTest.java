package dev.fusebox.training.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.generate.WeightPrecision;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.TinyTask;
import dev.fusebox.training.loop.TrainingSettingsBuilder;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.task.AttentionMap;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class T5StagePredictorTest {

  @TempDir static Path temporary;
  private static PredictionTask task;

  @BeforeAll
  static void train() throws IOException {
    TrainingTask training =
        TinyTask.in(temporary, TrainingSettingsBuilder.learning(400, 0.01).build());
    TinyTask.trainer().train(training, temporary.resolve("run"), StageProgress.SILENT);
    task =
        new PredictionTask(
            temporary.resolve("run/checkpoint"),
            training.tokenizer(),
            training.fusion(),
            training.pictures(),
            training.train(),
            decoding(DecodingMode.GENERATED, 1, 8),
            5,
            false,
            1);
  }

  private static DecodingSettings decoding(DecodingMode mode, int beams, int batch) {
    return new DecodingSettings(
        mode, beams, 1, 0, batch, WeightPrecision.FLOAT32, Optional.empty());
  }

  private static List<Prediction> predict(DecodingSettings decoding) throws IOException {
    PredictionTask asked =
        new PredictionTask(
            task.checkpoint(),
            task.tokenizer(),
            task.fusion(),
            task.pictures(),
            task.examples(),
            decoding,
            task.maxTokens(),
            task.countPadding(),
            task.seed());
    return predictor().predict(asked, StageProgress.SILENT).predictions();
  }

  private static T5StagePredictor predictor() {
    return new T5StagePredictor(new FusionCatalogue(List.of(new TinyTask.Added())), Device::cpu);
  }

  @Test
  void writesWhatItLearntInTheOrderOfTheQuestions() throws IOException {
    List<Prediction> predictions = predict(task.decoding());
    assertThat(predictions).extracting(Prediction::id).containsExactlyElementsOf(ids());
    assertThat(predictions.stream().filter(each -> each.text().equals(each.target())).count())
        .isGreaterThan(20);
  }

  private static List<String> ids() {
    return task.examples().stream().map(Example::id).toList();
  }

  @Test
  void writesTheSameWhateverTheBatch() throws IOException {
    List<Prediction> whole = predict(decoding(DecodingMode.GENERATED, 1, 30));
    assertThat(predict(decoding(DecodingMode.GENERATED, 1, 1))).isEqualTo(whole);
    assertThat(predict(decoding(DecodingMode.GENERATED, 1, 7))).isEqualTo(whole);
  }

  @ParameterizedTest
  @EnumSource(WeightPrecision.class)
  void writesWhatItLearntWithSmallerWeightsToo(WeightPrecision weights) throws IOException {
    List<Prediction> found =
        predict(
            new DecodingSettings(DecodingMode.GENERATED, 1, 1, 0, 8, weights, Optional.empty()));
    assertThat(found.stream().filter(each -> each.text().equals(each.target())).count())
        .isGreaterThan(20);
  }

  @Test
  void bytesAreForTheProcessor() {
    T5StagePredictor onGpu =
        new T5StagePredictor(new FusionCatalogue(List.of(new TinyTask.Added())), Device::gpu);
    PredictionTask inBytes =
        new PredictionTask(
            task.checkpoint(),
            task.tokenizer(),
            task.fusion(),
            task.pictures(),
            task.examples(),
            new DecodingSettings(
                DecodingMode.GENERATED, 1, 1, 0, 8, WeightPrecision.INT8, Optional.empty()),
            task.maxTokens(),
            task.countPadding(),
            task.seed());
    assertThatThrownBy(() -> onGpu.predict(inBytes, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "decoding.weights must be float32 or bfloat16 on a GPU, found int8, which is for the"
                + " CPU: device = cpu");
  }

  @Test
  void knowsBeamsAndTeacherForcing() throws IOException {
    assertThat(predict(decoding(DecodingMode.GENERATED, 3, 8))).hasSize(30);
    List<Prediction> forced = predict(decoding(DecodingMode.TEACHER_FORCED, 1, 8));
    assertThat(forced.stream().filter(each -> each.text().equals(each.target())).count())
        .isGreaterThan(20);
  }

  private static List<Prediction> predict(
      List<Example> examples, DecodingMode mode, int maxTokens, boolean countPadding)
      throws IOException {
    PredictionTask asked =
        new PredictionTask(
            task.checkpoint(),
            task.tokenizer(),
            task.fusion(),
            task.pictures(),
            examples,
            decoding(mode, 1, 8),
            maxTokens,
            countPadding,
            task.seed());
    return predictor().predict(asked, StageProgress.SILENT).predictions();
  }

  /** The picture says which of three options is meant; the options are never in the same places. */
  @Test
  void ranksWhatItLearntToRankWhateverTheBatch(@TempDir Path directory) throws IOException {
    TrainingTask training =
        TinyTask.ranked(
            directory,
            TrainingSettingsBuilder.learning(300, 0.01).ranking(LearningGoal.RANKED_PER_TOKEN));
    TinyTask.trainer().train(training, directory.resolve("run"), StageProgress.SILENT);
    Predicted whole = ranked(training, directory, 30);
    assertThat(whole.predictions()).extracting(Prediction::id).containsExactlyElementsOf(ids());
    assertThat(whole.predictions().stream().filter(Prediction::asWanted).count()).isGreaterThan(25);
    assertThat(whole.predictions())
        .allSatisfy(each -> assertThat(each.text()).matches("The answer is \\([ABC]\\)\\."));
    Predicted alone = ranked(training, directory, 1);
    assertThat(alone.predictions()).isEqualTo(whole.predictions());
    for (int i = 0; i < 30; i++) {
      OptionProbabilities options = whole.options().get(i);
      assertThat(options.probabilities().stream().mapToDouble(each -> each).sum())
          .isCloseTo(1, within(1e-9));
      for (int option = 0; option < 3; option++) {
        assertThat(options.probabilities().get(option))
            .isCloseTo(alone.options().get(i).probabilities().get(option), within(1e-4));
      }
    }
  }

  private static Predicted ranked(TrainingTask training, Path directory, int batch)
      throws IOException {
    PredictionTask asked =
        new PredictionTask(
            directory.resolve("run/checkpoint"),
            training.tokenizer(),
            training.fusion(),
            training.pictures(),
            training.train(),
            decoding(DecodingMode.RANKED_PER_TOKEN, 1, batch),
            5,
            false,
            1);
    return predictor().predict(asked, StageProgress.SILENT);
  }

  /** Transformers' {@code max_length} counts the mark that the decoder starts with. */
  @Test
  void theLimitLeavesRoomForTheLongestTargetWithoutItsEndMark() throws IOException {
    List<String> whole = predict(task.decoding()).stream().map(Prediction::text).toList();
    assertThat(predict(task.examples(), DecodingMode.GENERATED, 2, false))
        .extracting(Prediction::text)
        .containsExactlyElementsOf(whole.stream().map(text -> text.split(" ")[0]).toList());
  }

  /** mm-cot decodes its labels: what the tokenizer cannot write, or was cut off, is not asked. */
  @Test
  void targetsAreComparedAsTheTokenizerGivesThemBack() throws IOException {
    Example example = task.examples().get(0);
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    List<Example> told =
        List.of(new Example(example.id(), example.source(), example.target(), "{a}\\n and more"));
    assertThat(predict(told, DecodingMode.GENERATED, 5, false).get(0).target())
        .isEqualTo(tokenizer.decode(example.target()));
  }

  /** This model has not learned to be silent behind the end, so that one sees it asked there. */
  @Test
  void teacherForcingGoesOnBehindTheTargetWherePaddingCounted() throws IOException {
    List<Prediction> cut = predict(task.examples(), DecodingMode.TEACHER_FORCED, 5, false);
    List<Prediction> whole = predict(task.examples(), DecodingMode.TEACHER_FORCED, 5, true);
    assertThat(whole).isNotEqualTo(cut);
    for (int i = 0; i < cut.size(); i++) {
      assertThat(whole.get(i).text()).startsWith(cut.get(i).text());
    }
  }

  @Test
  void tellsWhereItLookedWhenItWroteForAFewQuestions() throws IOException {
    Predicted predicted = predictor().predict(task, StageProgress.SILENT);
    assertThat(predicted.attention()).hasSize(6);
    AttentionMap map = predicted.attention().get(1);
    Prediction written = predicted.predictions().get(5); // every fifth of thirty
    assertThat(map.id()).isEqualTo(written.id());
    assertThat(map.read()).hasSize(task.examples().get(5).source().length).endsWith("</s>");
    assertThat(map.written()).containsExactly(written.text(), "</s>");
    List<Double> first = List.of(1.0, 0.0, 0.0);
    assertThat(map.layers())
        .containsExactly(new AttentionMap.Layer("decoder.block.0", true, List.of(first, first)));
    assertThat(predictor().predict(task, StageProgress.SILENT)).isEqualTo(predicted);
  }

  @Test
  void aWordThatTheVocabularyDoesNotHaveIsWatchedToo() throws IOException {
    T5Config config = T5Config.read(task.checkpoint().resolve("config.json"));
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    assertThat(tokenizer.size()).isLessThan(config.vocabulary());
    try (LoadedModel loaded =
        LoadedModel.open(
            config,
            ModelWeights.stored(task.checkpoint(), FileHashes.ofThisProcess()),
            task.fusion(),
            task.pictures(),
            new FusionCatalogue(List.of(new TinyTask.Added())),
            Device.cpu(),
            Precision.FLOAT32,
            1)) {
      BatchMaker maker = new BatchMaker(config, task.pictures(), Optional.empty());
      AttentionWatch watch = new AttentionWatch(loaded.model(), maker, tokenizer);
      List<AttentionMap> maps =
          watch.of(task.examples().subList(0, 1), List.of(new int[] {tokenizer.size(), 1}));
      assertThat(maps.get(0).written()).containsExactly("?", "</s>");
    }
  }

  @Test
  void stopsWhenItIsAskedTo() {
    assertThatThrownBy(() -> predictor().predict(task, TinyTask.stopAfter(8)))
        .isInstanceOf(StageCancelled.class);
  }
}
