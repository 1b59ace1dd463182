package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.Checksum;
import dev.fusebox.lab.result.Repeat;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code run.json}: the outcome of one run, and what it was made with.
 *
 * @param experiment its name
 * @param variant its name
 * @param seed the seed
 * @param draw of the training questions; 0 where there are no draws
 * @param outcome whether it answered its questions
 * @param reason why it did not; empty if it did
 * @param key the hash of everything its answers depend on
 * @param finished when, as ISO 8601 has it
 * @param accuracy of its answers; zeros if it failed
 * @param fusion how vision met language, by name
 * @param data which questions
 * @param stages in the order in which they were computed; none if it failed
 * @param files the checksums of the files beside this one, by name
 * @param config the resolved config
 * @param made program, libraries, machine
 */
public record RunRecord(
    String experiment,
    String variant,
    long seed,
    @ZeroWhereAbsent long draw,
    Outcome outcome,
    String reason,
    String key,
    String finished,
    Accuracy accuracy,
    String fusion,
    DataRecord data,
    List<StageRecord> stages,
    Map<String, Checksum> files,
    JsonNode config,
    Provenance made) {

  public RunRecord {
    stages = List.copyOf(stages);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** How a run ends. */
  public enum Outcome {
    FINISHED,
    FAILED
  }

  /**
   * What a run reached.
   *
   * @param percent of the questions answered rightly
   * @param questions asked
   * @param unreadable answers that name no option
   */
  public record Accuracy(double percent, int questions, int unreadable) {

    /** Of a run that answered nothing. */
    public static final Accuracy NONE = new Accuracy(0, 0, 0);
  }

  /** Which of the variant's runs it is. */
  public Repeat repeat() {
    return new Repeat(draw, seed);
  }

  /** What people call it: {@code gated seed 1}. */
  public String title() {
    return repeat().title(variant);
  }

  /** Whether it answered its questions. */
  public boolean hasFinished() {
    return outcome == Outcome.FINISHED;
  }

  RunRecord withFiles(Map<String, Checksum> sums) {
    return new RunRecord(
        experiment,
        variant,
        seed,
        draw,
        outcome,
        reason,
        key,
        finished,
        accuracy,
        fusion,
        data,
        stages,
        sums,
        config,
        made);
  }
}
