package dev.fusebox.training.work;

import dev.fusebox.file.FileHashes;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.questions.retrieve.PassageIndex;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.objective.Practice;
import dev.fusebox.training.objective.PretrainingExamples;
import dev.fusebox.training.objective.Tokens;
import dev.fusebox.training.recipe.PretrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** The files of this machine, each opened once. */
public final class LocalWorkshop implements Workshop {

  private final Map<Path, Dataset> datasets = new HashMap<>();
  private final Map<Path, Tokenizer> tokenizers = new HashMap<>();

  private final Path cache;
  private final FileHashes hashes;
  private final TokenCache tokens;

  /**
   * A workshop.
   *
   * @param cache where decoded pictures, tokens and indices are kept
   * @param hashes of the files of others
   */
  public LocalWorkshop(Path cache, FileHashes hashes) {
    this.cache = cache;
    this.hashes = hashes;
    this.tokens = new TokenCache(cache);
  }

  @Override
  public synchronized Dataset questions(Path root) throws IOException {
    Dataset dataset = datasets.get(root);
    if (dataset == null) {
      dataset = Datasets.open(root);
      datasets.put(root, dataset);
    }
    return dataset;
  }

  @Override
  public PictureFeatures pictures(Path root, FeatureSettings features, Control control, long seed)
      throws IOException {
    return Pictures.open(questions(root), root, features, control, seed, cache);
  }

  @Override
  public String pictureFingerprint(Path root, FeatureSettings features) throws IOException {
    return hashes.together(Pictures.files(root, features));
  }

  @Override
  public String hash(Path path, int depth) throws IOException {
    return hashes.ofAll(path, depth);
  }

  @Override
  public synchronized Tokenizer tokenizer(Path file) throws IOException {
    Tokenizer tokenizer = tokenizers.get(file);
    if (tokenizer == null) {
      tokenizer = Tokenizers.open(file);
      tokenizers.put(file, tokenizer);
    }
    return tokenizer;
  }

  @Override
  public Tokenised tokens(StageTexts texts, Path tokenizer) throws IOException {
    Path file =
        Files.isDirectory(tokenizer) ? Tokenizers.find(tokenizer).orElse(tokenizer) : tokenizer;
    return tokens.tokens(texts, file, tokenizer(tokenizer));
  }

  @Override
  public PassageIndex passages(Optional<Path> corpus, List<String> otherwise) throws IOException {
    return corpus.isPresent()
        ? PassageIndex.open(corpus.get(), cache)
        : PassageIndex.open(otherwise, cache);
  }

  @Override
  public LongFunction<Example> pretraining(
      PretrainingSettings settings, List<Question> questions, Tokenizer tokenizer, int longest) {
    PretrainingExamples examples =
        new PretrainingExamples(
            settings.objectives(), questions, tokens(tokenizer), longest, settings.seed());
    return number -> example(number, examples.example(number));
  }

  private static Example example(long number, Practice practice) {
    String id = practice.picture().orElse("text " + number);
    return new Example(id, array(practice.source()), array(practice.target()), "");
  }

  private static int[] array(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Tokens tokens(Tokenizer tokenizer) {
    return new Tokens() {
      @Override
      public List<Integer> of(String text) {
        int[] ids = tokenizer.encode(text);
        return Arrays.stream(ids, 0, ids.length - 1).boxed().toList();
      }

      @Override
      public int end() {
        return Tokenizer.END;
      }

      @Override
      public int sentinel(int number) {
        return tokenizer.sentinel(number);
      }
    };
  }
}
