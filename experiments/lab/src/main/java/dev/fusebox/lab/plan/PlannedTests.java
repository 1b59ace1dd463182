package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TransferSettings;
import dev.fusebox.training.work.ChangedWork;
import dev.fusebox.training.work.CrossedWork;
import dev.fusebox.training.work.PassageWork;
import dev.fusebox.training.work.PredictionWork;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.TransferWork;
import dev.fusebox.training.work.VersionsWork;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run's trained stages are asked besides the test questions as they are. */
final class PlannedTests {

  private final PlannedStages stages;
  private final Recipe recipe;

  PlannedTests(PlannedStages stages, Recipe recipe) {
    this.stages = stages;
    this.recipe = recipe;
  }

  /** Adds the stages of all of them. */
  void add() throws IOException {
    for (QuestionChange change : recipe.test().change()) {
      if (applies(change)) {
        changed(recipe.lastStage(), change);
      }
    }
    if (recipe.test().crossed() > 0) {
      crossed(recipe.lastStage(), recipe.pipeline().get(recipe.lastStage()).ranking());
    }
    for (int sample = 1; sample <= recipe.test().samples() && readsAnother(); sample++) {
      sampled(recipe.lastStage(), sample);
    }
    for (EveryVersion every : recipe.test().every()) {
      if (every == EveryVersion.PASSAGE) {
        passages();
      } else if (every.goesTheWholeWay() || readsAnother()) {
        versions(recipe.lastStage(), every);
      }
    }
    for (Map.Entry<String, TransferSettings> other : recipe.test().transfer().entrySet()) {
      transferred(recipe.lastStage(), other.getKey(), other.getValue());
    }
  }

  /** Where nothing reads a rationale there is none to change. */
  private boolean applies(QuestionChange change) {
    return change.subject() != QuestionChange.Subject.RATIONALE || readsAnother();
  }

  private boolean readsAnother() {
    return recipe.pipeline().get(recipe.lastStage()).from().isPresent();
  }

  /** The answer from a rationale that is drawn. */
  private Stage sampled(String name, int sample) throws IOException {
    StageSettings settings = recipe.pipeline().get(name);
    StageSettings writer = recipe.pipeline().get(settings.from().orElseThrow());
    Stage rationale =
        sampled(
            settings.from().orElseThrow(),
            writer.withDecoding(writer.decoding().sampled(recipe.test().sampling())),
            stages.upstream(writer, Split.TEST),
            sample);
    return sampled(name, settings, Optional.of(rationale), sample);
  }

  private Stage sampled(String name, StageSettings settings, Optional<Stage> upstream, int sample)
      throws IOException {
    return stages.tested(
        name,
        settings,
        upstream,
        "sample",
        IntNode.valueOf(sample),
        asked -> new PredictionWork(asked, Split.TEST, sample));
  }

  /** A changed question goes the whole way; a changed rationale is what the last stage reads. */
  private Stage changed(String name, QuestionChange change) throws IOException {
    StageSettings settings = recipe.pipeline().get(name);
    Optional<Stage> upstream =
        change.subject() == QuestionChange.Subject.RATIONALE
            ? stages.upstream(settings, Split.TEST)
            : settings.from().isPresent()
                ? Optional.of(changed(settings.from().get(), change))
                : Optional.empty();
    return stages.tested(
        name,
        settings,
        upstream,
        "change",
        TextNode.valueOf(change.label()),
        asked -> new ChangedWork(asked, change));
  }

  /** The whole way is crossed: an earlier stage writes for each text beside each picture. */
  private Stage crossed(String name, StageSettings settings) throws IOException {
    Optional<String> from = settings.from();
    Optional<Stage> upstream =
        from.isPresent()
            ? Optional.of(crossed(from.get(), recipe.pipeline().get(from.get())))
            : Optional.empty();
    return stages.tested(
        name,
        settings,
        upstream,
        "crossed",
        IntNode.valueOf(recipe.test().crossed()),
        CrossedWork::new);
  }

  private Stage versions(String name, EveryVersion every) throws IOException {
    StageSettings settings = recipe.pipeline().get(name);
    Optional<Stage> upstream =
        !every.goesTheWholeWay()
            ? stages.upstream(settings, Split.TEST)
            : settings.from().isPresent()
                ? Optional.of(versions(settings.from().get(), every))
                : Optional.empty();
    return stages.tested(
        name,
        settings,
        upstream,
        "every",
        TextNode.valueOf(every.name().toLowerCase(Locale.ROOT)),
        asked -> new VersionsWork(asked, every));
  }

  /** Where nothing is retrieved there is nothing to leave out. */
  private void passages() throws IOException {
    Optional<RetrievalSettings> retrieval = recipe.retrieval();
    if (retrieval.isPresent()) {
      withoutPassages(recipe.lastStage(), retrieval.get());
    }
  }

  private Stage withoutPassages(String name, RetrievalSettings retrieval) throws IOException {
    StageSettings settings = recipe.pipeline().get(name);
    Optional<Stage> upstream =
        settings.from().isPresent()
            ? Optional.of(withoutPassages(settings.from().get(), retrieval))
            : Optional.empty();
    return stages.tested(
        name,
        settings,
        upstream,
        "every",
        TextNode.valueOf(EveryVersion.PASSAGE.name().toLowerCase(Locale.ROOT)),
        asked -> new PassageWork(asked, retrieval));
  }

  /** Questions of other data go the whole way. */
  private Stage transferred(String name, String other, TransferSettings transfer)
      throws IOException {
    StageSettings settings = recipe.pipeline().get(name);
    Optional<Stage> upstream =
        settings.from().isPresent()
            ? Optional.of(transferred(settings.from().get(), other, transfer))
            : Optional.empty();
    return stages.tested(
        name,
        settings,
        upstream,
        "transfer",
        stages.transfer(settings, other, transfer),
        asked -> new TransferWork(asked, other, transfer));
  }
}
