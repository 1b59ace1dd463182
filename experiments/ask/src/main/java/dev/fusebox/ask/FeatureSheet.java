package dev.fusebox.ask;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.ExtractionRecord;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.FinalNorm;
import dev.fusebox.vision.Pool;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.picture.Preprocessing;
import dev.fusebox.vision.picture.Resampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code FILE.json}, which {@code fusebox extract} leaves beside a feature file: the backbone that
 * made it and how, so that a picture that is not in it can be made into vectors too.
 *
 * @param file the sheet itself
 * @param backbone as the command line named it
 * @param sha256 of the backbone's files
 * @param words how pictures became pixels
 */
record FeatureSheet(Path file, Path backbone, String sha256, Readout readout, String words)
    implements FeatureExtractor.Choice {

  private static final Pattern SIZE = Pattern.compile("(\\d+) x (\\d+)");
  private static final Pattern COLORS = Pattern.compile("mean ([-\\d. ]+), deviation ([-\\d. ]+)$");

  /** The sheet of a feature file, if it has one. */
  static Optional<FeatureSheet> beside(Path features) throws IOException {
    return ExtractionRecord.beside(features).map(FeatureSheet::of);
  }

  private static FeatureSheet of(ExtractionRecord record) {
    if (record.backbone().isEmpty() || record.backboneHash().isEmpty()) {
      throw new UserError(
          record.file()
              + ": names no backbone with path and sha256, as written by fusebox extract");
    }
    try {
      return new FeatureSheet(
          record.file(),
          record.backbone().get(),
          record.backboneHash().get(),
          readout(record.readout()),
          record.preprocessing());
    } catch (IllegalArgumentException e) { // a name of no constant, a number that is none, no path
      throw new UserError(
          record.file() + ": is not as fusebox extract writes it: " + e.getMessage(), e);
    }
  }

  private static Readout readout(ExtractionRecord.StoredReadout stored) {
    Readout readout =
        Readout.last()
            .pooled(Pool.valueOf(stored.pool().toUpperCase(Locale.ROOT)))
            .normed(FinalNorm.valueOf(stored.finalNorm().toUpperCase(Locale.ROOT)));
    Readout layered =
        stored.layer().equals("last") ? readout : readout.ofLayer(Integer.parseInt(stored.layer()));
    return stored.output().map(layered::ofOutput).orElse(layered);
  }

  /**
   * How pictures become pixels: as the backbone's own files or the presets say, in the size, with
   * the filter and with the colors of the sheet, if those are its words.
   *
   * @throws UserError if the words are of none of these
   */
  @Override
  public Preprocessing of(VisionBackbone network) {
    List<Preprocessing> meant =
        known(network).filter(each -> each.inWords().equals(words)).distinct().toList();
    if (meant.size() != 1) { // words do not tell how halves of a pixel are rounded
      throw new UserError(
          "%s: was made with custom preprocessing (%s), which cannot be reproduced"
              .formatted(file, words));
    }
    return meant.get(0);
  }

  private Stream<Preprocessing> known(VisionBackbone network) {
    if (network.preprocessing().filter(own -> own.inWords().equals(words)).isPresent()) {
      return network.preprocessing().stream();
    }
    List<Preprocessing> styles = new ArrayList<>(network.preprocessing().stream().toList());
    styles.addAll(List.of(Preprocessing.vit(), Preprocessing.clip(), Preprocessing.imageNet()));
    return styles.stream()
        .flatMap(this::sized)
        .flatMap(FeatureSheet::filtered)
        .flatMap(this::colored);
  }

  private Stream<Preprocessing> sized(Preprocessing style) {
    Matcher size = SIZE.matcher(words);
    Preprocessing last = style;
    while (size.find()) {
      last = style.sized(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }
    return Stream.of(style, last);
  }

  private static Stream<Preprocessing> filtered(Preprocessing style) {
    return Stream.concat(Stream.of(style), Arrays.stream(Resampling.values()).map(style::filtered));
  }

  private Stream<Preprocessing> colored(Preprocessing style) {
    Matcher colors = COLORS.matcher(words);
    return colors.find()
        ? Stream.of(style, style.normalized(numbers(colors.group(1)), numbers(colors.group(2))))
        : Stream.of(style);
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
  }
}
