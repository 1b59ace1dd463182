package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The questions that runs are about: given, or made by their first stage. */
record RunQuestions(StageStore store, OpenedFiles files) {

  /** A number for the questions as they are. */
  String fingerprint(PlannedRun run) throws IOException {
    return files.questions(root(run).orElseThrow()).fingerprint();
  }

  /** Answers to those of the test split, marked. */
  Graded graded(PlannedRun run, List<Prediction> predictions) throws IOException {
    List<Question> asked =
        Split.TEST.questions(
            files.questions(root(run).orElseThrow()), run.variant().recipe().data());
    return Grader.strict().written(asked, predictions);
  }

  /** Where they lie; empty while they are not made. */
  Optional<Path> root(PlannedRun run) throws IOException {
    Optional<Path> given = run.variant().recipe().data().root();
    for (Stage stage : run.plan().stages()) {
      if (given.isEmpty() && stage.kind() == StageKind.DATA) {
        return store.find(stage.name()).map(StageFolder::path);
      }
    }
    return given;
  }
}
