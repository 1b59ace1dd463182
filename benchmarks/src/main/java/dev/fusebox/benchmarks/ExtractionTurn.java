package dev.fusebox.benchmarks;

import ai.djl.Device;
import dev.fusebox.extract.ExtractSettings;
import dev.fusebox.extract.Extraction;
import dev.fusebox.extract.Missing;
import dev.fusebox.extract.PictureList;
import dev.fusebox.progress.Interruption;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbones;
import dev.fusebox.vision.picture.Preprocessing;
import dev.fusebox.vision.picture.Resampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One turn of {@code fusebox extract} in a process of its own. Prints a line of JSON, as {@code
 * extract.py} does.
 */
public final class ExtractionTurn {

  private static final int BATCH = 16;

  private ExtractionTurn() {}

  /**
   * Extracts and prints.
   *
   * @param arguments the list of pictures, the backbone, the feature file
   */
  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[2]);
    ExtractSettings settings =
        new ExtractSettings(
            Path.of(arguments[1]),
            Readout.last(),
            out,
            out.resolveSibling("name_map.json"),
            BATCH,
            Missing.FAIL,
            true);
    PictureList pictures = PictureList.ofLines(Path.of(arguments[0]));
    VisionBackbones kinds = VisionBackbones.of(ExtractionTurn.class.getClassLoader());
    try (Interruption interruption = new Interruption();
        Extraction extraction =
            Extraction.open(settings, kinds, backbone -> pixels(), Device.cpu())) {
      long start = System.nanoTime();
      extraction.run(pictures, interruption);
      System.out.printf(
          Locale.ROOT,
          "{\"seconds\": %.4f, \"peak_rss_mib\": %d}%n",
          (System.nanoTime() - start) / 1e9,
          Machine.peakMebibytes());
    }
  }

  private static List<Double> ofEachColor(double value) {
    return List.of(value, value, value);
  }

  /** Squashed to 224 x 224, bicubic, (x - 127) / 128: as {@code extract.py}. */
  private static Preprocessing pixels() {
    return Preprocessing.vit()
        .sized(224, 224)
        .filtered(Resampling.BICUBIC)
        .normalized(ofEachColor(127 / 255.0), ofEachColor(128 / 255.0));
  }
}
