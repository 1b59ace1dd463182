package dev.fusebox.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.store.Provenance;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.Readout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code FILE.json}: how a feature file was made. */
final class ExtractionSheet {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ExtractionSheet() {}

  /** All that decides the numbers, before they are made. */
  static ObjectNode plan(ExtractSettings settings, FeatureExtractor extractor, PictureList list)
      throws IOException {
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    ObjectNode network = plan.putObject("backbone");
    network.put("kind", extractor.backbone().kind());
    network.put("path", settings.backbone().toString());
    network.put("sha256", Fingerprint.ofFiles(extractor.backbone().files()));
    plan.put("preprocessing", extractor.preprocessing().inWords());
    readout(plan, settings.readout());
    plan.put("patches", (long) extractor.patches());
    plan.put("width", (long) extractor.width());
    plan.put("missing", lower(settings.missing()));
    ObjectNode pictures = plan.putObject("pictures");
    pictures.put("from", list.origin());
    pictures.put("count", list.pictures().size());
    pictures.put("sha256", list.fingerprint());
    return plan;
  }

  private static void readout(ObjectNode plan, Readout readout) {
    plan.put("layer", readout.layer().map(String::valueOf).orElse("last"));
    plan.put("pool", lower(readout.pool()));
    plan.put("finalNorm", lower(readout.norm()));
    readout.output().ifPresent(name -> plan.put("output", name));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Whether a sheet tells of the same plan. */
  static boolean says(Path sheet, ObjectNode plan) throws IOException {
    if (!Files.exists(sheet)) {
      return false;
    }
    JsonNode found = JsonFiles.read(sheet);
    JsonNode wanted = JSON.readTree(plan.toString()); // whole numbers as a reader sees them
    return wanted.properties().stream()
        .allMatch(entry -> entry.getValue().equals(found.path(entry.getKey())));
  }

  /**
   * Writes how a feature file was made, and what it holds.
   *
   * @param array the whole file
   */
  static void write(
      ExtractSettings settings, ObjectNode plan, ExtractionOutcome outcome, Path array)
      throws IOException {
    ObjectNode sheet = plan.deepCopy();
    sheet.put("rows", outcome.count());
    sheet.put("sha256", Fingerprint.ofFiles(List.of(array)));
    ObjectNode faults = sheet.putObject("unreadable");
    outcome.faults().forEach(faults::put);
    sheet.set("made", JSON.valueToTree(Provenance.current()));
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sheet) + "\n";
    WholeFile.write(
        settings.sheet(), output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
