package dev.fusebox.ask;

import dev.fusebox.file.UserError;
import dev.fusebox.training.model.DeviceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Some runs of the same questions, to be asked side by side. Not for threads. */
public final class AskedRuns implements AutoCloseable {

  private final OpenedRuns opened;
  private final List<FinishedRun> runs;
  private final Path root;
  private final QuestionIndex questions;

  private AskedRuns(OpenedRuns opened, List<FinishedRun> runs) throws IOException {
    this.opened = opened;
    this.runs = List.copyOf(runs);
    this.root = opened.root(runs.get(0));
    this.questions = new QuestionIndex(opened.questions(runs.get(0)));
  }

  /**
   * Opens runs; weights are loaded when they are asked.
   *
   * @param folders of runs, or of experiments: all their runs
   * @param data where the questions are, if not where they were when the runs were made
   * @param backbones files that may be opened though they are programs, see {@code --backbone}
   * @throws UserError if a folder holds no finished run, if they were asked other questions, or if
   *     a backbone is not there
   */
  public static AskedRuns open(
      List<Path> folders,
      ClassLoader plugins,
      DeviceName device,
      Optional<Path> data,
      List<Path> backbones)
      throws IOException {
    OpenedRuns opened = new OpenedRuns(plugins, device, data, backbones);
    List<FinishedRun> runs = new ArrayList<>();
    for (Path folder : folders) {
      opened.at(folder).stream().filter(run -> !runs.contains(run)).forEach(runs::add);
    }
    runs.forEach(run -> requireSameQuestions(runs.get(0), run));
    return new AskedRuns(opened, runs);
  }

  private static void requireSameQuestions(FinishedRun first, FinishedRun other) {
    if (!first.record().data().fingerprint().equals(other.record().data().fingerprint())) {
      throw new UserError(
          "%s and %s were made with different questions; ask them separately"
              .formatted(first.folder(), other.folder()));
    }
  }

  public List<FinishedRun> runs() {
    return runs;
  }

  /** The questions of the data that all were made with. */
  public QuestionIndex questions() {
    return questions;
  }

  /** The data directory. */
  public Path root() {
    return root;
  }

  /** See {@link OpenedRuns#refusal}. */
  public Optional<String> refusal(FinishedRun run) throws IOException {
    return opened.refusal(run);
  }

  /** See {@link OpenedRuns#answer}. */
  public Answer answer(FinishedRun run, Asking asking, OpenedRuns.Listener listener)
      throws IOException {
    return opened.answer(run, asking, listener);
  }

  @Override
  public void close() {
    opened.close();
  }
}
