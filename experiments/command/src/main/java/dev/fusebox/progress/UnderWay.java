package dev.fusebox.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.lab.ablation.Durations;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a process says of its work to others: {@code .progress-….json} in the cache of the results,
 * written by {@link SharedProgress}.
 *
 * @param experiment its name
 * @param process its number on its machine
 * @param begun when, as ISO 8601 has it
 * @param updated when this was written
 * @param runs of the experiment that it computes; 0 for a process of one stage
 * @param ended how many of them have come to their end, failed ones included
 * @param stages that are at work
 */
public record UnderWay(
    String experiment,
    long process,
    String begun,
    String updated,
    int runs,
    int ended,
    List<StageLine> stages) {

  static final String BEGINNING = ".progress-";
  private static final String ENDING = ".json";
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  /**
   * A stage at work.
   *
   * @param run that it is computed for
   * @param stage its title
   * @param done steps or questions
   * @param total of them; 0 while nobody knows
   * @param figures a few, in words
   */
  public record StageLine(String run, String stage, long done, long total, String figures) {

    /** As a person reads it. */
    String text() {
      String share = total == 0 ? "" : String.format(Locale.ROOT, "  %d %%", 100 * done / total);
      return "  %s   %s%s%s".formatted(run, stage, share, figures.isEmpty() ? "" : "  " + figures);
    }
  }

  public UnderWay {
    stages = List.copyOf(stages);
  }

  /** The name of a process's file. */
  static String name(String own) {
    return BEGINNING + own + ENDING;
  }

  byte[] bytes() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * What all processes say that work on some results, those that have fallen silent too; what was
   * said a day ago is cleared away.
   *
   * @param cache of the results; may not be there
   */
  public static List<UnderWay> in(Path cache, Instant now) throws IOException {
    List<UnderWay> all = new ArrayList<>();
    if (!Files.isDirectory(cache)) {
      return all;
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(cache)) {
      files = found.filter(UnderWay::isOne).sorted().toList();
    }
    for (Path file : files) {
      try {
        UnderWay each = read(file);
        if (each.silent(now).compareTo(FORGOTTEN) > 0) {
          Files.deleteIfExists(file);
        } else {
          all.add(each);
        }
      } catch (NoSuchFileException
          | JsonProcessingException
          | CharConversionException
          | DateTimeParseException e) {
        // It ended this moment, or somebody else wrote it.
      }
    }
    return all;
  }

  private static UnderWay read(Path file) throws IOException {
    UnderWay read = JSON.readValue(Files.readAllBytes(file), UnderWay.class);
    if (read == null) {
      throw new NoSuchFileException(file.toString());
    }
    Instant.parse(read.begun());
    return read;
  }

  private static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(BEGINNING) && name.endsWith(ENDING);
  }

  private Duration silent(Instant now) {
    return Duration.between(Instant.parse(updated), now);
  }

  /** Whether it still speaks. */
  public boolean isAlive(Instant now) {
    return silent(now).compareTo(SILENCE) <= 0;
  }

  /** Which stages of it are at work, without how far they are. */
  public String stand() {
    return "%d %d %s"
        .formatted(process, ended, stages.stream().map(each -> each.run() + each.stage()).toList());
  }

  /** As a person reads it, a line for itself and one for each stage. */
  public List<String> lines(Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: process %d since %s, %s"
            .formatted(
                experiment,
                process,
                Durations.exact(Duration.between(Instant.parse(begun), now)),
                runs == 0 ? "one stage" : ended + " of " + runs + " runs ended"));
    if (!isAlive(now)) {
      lines.add(
          "  no news for %s: it was killed, or its machine is down"
              .formatted(Durations.exact(silent(now))));
    } else {
      stages.forEach(stage -> lines.add(stage.text()));
    }
    return lines;
  }
}
