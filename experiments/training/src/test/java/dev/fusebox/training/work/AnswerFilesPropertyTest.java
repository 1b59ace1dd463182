package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.SampledAnswer;
import dev.fusebox.training.task.TransferredAnswer;
import dev.fusebox.training.task.VersionAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stage was tested by is read as it was written, whatever the ids and numbers. */
class AnswerFilesPropertyTest {

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static <T> List<T> some(Random random, Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(4)).toList();
  }

  private static String text(Random random) {
    return RandomText.of(random, 8);
  }

  /** Every double that there is: denormal, infinite and none, too. */
  private static double number(Random random) {
    return random.nextInt(4) == 0
        ? List.of(Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, -0.0, 1.0 / 3)
            .get(random.nextInt(5))
        : Double.longBitsToDouble(random.nextLong());
  }

  private static List<Double> numbers(Random random) {
    return some(random, () -> number(random));
  }

  private static <T> T any(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static PassageAnswer.NamedOption namedOption(Random random) {
    return new PassageAnswer.NamedOption(random.nextInt(), numbers(random));
  }

  private static PassageAnswer passages(Random random) {
    List<PassageAnswer.NamedOption> without = some(random, () -> namedOption(random));
    int place = Math.max(1, without.size());
    return new PassageAnswer(
        text(random),
        random.nextInt(place + 1),
        random.nextInt(place + 1),
        namedOption(random),
        without);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyKindIsReadAsItWasWritten(long seed) throws IOException {
    Random random = new Random(seed);
    Path file = directory.resolve("answers.jsonl");
    List<OptionProbabilities> options =
        some(
            random, () -> new OptionProbabilities(text(random), numbers(random), random.nextInt()));
    OptionsFile.write(file, options);
    assertThat(OptionsFile.read(file)).isEqualTo(options);
    List<CrossedAnswer> crossed =
        some(
            random,
            () -> new CrossedAnswer(text(random), text(random), numbers(random), random.nextInt()));
    CrossedFile.write(file, crossed);
    assertThat(CrossedFile.read(file)).isEqualTo(crossed);
    List<SampledAnswer> sampled =
        some(
            random,
            () ->
                new SampledAnswer(
                    random.nextInt(), text(random), random.nextInt(), numbers(random)));
    SampledFile.write(file, sampled);
    assertThat(SampledFile.read(file)).isEqualTo(sampled);
    List<PassageAnswer> passages = some(random, () -> passages(random));
    PassagesFile.write(file, passages);
    assertThat(PassagesFile.read(file)).isEqualTo(passages);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyKindThatNamesAChangeIs(long seed) throws IOException {
    Random random = new Random(seed);
    Path file = directory.resolve("answers.jsonl");
    List<ChangedAnswer> changed =
        some(
            random,
            () ->
                new ChangedAnswer(
                    any(random, QuestionChange.values()),
                    text(random),
                    random.nextInt(),
                    random.nextInt(),
                    random.nextInt()));
    ChangedFile.write(file, changed);
    assertThat(ChangedFile.read(file)).isEqualTo(changed);
    List<VersionAnswer> versions =
        some(
            random,
            () ->
                new VersionAnswer(
                    any(random, EveryVersion.values()),
                    text(random),
                    random.nextInt(),
                    random.nextInt()));
    VersionsFile.write(file, versions);
    assertThat(VersionsFile.read(file)).isEqualTo(versions);
    List<TransferredAnswer> transferred =
        some(
            random,
            () ->
                new TransferredAnswer(
                    text(random),
                    text(random),
                    some(random, () -> text(random)),
                    random.nextInt(),
                    random.nextInt(),
                    random.nextInt()));
    TransferredFile.write(file, transferred);
    assertThat(TransferredFile.read(file)).isEqualTo(transferred);
  }
}
