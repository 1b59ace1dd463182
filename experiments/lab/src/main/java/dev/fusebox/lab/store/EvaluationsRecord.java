package dev.fusebox.lab.store;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.training.recipe.StageRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code evaluations.json}: with what a run has been asked its test questions so far. Whoever looks
 * at the test after each change of a setting chooses the settings by it.
 *
 * @param evaluations the first first, each once
 */
public record EvaluationsRecord(List<Evaluation> evaluations) {

  private static final String NAME = "evaluations.json";

  /** The block of a config that asks a trained run more, and changes none of its answers. */
  private static final String TESTS = "test";

  private static final String UNKNOWN = "";

  public EvaluationsRecord {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * One evaluation.
   *
   * @param key of the stage that wrote the answers, which is another where the code is another too
   * @param settings hash of the resolved config without its further tests, which is another where
   *     only a path is
   * @param questions hash of the data, and the name of the split that was asked
   * @param first when these answers were evaluated first, as ISO 8601 has it; empty where the
   *     Fusebox that noted it kept no time
   */
  public record Evaluation(
      String key,
      String settings,
      String questions,
      @JacksonInject(value = Absent.TEXT, useInput = OptBoolean.TRUE) String first) {

    private boolean isLike(Evaluation other) {
      return questions.equals(other.questions)
          && (key.equals(other.key) || settings.equals(other.settings));
    }

    private boolean isSame(Evaluation other) {
      return equals(other.at(first));
    }

    private Evaluation at(String time) {
      return new Evaluation(key, settings, questions, time);
    }

    static Evaluation of(RunRecord run) {
      return new Evaluation(
          answers(run).orElse(run.key()),
          hash(withoutTests(run.config())),
          questions(run),
          run.finished());
    }

    /** As it was noted when further tests counted as settings, and no time was kept. */
    private static Evaluation formerly(RunRecord run) {
      return new Evaluation(run.key(), hash(run.config()), questions(run), UNKNOWN);
    }

    /** The last stage that writes for the test questions, by its name, which has its key. */
    private static Optional<String> answers(RunRecord run) {
      return run.stages().stream()
          .filter(stage -> stage.role() == StageRole.WRITING)
          .map(StageRecord::name)
          .reduce((before, last) -> last);
    }

    private static JsonNode withoutTests(JsonNode config) {
      return config instanceof ObjectNode block ? block.deepCopy().without(TESTS) : config;
    }

    private static String hash(JsonNode config) {
      return new Fingerprint().add(config.toString()).hex();
    }

    private static String questions(RunRecord run) {
      return run.data().fingerprint() + " " + run.data().test().split();
    }
  }

  /**
   * Adds what a finished run is, unless it was known.
   *
   * @param before what the folder held until now: a run is put together again where a test is
   *     added, and its answers are as old as they were
   */
  static void add(Path folder, RunRecord run, Optional<RunRecord> before) throws IOException {
    List<Evaluation> known = read(folder).evaluations();
    List<Evaluation> all = new ArrayList<>(known);
    before
        .filter(RunRecord::hasFinished)
        .ifPresent(
            earlier -> {
              all.remove(Evaluation.formerly(earlier));
              note(all, Evaluation.of(earlier));
            });
    note(all, Evaluation.of(run));
    if (!all.equals(known)) {
      RecordFile.write(folder.resolve(NAME), new EvaluationsRecord(all));
    }
  }

  /** The same answers keep the time at which they were noted first. */
  private static void note(List<Evaluation> all, Evaluation evaluation) {
    if (all.stream().noneMatch(evaluation::isSame)) {
      all.add(evaluation);
    }
  }

  /**
   * Reads a run's; nothing where nothing is known.
   *
   * @throws dev.fusebox.file.UserError if the file is damaged, or of another version
   */
  public static EvaluationsRecord read(Path folder) throws IOException {
    return isIn(folder)
        ? RecordFile.read(folder.resolve(NAME), EvaluationsRecord.class)
        : new EvaluationsRecord(List.of());
  }

  /** Whether a run's folder says that it was evaluated, however it ended since. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  /**
   * With how many different settings the questions of a run were asked. Evaluations of one key are
   * of the same settings, whatever the config says (a path moved), and so are those of one config,
   * whatever the key is (new code).
   */
  public int settings(RunRecord run) {
    String questions = Evaluation.questions(run);
    return (int)
        groups().stream().filter(group -> group.get(0).questions().equals(questions)).count();
  }

  /**
   * When a run's questions were first answered with its settings; when it finished where no earlier
   * time is known.
   */
  public Instant first(RunRecord run) {
    Evaluation own = Evaluation.of(run);
    return groups().stream()
        .filter(group -> group.stream().anyMatch(own::isLike))
        .flatMap(List::stream)
        .map(Evaluation::first)
        .filter(time -> !time.equals(UNKNOWN))
        .map(Instant::parse)
        .reduce(Instant.parse(run.finished()), (one, other) -> one.isBefore(other) ? one : other);
  }

  /** Evaluations of the same questions with the same settings stand together. */
  private List<List<Evaluation>> groups() {
    List<List<Evaluation>> alike = new ArrayList<>();
    for (Evaluation each : evaluations) {
      List<Evaluation> joined = new ArrayList<>(List.of(each));
      alike.removeIf(group -> group.stream().anyMatch(each::isLike) && joined.addAll(group));
      alike.add(joined);
    }
    return alike;
  }
}
