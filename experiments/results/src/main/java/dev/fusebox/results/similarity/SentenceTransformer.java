package dev.fusebox.results.similarity;

import ai.djl.Device;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A sentence-transformer (Reimers and Gurevych 2019): a text becomes the mean of a BERT's last
 * states, two texts are as near as the cosine of theirs. mm-cot's final score took {@code
 * all-MiniLM-L6-v2}.
 *
 * <p>It computes in fp32 on the processor, so that a number does not depend on the machine's GPU.
 */
public final class SentenceTransformer implements SentenceSimilarity, AutoCloseable {

  private static final Map<String, String> WHOLE = // the cut is ours: files ask for other lengths
      Map.of("truncation", "false", "padding", "false");

  private static final String NAMES = "(embeddings|encoder)\\..*\\.(weight|bias)";
  private static final int BATCH = 64;

  private final SentenceFolder folder;
  private final HuggingFaceTokenizer tokenizer;
  private final NDManager root = NDManager.newBaseManager(Device.cpu());
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final BertScript script = new BertScript(ops);
  private final Parameters parameters = new Parameters(root, 0);
  private final Map<String, float[]> known = new HashMap<>();
  private final Bert bert;
  private final Progress progress;

  /** Is told how many texts have been read, of how many. */
  @FunctionalInterface
  public interface Progress {
    /** So many have been read. */
    void at(int done, int total);
  }

  private SentenceTransformer(SentenceFolder folder, Progress progress) throws IOException {
    this.folder = folder;
    this.progress = progress;
    tokenizer =
        HuggingFaceTokenizer.newInstance(folder.transformer().resolve("tokenizer.json"), WHOLE);
    Checkpoint.open(folder.transformer()).into(parameters, name -> name.matches(NAMES));
    bert = new Bert(folder.config(), parameters, ops, script);
  }

  /**
   * Opens a directory that sentence-transformers wrote.
   *
   * @throws UserError if it lacks files, or holds another kind of model
   */
  public static SentenceTransformer open(Path directory) throws IOException {
    return open(directory, (done, total) -> {});
  }

  /** The same, with a listener. */
  public static SentenceTransformer open(Path directory, Progress progress) throws IOException {
    SentenceTransformer model = new SentenceTransformer(SentenceFolder.read(directory), progress);
    LoadReport report = model.parameters.report();
    if (!report.complete()) {
      model.close();
      throw new UserError(directory + ": the weights do not fit config.json\n" + report);
    }
    return model;
  }

  /**
   * Checks that a directory has all that {@link #open} needs, without reading its weights.
   *
   * @throws UserError as {@link #open}
   */
  public static void check(Path directory) throws IOException {
    SentenceFolder.read(directory);
  }

  @Override
  public List<Double> of(List<Prediction> predictions) {
    embed(predictions.stream().flatMap(p -> Stream.of(p.text(), p.target().strip())).toList());
    return predictions.stream()
        .map(p -> cosine(known.get(p.text()), known.get(p.target().strip())))
        .toList();
  }

  /**
   * What the texts mean: an embedding (D) of each. Each distinct text is read once, beside others
   * of about as many tokens.
   */
  public List<float[]> embed(List<String> texts) {
    List<Text> fresh =
        texts.stream()
            .filter(text -> !known.containsKey(text))
            .distinct()
            .map(text -> new Text(text, ids(text)))
            .sorted(Comparator.comparingInt(text -> text.ids().length))
            .toList();
    for (int start = 0; start < fresh.size(); start += BATCH) {
      progress.at(start, fresh.size());
      read(fresh.subList(start, Math.min(start + BATCH, fresh.size())));
    }
    progress.at(fresh.size(), fresh.size());
    return texts.stream().map(known::get).toList();
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody writes into them
  private record Text(String words, int[] ids) {}

  private void read(List<Text> texts) {
    TextBatch batch = new TextBatch(texts.stream().map(Text::ids).toList());
    try (Step step = Step.inference(root)) {
      NDArray mask = batch.mask(step.manager()); // (B, T)
      NDArray states = bert.forward(batch.ids(step.manager()), mask); // (B, T, D)
      NDArray means = script.maskedMean(states, mask); // (B, D)
      float[] numbers = (folder.normalized() ? script.unit(means) : means).toFloatArray();
      int width = folder.config().width();
      for (int row = 0; row < texts.size(); row++) {
        known.put(
            texts.get(row).words(), Arrays.copyOfRange(numbers, row * width, (row + 1) * width));
      }
    }
  }

  /** Cut as Hugging Face cuts: the mark at the end stays. */
  private int[] ids(String text) {
    String read = folder.lowerCase() ? text.toLowerCase(Locale.ROOT) : text;
    int[] ids =
        Arrays.stream(tokenizer.encode(read, true, false).getIds())
            .mapToInt(Math::toIntExact)
            .toArray();
    if (ids.length <= folder.maxTokens()) {
      return ids;
    }
    int[] cut = Arrays.copyOf(ids, folder.maxTokens());
    cut[cut.length - 1] = ids[ids.length - 1];
    return cut;
  }

  private static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void close() {
    parameters.close();
    root.close();
    tokenizer.close();
  }
}
