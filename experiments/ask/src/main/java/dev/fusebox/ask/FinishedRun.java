package dev.fusebox.ask;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.RecordedRecipe;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run that came to its end.
 *
 * @param folder its own, in its experiment's
 * @param record what it was made with
 * @param recipe the same as settings
 */
public record FinishedRun(Path folder, RunRecord record, Recipe recipe) {

  /**
   * The runs that a path names: all of an experiment, or one by its own folder.
   *
   * @throws UserError if there is none, with what there is
   */
  public static List<FinishedRun> at(Path path, FusionCatalogue fusions) throws IOException {
    Path folder = path.toAbsolutePath().normalize();
    if (ExperimentRecord.isIn(folder)) {
      return all(folder, fusions);
    }
    Path parent = folder.getParent();
    if (parent == null || !ExperimentRecord.isIn(parent)) {
      throw new UserError(
          path
              + ": neither a run's folder nor an experiment's (experiment.json is missing), such as"
              + " results/quickstart or results/quickstart/text-seed1"
              + known(parent));
    }
    ExperimentRecord.Cell cell = cell(path, ExperimentRecord.read(parent));
    return List.of(
        open(parent, cell, fusions)
            .orElseThrow(
                () -> new UserError(path + ": this run has not finished; fusebox run resumes it")));
  }

  private static ExperimentRecord.Cell cell(Path path, ExperimentRecord experiment) {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    List<String> known = experiment.runs().stream().map(ExperimentRecord.Cell::folder).toList();
    return experiment.runs().stream()
        .filter(cell -> cell.folder().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "%s: no run of %s%s; known: %s"
                        .formatted(
                            path,
                            experiment.name(),
                            Spelling.hint(name, known),
                            String.join(", ", known))));
  }

  private static String known(Path results) throws IOException {
    if (results == null || !Files.isDirectory(results)) {
      return "";
    }
    try (var folders = Files.list(results)) {
      String names =
          folders
              .filter(ExperimentRecord::isIn)
              .map(each -> each.getFileName().toString())
              .sorted()
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "" : "; known there: " + names;
    }
  }

  private static List<FinishedRun> all(Path folder, FusionCatalogue fusions) throws IOException {
    List<FinishedRun> runs = new ArrayList<>();
    for (ExperimentRecord.Cell cell : ExperimentRecord.read(folder).runs()) {
      open(folder, cell, fusions).ifPresent(runs::add);
    }
    if (runs.isEmpty()) {
      throw new UserError(folder + ": no run has finished yet; fusebox run resumes them");
    }
    return runs;
  }

  private static Optional<FinishedRun> open(
      Path experiment, ExperimentRecord.Cell cell, FusionCatalogue fusions) throws IOException {
    Path folder = experiment.resolve(cell.folder());
    Optional<RunRecord> record =
        new RunFolder(folder)
            .record()
            .filter(RunRecord::hasFinished)
            .filter(found -> found.key().equals(cell.key()));
    return record.map(
        found ->
            new FinishedRun(
                folder,
                found,
                RecordedRecipe.of(found.config(), fusions, folder.resolve("run.json").toString())));
  }

  /** The folder of all results. */
  Path results() {
    return folder.getParent().toAbsolutePath().normalize().getParent();
  }

  /** What people call it. */
  public String title() {
    return record.title();
  }

  /** What no other run of any experiment is called: {@code quickstart/gated-seed1}. */
  public String id() {
    return record.experiment() + "/" + folder.getFileName();
  }

  /** The stages that lead to the answer by name, the one that answers last. */
  public List<String> chain() {
    List<String> chain = new ArrayList<>();
    Optional<String> part = Optional.of(recipe.lastStage());
    while (part.isPresent()) {
      chain.add(part.get());
      part = settings(part.get()).from();
    }
    Collections.reverse(chain);
    return chain;
  }

  /** How a stage was trained. */
  public StageSettings settings(String part) {
    return recipe.pipeline().get(part);
  }

  /** The name of a stage's weights in the store. */
  String weights(String part) {
    return record.stages().stream()
        .filter(stage -> stage.role() == StageRole.TRAINING && stage.part().equals(part))
        .map(StageRecord::name)
        .findFirst()
        .orElseThrow(() -> new UserError(folder + ": its record names no stage " + part));
  }

  /** The first of its stages that sees the picture, if any does. */
  public Optional<String> looks() {
    return chain().stream().filter(part -> settings(part).seesPictures()).findFirst();
  }
}
