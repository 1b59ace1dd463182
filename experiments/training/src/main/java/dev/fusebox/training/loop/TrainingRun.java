package dev.fusebox.training.loop;

import dev.fusebox.file.UserError;
import dev.fusebox.tensor.OperationCount;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchFeed;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.BatchOrder;
import dev.fusebox.training.batch.BatchParts;
import dev.fusebox.training.batch.PictureDropout;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The loop: step, look, save, until there is nothing more to learn. */
final class TrainingRun {

  private final LoadedModel loaded;
  private final Learner learner;
  private final BatchOrder order;
  private final BatchMaker maker;
  private final PictureDropout dropout;
  private final Validation validation;
  private final GateWatch gates;
  private final TrainingSettings settings;
  private final SavedRuns saved;
  private final long steps;

  TrainingRun(
      LoadedModel loaded,
      Learner learner,
      BatchOrder order,
      BatchMaker maker,
      PictureDropout dropout,
      Validation validation,
      GateWatch gates,
      TrainingSettings settings,
      SavedRuns saved,
      long steps) {
    this.loaded = loaded;
    this.learner = learner;
    this.order = order;
    this.maker = maker;
    this.dropout = dropout;
    this.validation = validation;
    this.gates = gates;
    this.settings = settings;
    this.saved = saved;
    this.steps = steps;
  }

  /**
   * Learns from where {@code progress} stands to the end, or until {@code listener} cancels.
   *
   * @return where it ended
   */
  Progress learn(Progress start, MetricsFile metrics, StageProgress listener) throws IOException {
    Progress progress = start;
    Pace pace = new Pace();
    listener.at(start.step(), steps);
    try (BatchFeed feed = new BatchFeed(this::prepare, start.step(), steps)) {
      while (!finished(progress)) {
        List<Batch> parts = feed.next();
        Learner.Figures figures = step(parts, progress, metrics);
        progress = progress.afterStep();
        pace.step(figures.loss(), sum(parts, Batch::tokens));
        tell(listener, progress, figures, pace);
        readGates(progress.step(), metrics, listener);
        progress = look(progress, metrics, listener);
        boolean cancelled = listener.cancelled();
        if (cancelled || pace.timeToSave(saveEvery())) {
          save(progress, metrics);
        }
        if (cancelled) {
          throw new StageCancelled();
        }
      }
    }
    metrics.flush();
    return progress;
  }

  /** Learns from a batch, and notes what it was. */
  private Learner.Figures step(List<Batch> parts, Progress before, MetricsFile metrics)
      throws IOException {
    OperationCount<Learner.Figures> counted = counted(parts, before.step());
    Learner.Figures figures = counted.result();
    if (!figures.finite()) {
      throw broken(before, figures, parts);
    }
    metrics.step(
        before.afterStep().step(),
        figures,
        sum(parts, Batch::tokens),
        sum(parts, Batch::places),
        counted.operations() / sum(parts, part -> part.ids().size()));
    return figures;
  }

  private static int sum(List<Batch> parts, ToIntFunction<Batch> what) {
    return parts.stream().mapToInt(what).sum();
  }

  /** The operations of the first step are counted. */
  private OperationCount<Learner.Figures> counted(List<Batch> parts, long step) {
    return step == 0
        ? learner.counted(parts, step)
        : new OperationCount<>(learner.step(parts, step), 0);
  }

  private void tell(StageProgress listener, Progress progress, Learner.Figures figures, Pace pace) {
    listener.at(progress.step(), steps);
    listener.say(epochOf(progress) + "  " + pace.inWords());
    listener.measured(progress.step(), figures.byName());
    listener.measured(progress.step(), Map.of("tokensPerSecond", pace.tokensPerSecond()));
  }

  private void readGates(long step, MetricsFile metrics, StageProgress listener)
      throws IOException {
    Map<String, Double> values = gates.after(step, loaded.model());
    metrics.gates(step, values);
    listener.measured(step, values);
  }

  private List<Batch> prepare(long step) {
    return BatchParts.of(
        order.at(step), settings.batches().accumulation(), dropout.at(step, maker));
  }

  private boolean finished(Progress progress) {
    return progress.step() >= steps
        || settings
            .validation()
            .patience()
            .filter(most -> progress.looksWithoutGain() >= most)
            .isPresent();
  }

  private Progress look(Progress progress, MetricsFile metrics, StageProgress listener)
      throws IOException {
    if (validation.isEmpty() || !timeToLook(progress.step())) {
      return progress;
    }
    ValidationResult look = validation.look(loaded.model());
    metrics.look(progress.step(), look);
    listener.measured(progress.step(), look.byName());
    Progress after = progress.afterLook(look.cost());
    if (settings.validation().keepBest() && after.justImproved()) {
      saved.saveBest(after.step(), loaded.kept());
      save(after, metrics);
    }
    return after;
  }

  private boolean timeToLook(long step) {
    double epochs = settings.validation().every();
    long every = Math.round(epochs * order.stepsPerEpoch());
    return step == steps || (epochs > 0 && step % Math.max(1, every) == 0);
  }

  private String epochOf(Progress progress) {
    return "epoch %d/%d"
        .formatted(
            (progress.step() - 1) / order.stepsPerEpoch() + 1,
            (steps - 1) / order.stepsPerEpoch() + 1);
  }

  private Duration saveEvery() {
    return Duration.ofSeconds(settings.saves().every());
  }

  private void save(Progress progress, MetricsFile metrics) throws IOException {
    metrics.flush();
    saved.save(progress, loaded.kept(), learner.state());
  }

  private UserError broken(Progress progress, Learner.Figures figures, List<Batch> parts)
      throws IOException {
    saved.save(progress, loaded.kept(), learner.state());
    return new UserError(
        "step %d: the loss is %s and the gradient norm %s, at a learning rate of %.3g, on the questions %s.%nThe weights before this step are in %s. A lower learningRate, a warmup or a smaller clip may help."
            .formatted(
                progress.step() + 1,
                figures.loss(),
                figures.norm(),
                figures.rate(),
                String.join(", ", parts.stream().flatMap(part -> part.ids().stream()).toList()),
                saved.last().orElseThrow()));
  }
}
