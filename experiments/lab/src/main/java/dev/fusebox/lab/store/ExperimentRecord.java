package dev.fusebox.lab.store;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Repeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code experiment.json}: which runs belong together.
 *
 * @param name of the experiment
 * @param file the config it was run from, as the command line named it
 * @param config the way to that file from the folder of all results; empty where there is none
 * @param overrides what the command line said over it
 * @param question it asks
 * @param sentenceTransformer the model that scores what rationales mean, or {@link
 *     RecordedPath#NONE}
 * @param compare variant to its control
 * @param among categories of questions among which variants are compared as well
 * @param notes what a reader must know of the data, a line each
 * @param runs in the order of the table's rows
 */
public record ExperimentRecord(
    String name,
    String file,
    String config,
    List<String> overrides,
    String question,
    RecordedPath sentenceTransformer,
    Map<String, String> compare,
    List<String> among,
    List<String> notes,
    List<Cell> runs) {

  /** The file's name. */
  public static final String NAME = "experiment.json";

  public ExperimentRecord {
    overrides = List.copyOf(overrides);
    compare = Collections.unmodifiableMap(new LinkedHashMap<>(compare));
    among = List.copyOf(among);
    notes = List.copyOf(notes);
    runs = List.copyOf(runs);
  }

  /**
   * One run that belongs to it.
   *
   * @param variant its name
   * @param seed the seed
   * @param draw of the training questions; 0 where there are no draws
   * @param folder where its results lie, in the experiment's
   * @param key of the results that are the experiment's; others that lie there are not
   */
  public record Cell(
      String variant, long seed, @ZeroWhereAbsent long draw, String folder, String key) {

    /** Which of the variant's runs it is. */
    public Repeat repeat() {
      return new Repeat(draw, seed);
    }

    /** What people call it: {@code gated seed 1}. */
    public String title() {
      return repeat().title(variant);
    }
  }

  /** Writes it into the experiment's folder. */
  public void write(Path folder) throws IOException {
    RecordFile.write(folder.resolve(NAME), this);
  }

  /**
   * Reads it from the experiment's folder.
   *
   * @throws UserError if it is damaged, or of another version
   */
  public static ExperimentRecord read(Path folder) throws IOException {
    return RecordFile.read(folder.resolve(NAME), ExperimentRecord.class);
  }

  /** Whether a folder holds an experiment's results. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  /** The experiment in a folder, if there is one that can be read. */
  public static Optional<ExperimentRecord> find(Path folder) throws IOException {
    try {
      return isIn(folder) ? Optional.of(read(folder)) : Optional.empty();
    } catch (UserError e) {
      return Optional.empty(); // whoever runs the experiment again writes it anew
    }
  }
}
