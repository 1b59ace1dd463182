package dev.fusebox.demo;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.FullDisk;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.WholeFile;
import dev.fusebox.questions.DemoSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Writes a demo data set in ScienceQA's file layout. Needs little memory at any size: a question is
 * made when it is written and forgotten afterwards.
 */
public final class DemoData {

  private static final int PIXELS = 192; // a side of a picture

  private final DemoSettings settings;
  private final DemoWorld world;
  private final Path root;

  private DemoData(DemoSettings settings, Path root) {
    this.settings = settings;
    this.world = new DemoWorld(settings);
    this.root = root;
  }

  /**
   * Writes all files. {@code problems.json} comes last: where it is, the data set is whole.
   *
   * @param root the folder; made if it is not there, files of the same names are replaced
   */
  public static void write(DemoSettings settings, Path root) throws IOException {
    new DemoData(settings, root).write();
  }

  /** The ids of the questions of a split, which need not be written; none of an unknown split. */
  public static List<String> ids(DemoSettings settings, String split) {
    return DemoSplits.all(settings.questions()).getOrDefault(split, List.of()).stream()
        .map(String::valueOf)
        .toList();
  }

  private void write() throws IOException {
    Files.createDirectories(root);
    Files.deleteIfExists(root.resolve("problems.json"));
    UnfinishedFiles.sweepNow(root);
    int[] pictured =
        numbers().filter(number -> world.question(number).scene().isPresent()).toArray();
    writeFeatures(pictured);
    writePictures(pictured);
    json("name_map.json", out -> writeNameMap(out, pictured));
    json("captions.json", out -> writeCaptions(out, pictured));
    json("regions.json", out -> writeRegions(out, pictured));
    json("pid_splits.json", this::writeSplits);
    json("tokenizer.json", DemoTokenizer::write);
    json("problems.json", this::writeProblems);
  }

  private IntStream numbers() {
    return IntStream.rangeClosed(1, settings.questions());
  }

  private void writeFeatures(int[] pictured) throws IOException {
    for (Map.Entry<String, Sight> entry : world.sights().entrySet()) {
      Sight sight = entry.getValue();
      Path file = root.resolve("vision_features").resolve(entry.getKey() + ".npy");
      try (NpyWriter out = NpyWriter.floats(file, pictured.length, sight.rows(), sight.width())) {
        for (int number : pictured) {
          out.write(world.see(number, entry.getKey(), sight));
        }
      }
    }
  }

  private void writePictures(int[] pictured) throws IOException {
    ScenePainter painter = new ScenePainter(PIXELS);
    ImageIO.setUseCache(false);
    try {
      IntStream.of(pictured).parallel().forEach(number -> writePicture(number, painter));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private void writePicture(int number, ScenePainter painter) {
    Scene scene = world.question(number).scene().orElseThrow();
    Path folder = root.resolve("images").resolve(DemoSplits.of(number)).resolve("" + number);
    Path file = folder.resolve("image.png");
    try {
      Files.createDirectories(folder);
      ImageIO.write(painter.paint(scene), "png", file.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(FullDisk.at(file, failure));
    }
  }

  /** Something that writes JSON. */
  private interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  /** Writes a file that is there whole or not at all. */
  private void json(String name, Content content) throws IOException {
    WholeFile.write(
        root.resolve(name),
        output -> {
          try (JsonGenerator out = new JsonFactory().createGenerator(output, JsonEncoding.UTF8)) {
            out.useDefaultPrettyPrinter();
            content.writeTo(out);
          }
        });
  }

  private void writeNameMap(JsonGenerator out, int[] pictured) throws IOException {
    out.writeStartObject();
    for (int row = 0; row < pictured.length; row++) {
      out.writeStringField("" + pictured[row], "" + row);
    }
    out.writeEndObject();
  }

  private void writeCaptions(JsonGenerator out, int[] pictured) throws IOException {
    out.writeStartObject();
    out.writeStringField("model", "fusebox demo: a part of each scene in words");
    out.writeObjectFieldStart("captions");
    for (int number : pictured) {
      out.writeStringField("" + number, world.question(number).scene().orElseThrow().caption());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeRegions(JsonGenerator out, int[] pictured) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("regions");
    for (int number : pictured) {
      out.writeObjectFieldStart("" + number);
      for (Map.Entry<String, String> region :
          world.question(number).scene().orElseThrow().regions().entrySet()) {
        out.writeStringField(region.getKey(), region.getValue());
      }
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeSplits(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, List<Integer>> split : DemoSplits.all(settings.questions()).entrySet()) {
      out.writeArrayFieldStart(split.getKey());
      for (int number : split.getValue()) {
        out.writeString("" + number);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private void writeProblems(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (int number = 1; number <= settings.questions(); number++) {
      out.writeObjectFieldStart("" + number);
      writeProblem(out, world.question(number));
      out.writeStringField("split", DemoSplits.of(number));
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void writeProblem(JsonGenerator out, SceneQuestion question) throws IOException {
    Kind kind = question.kind();
    Optional<Scene> scene = question.scene();
    out.writeStringField("question", question.text());
    out.writeArrayFieldStart("choices");
    for (String option : question.choices().options()) {
      out.writeString(option);
    }
    out.writeEndArray();
    out.writeNumberField("answer", question.choices().answer());
    out.writeStringField("hint", question.hint());
    out.writeStringField("image", scene.isPresent() ? "image.png" : null);
    out.writeStringField("task", "closed choice");
    out.writeStringField("grade", "grade" + question.grade());
    out.writeStringField("subject", kind.subject().field());
    out.writeStringField("topic", kind.topic());
    out.writeStringField("category", kind.category());
    out.writeStringField("skill", kind.skill());
    out.writeStringField("lecture", kind.lecture());
    out.writeStringField("solution", question.solution());
  }
}
