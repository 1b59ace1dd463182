package dev.fusebox.lab.store;

import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Holder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What lies in a folder of results: experiments, and the stages that they share.
 *
 * @param experiments in the order of their names
 * @param stages finished ones, in the order of their names
 * @param unfinished stages that the same command goes on with
 * @param made stages that are computed at this moment, and by whom
 * @param cache bytes of what only saves time
 */
public record ResultsInventory(
    List<ExperimentEntry> experiments,
    List<StageEntry> stages,
    List<StageEntry> unfinished,
    Map<String, Holder> made,
    long cache) {

  private static final String STAGES = "stages";
  private static final String CACHE = "cache";
  private static final int DEPTH = 3; // paper/NAME/experiment.json

  /**
   * An experiment's folder.
   *
   * @param name from the folder of all results on
   * @param runs how many belong to it
   * @param finished how many of them are there
   * @param stages names of the stages that those were made from
   * @param bytes of its own files
   */
  public record ExperimentEntry(
      String name, int runs, int finished, Set<String> stages, long bytes) {
    public ExperimentEntry {
      stages = Set.copyOf(stages);
    }
  }

  /** A stage's folder. */
  public record StageEntry(String name, long bytes) {}

  public ResultsInventory {
    experiments = List.copyOf(experiments);
    stages = List.copyOf(stages);
    unfinished = List.copyOf(unfinished);
    made = Collections.unmodifiableMap(new TreeMap<>(made));
  }

  /**
   * Looks through a folder of results.
   *
   * @throws UserError if there is none, or if a record there is damaged
   */
  public static ResultsInventory of(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      throw new UserError(results + ": there is no such folder of results");
    }
    List<ExperimentEntry> experiments = new ArrayList<>();
    for (Path folder : folders(results)) {
      experiments.add(experiment(results, folder));
    }
    List<StageEntry> finished = new ArrayList<>();
    List<StageEntry> unfinished = new ArrayList<>();
    for (Path folder : children(results.resolve(STAGES))) {
      StageEntry stage = new StageEntry(folder.getFileName().toString(), bytes(folder));
      (Files.isRegularFile(folder.resolve(StageFile.NAME)) ? finished : unfinished).add(stage);
    }
    return new ResultsInventory(
        experiments,
        finished,
        unfinished,
        StageStore.made(results.resolve(STAGES)),
        bytes(results.resolve(CACHE)));
  }

  private static List<Path> folders(Path results) throws IOException {
    try (Stream<Path> files = Files.find(results, DEPTH, (file, any) -> isRecord(file))) {
      return files.map(Path::getParent).sorted().toList();
    }
  }

  private static boolean isRecord(Path file) {
    return file.getFileName().toString().equals(ExperimentRecord.NAME);
  }

  private static ExperimentEntry experiment(Path results, Path folder) throws IOException {
    ExperimentRecord record = ExperimentRecord.read(folder);
    Set<String> stages = new LinkedHashSet<>();
    int finished = 0;
    for (ExperimentRecord.Cell cell : record.runs()) {
      Optional<RunRecord> run =
          new RunFolder(folder.resolve(cell.folder()))
              .record()
              .filter(found -> found.key().equals(cell.key()) && found.hasFinished());
      finished += run.isPresent() ? 1 : 0;
      run.ifPresent(found -> found.stages().forEach(stage -> stages.add(stage.name())));
    }
    String name = results.relativize(folder).toString();
    return new ExperimentEntry(name, record.runs().size(), finished, stages, bytes(folder));
  }

  /** Folders directly in one, by name; those that begin with a dot are nobody's results. */
  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .filter(each -> !each.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** Of all files in a folder; what others remove meanwhile does not count. */
  private static long bytes(Path folder) throws IOException {
    LongAdder bytes = new LongAdder();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.add(attributes.isRegularFile() ? attributes.size() : 0);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.sum();
  }

  /** Finished stages that no run of an experiment was made from. */
  public List<StageEntry> unneeded() {
    Set<String> needed = new HashSet<>();
    experiments.forEach(experiment -> needed.addAll(experiment.stages()));
    return stages.stream().filter(stage -> !needed.contains(stage.name())).toList();
  }

  /** Experiments with runs to come, whose stages cannot be told from those that nobody needs. */
  public List<ExperimentEntry> open() {
    return experiments.stream()
        .filter(experiment -> experiment.finished() < experiment.runs())
        .toList();
  }

  /**
   * Why nothing can be removed now: a stage is computed, or an experiment has runs to come, which
   * may be about to use any stage; empty if nothing stands against it.
   */
  public Optional<String> hindrance(Path results) {
    if (!made.isEmpty()) {
      Map.Entry<String, Holder> first = made.entrySet().iterator().next();
      return Optional.of(
          "%s is being computed (%s), and which stages it needs is not known; wait until nothing is computed here, then prune"
              .formatted(first.getKey(), first.getValue().inWords()));
    }
    return open().stream().findFirst().map(first -> toCome(first, results));
  }

  private static String toCome(ExperimentEntry experiment, Path results) {
    return "%s has runs to come (%d), and which stages they need is not known; finish them (fusebox run) or remove %s, then prune"
        .formatted(
            experiment.name(),
            experiment.runs() - experiment.finished(),
            results.resolve(experiment.name()));
  }

  /**
   * Removes the stages that nobody needs.
   *
   * @throws UserError if something {@linkplain #hindrance stands against it}
   */
  public void prune(Path results) throws IOException {
    Optional<String> why = hindrance(results);
    if (why.isPresent()) {
      throw new UserError(why.get());
    }
    for (StageEntry stage : unneeded()) {
      DirectoryTree.delete(results.resolve(STAGES).resolve(stage.name()));
    }
  }
}
