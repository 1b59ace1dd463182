package dev.fusebox.benchmarks.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Generated;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.optimize.TrainableParameters;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How far a device is from the original's outputs on the same weights: T5, and mm-cot's fusion. */
final class GoldenErrors {

  private static final String SECTION = "Outputs of the original, on its weights";
  private static final String EXPECTED = "expected.safetensors";
  private static final String PIXELS = "image_ids";

  private final Device device;
  private final Arithmetic arithmetic;
  private final FusionCatalogue catalogue;
  private final FusionSettings gated;

  GoldenErrors(
      Device device, Arithmetic arithmetic, FusionCatalogue catalogue, FusionSettings gated) {
    this.device = device;
    this.arithmetic = arithmetic;
    this.catalogue = catalogue;
    this.gated = gated;
  }

  /**
   * Every case below a directory.
   *
   * @throws IOException also if there is none
   */
  List<Row> rows(Path goldens) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String group : List.of("t5", "mmcot")) {
      try (Stream<Path> folders = Files.list(goldens.resolve(group))) {
        for (Path folder : folders.filter(each -> holdsCase(each)).sorted().toList()) {
          rows.addAll(rows(folder, group + "/" + folder.getFileName()));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new IOException(goldens + " holds no outputs of the original");
    }
    return rows;
  }

  private static boolean holdsCase(Path folder) {
    return Files.exists(folder.resolve(EXPECTED))
        && Files.exists(folder.resolve(Checkpoint.WEIGHTS));
  }

  private List<Row> rows(Path folder, String name) throws IOException {
    SafetensorsFile expected = SafetensorsFile.open(folder.resolve(EXPECTED));
    boolean sees = expected.names().contains(PIXELS);
    try (LoadedModel loaded =
        LoadedModel.open(
            T5Config.read(folder.resolve(Checkpoint.CONFIG)),
            ModelWeights.stored(folder, FileHashes.ofThisProcess()),
            sees ? gated : FusionSettings.NONE,
            sees ? Optional.of(new Width((int) expected.shape(PIXELS).get(2))) : Optional.empty(),
            catalogue,
            device,
            arithmetic.precision(),
            0)) {
      loaded.checkFit(true);
      String title = name + ", " + arithmetic.words() + ", ";
      List<Row> rows = new ArrayList<>(learnt(loaded, expected, title));
      Path texts = folder.resolve("generate.json");
      if (Files.exists(texts)) {
        rows.add(written(loaded.model(), expected, JsonFiles.read(texts), title));
      }
      return rows;
    }
  }

  private List<Row> learnt(LoadedModel loaded, SafetensorsFile expected, String title)
      throws IOException {
    T5Model model = loaded.model();
    TrainableParameters learning = TrainableParameters.of(loaded.parameters());
    try (Step step = Step.training(loaded.parameters().manager())) {
      Seen seen = seen(model, step, expected, Mode.TRAINING);
      Shape shape = expected.shape("labels");
      long[] labels = expected.longs("labels");
      NDArray targets = step.manager().create(shiftedRight(labels, shape.get(1)), shape);
      NDArray decoded = model.decode(targets, seen.encoded(), seen.pass(), Mode.TRAINING);
      float[] scores = model.logits(decoded, seen.pass()).toFloatArray();
      long counted = LongStream.of(labels).filter(label -> label >= 0).count();
      NDArray wanted = step.manager().create(labels, shape);
      Loss loss = model.loss(decoded, wanted, seen.pass(), 0, counted);
      float value = loss.value().getFloat();
      List<NDArray> found = model.ops().gradients(loss, learning.arrays());
      double gradients = relative(found, learning.names(), expected);
      double logits = relative(scores, expected.floats("logits"));
      double losses = relative(new float[] {value}, expected.floats("loss"));
      return List.of(
          Row.atMost(SECTION, title + "scores", logits, arithmetic.ofValues()),
          Row.atMost(SECTION, title + "loss", losses, arithmetic.ofValues()),
          gradients(title + "gradients", gradients, seen.pass()));
    }
  }

  private static double relative(
      List<NDArray> gradients, List<String> names, SafetensorsFile expected) throws IOException {
    Difference difference = new Difference();
    for (int i = 0; i < gradients.size(); i++) {
      difference.add(gradients.get(i).toFloatArray(), expected.floats("grad." + names.get(i)));
    }
    return difference.relative();
  }

  private static double relative(float[] found, float[] expected) {
    Difference difference = new Difference();
    difference.add(found, expected);
    return difference.relative();
  }

  /**
   * In fewer digits the bound is T5's: mm-cot's own error is not known, and two libraries for
   * processors, each within the bound on T5, differ there by a factor of two.
   */
  private Row gradients(String what, double found, FusionPass pass) {
    return arithmetic == Arithmetic.FP32 || pass == FusionPass.IDENTITY
        ? Row.atMost(SECTION, what, found, arithmetic.ofGradients())
        : Row.measured(SECTION, what, "%.2e".formatted(found));
  }

  /** Greedy texts. With fewer digits another word may be the likeliest. */
  private Row written(T5Model model, SafetensorsFile expected, JsonNode entries, String title)
      throws IOException {
    int same = 0;
    int all = 0;
    try (Step step = Step.inference(model.parameters().manager());
        Generator generator = Generator.of(model)) {
      Seen seen = seen(model, step, expected, Mode.INFERENCE);
      for (JsonNode entry : entries) {
        JsonNode arguments = entry.get("arguments");
        if (arguments.path("num_beams").asInt(1) == 1
            && arguments.path("no_repeat_ngram_size").asInt(0) == 0
            && arguments.path("min_new_tokens").asInt(0) == 0) {
          GenerationConfig greedy =
              GenerationConfig.greedy(arguments.path("max_new_tokens").asInt());
          List<List<Generated>> texts = generator.generate(seen.encoded(), seen.pass(), greedy);
          for (int i = 0; i < texts.size(); i++) {
            all++;
            same +=
                texts.get(i).get(0).tokens().equals(tokens(entry.get("sequences").get(i))) ? 1 : 0;
          }
        }
      }
    }
    String found = same + " of " + all + " the same";
    return arithmetic == Arithmetic.FP32
        ? new Row(SECTION, title + "greedy texts", found, "all", same == all && all > 0)
        : Row.measured(SECTION, title + "greedy texts", found);
  }

  /** Without the start token and what follows the end token. */
  private static List<Integer> tokens(JsonNode sequence) {
    List<Integer> tokens = new ArrayList<>();
    for (int i = 1; i < sequence.size() && !tokens.contains(1); i++) {
      tokens.add(sequence.get(i).asInt());
    }
    return tokens;
  }

  /** What the model has read and seen. */
  private record Seen(FusionPass pass, TextStates encoded) {}

  private static Seen seen(T5Model model, Step step, SafetensorsFile expected, Mode mode)
      throws IOException {
    NDManager manager = step.manager();
    FusionPass pass = FusionPass.IDENTITY;
    if (expected.names().contains(PIXELS)) {
      Shape shape = expected.shape(PIXELS);
      NDArray vectors = manager.create(expected.floats(PIXELS), shape);
      NDArray mask = manager.ones(shape.slice(0, 2));
      pass = model.see(VisionFeatures.ofOnePicture(vectors, mask), mode);
    }
    Shape shape = expected.shape("input_ids");
    long[] counts = expected.longs("attention_mask");
    float[] mask = new float[counts.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = counts[i];
    }
    NDArray ids = manager.create(expected.longs("input_ids"), shape);
    return new Seen(pass, model.encode(ids, manager.create(mask, shape), pass, mode));
  }

  /** What the decoder reads to write labels: one place later, 0 in front. */
  private static long[] shiftedRight(long[] labels, long length) {
    long[] shifted = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      shifted[i] = i % length == 0 ? 0 : Math.max(labels[i - 1], 0);
    }
    return shifted;
  }

  /** {@code ‖found − expected‖ / ‖expected‖} over several arrays. */
  private static final class Difference {

    private double differences;
    private double norms;

    void add(float[] found, float[] expected) {
      if (found.length != expected.length) {
        differences = Double.NaN;
        return;
      }
      for (int i = 0; i < found.length; i++) {
        double difference = (double) found[i] - expected[i];
        differences += difference * difference;
        norms += (double) expected[i] * expected[i];
      }
    }

    double relative() {
      return Math.sqrt(differences / norms);
    }
  }

  /** How wide vectors are that are given otherwise. */
  private record Width(int width) implements PictureFeatures {

    @Override
    public int patches() {
      return 1;
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      throw new IllegalStateException("nothing is read from here");
    }
  }
}
