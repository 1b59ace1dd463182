package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model against Hugging Face's {@code T5ForConditionalGeneration} on the same weights. */
class T5GoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;

  static List<Path> cases() {
    return Goldens.cases("t5", "expected.safetensors", "model.safetensors");
  }

  /** Looks at the hidden states through the hooks that a fusion has. */
  private static final class Observer implements FusionPass {

    private final List<float[]> encoder = new ArrayList<>();
    private final List<float[]> decoder = new ArrayList<>();

    @Override
    public TextStates beforeEncoderBlock(int block, TextStates text) {
      encoder.add(text.hidden().toFloatArray());
      return text;
    }

    @Override
    public NDArray beforeDecoderBlock(int block, NDArray hidden) {
      decoder.add(hidden.toFloatArray());
      return hidden;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyHiddenStateLossAndGradientEqualsTheOriginal(Path directory) throws IOException {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model model = load(directory, parameters, ops);
      SafetensorsFile expected = Goldens.expected(directory);
      try (Step step = Step.training(root)) {
        Observer observer = new Observer();
        TextStates encoded = encoded(model, step, expected, observer);
        NDArray targets = shiftedRight(step.manager(), expected);
        NDArray decoded = model.decode(targets, encoded, observer, Mode.TRAINING);
        NDArray logits = model.logits(decoded, observer);

        assertStates(observer.encoder, expected, "encoder_hidden_states.");
        Goldens.assertClose(encoded.hidden(), expected, "encoder_last_hidden_state", VALUES);
        assertStates(observer.decoder, expected, "decoder_hidden_states.");
        Goldens.assertClose(
            decoded, expected, "decoder_hidden_states." + observer.decoder.size(), VALUES);
        Goldens.assertClose(logits, expected, "logits", VALUES);

        NDArray loss = loss(model, logits, expected, expected.longs("labels"), 0);
        assertLoss(loss, expected, "loss");
        NDArray smoothed = loss(model, logits, expected, expected.longs("labels"), 0.1);
        assertLoss(smoothed, expected, "loss_label_smoothing_0.1");
        long[] padded =
            LongStream.of(expected.longs("labels")).map(id -> Math.max(id, 0)).toArray();
        assertLoss(loss(model, logits, expected, padded, 0), expected, "loss_pads_counted");

        step.backward(loss);
        assertGradients(
            parameters, expected, parameters.all().values().stream().map(NDArray::getGradient));
      }
    }
  }

  /** Over the way that training takes: a head that is its own gradient, and no scores. */
  @ParameterizedTest
  @MethodSource("cases")
  void learnsAsTheOriginal(Path directory) throws IOException {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 1)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model model = load(directory, parameters, ops);
      SafetensorsFile expected = Goldens.expected(directory);
      try (Step step = Step.training(root)) {
        FusionPass pass = FusionPass.IDENTITY;
        TextStates encoded = encoded(model, step, expected, pass);
        NDArray targets = shiftedRight(step.manager(), expected);
        NDArray decoded = model.decode(targets, encoded, pass, Mode.TRAINING);
        long[] words = expected.longs("labels");
        NDArray labels = step.manager().create(words, expected.shape("labels"));
        long counted = LongStream.of(words).filter(label -> label != -100).count();
        Loss smoothed = model.loss(decoded, labels, pass, 0.1, counted);
        assertLoss(smoothed.value(), expected, "loss_label_smoothing_0.1");
        Loss loss = model.loss(decoded, labels, pass, 0, counted);
        assertLoss(loss.value(), expected, "loss");
        List<NDArray> all = List.copyOf(parameters.all().values());
        assertGradients(parameters, expected, ops.gradients(loss, all).stream());
      }
    }
  }

  private static T5Model load(Path directory, Parameters parameters, Ops ops) throws IOException {
    SafetensorsFile weights = SafetensorsFile.open(directory.resolve("model.safetensors"));
    for (String name : weights.names()) {
      NDArray array = parameters.load(name, weights.shape(name));
      array.toByteBuffer(true).asFloatBuffer().put(weights.floats(name));
    }
    T5Model model =
        T5Model.textOnly(T5Config.read(directory.resolve("config.json")), parameters, ops);
    assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();
    return model;
  }

  private static TextStates encoded(
      T5Model model, Step step, SafetensorsFile expected, FusionPass pass) throws IOException {
    NDArray ids = Goldens.array(step.manager(), expected, "input_ids");
    NDArray mask = Goldens.array(step.manager(), expected, "attention_mask");
    return model.encode(ids, mask.toType(DataType.FLOAT32, false), pass, Mode.TRAINING);
  }

  private static NDArray shiftedRight(NDManager manager, SafetensorsFile expected)
      throws IOException {
    long[] labels = expected.longs("labels");
    int length = (int) expected.shape("labels").get(1);
    long[] shifted = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      shifted[i] = i % length == 0 ? 0 : Math.max(labels[i - 1], 0);
    }
    return manager.create(shifted, expected.shape("labels"));
  }

  private static NDArray loss(
      T5Model model, NDArray logits, SafetensorsFile expected, long[] labels, double smoothing)
      throws IOException {
    NDArray array = logits.getManager().create(labels, expected.shape("labels"));
    long counted = LongStream.of(labels).filter(label -> label != -100).count();
    return model.ops().crossEntropy(logits, array, smoothing, counted);
  }

  private static void assertStates(List<float[]> states, SafetensorsFile expected, String prefix)
      throws IOException {
    assertThat(states).isNotEmpty();
    for (int i = 0; i < states.size(); i++) {
      Goldens.assertClose(prefix + i, states.get(i), expected.floats(prefix + i), VALUES);
    }
  }

  private static void assertLoss(NDArray loss, SafetensorsFile expected, String name)
      throws IOException {
    float reference = expected.floats(name)[0];
    assertThat(loss.getFloat()).as(name).isCloseTo(reference, within((float) (VALUES * reference)));
  }

  private static void assertGradients(
      Parameters parameters, SafetensorsFile expected, Stream<NDArray> gradients)
      throws IOException {
    Iterator<NDArray> found = gradients.iterator();
    for (String parameter : parameters.all().keySet()) {
      Goldens.assertClose(found.next(), expected, "grad." + parameter, GRADIENTS);
    }
    long all = expected.names().stream().filter(name -> name.startsWith("grad.")).count();
    assertThat(parameters.all()).hasSize((int) all);
  }
}
