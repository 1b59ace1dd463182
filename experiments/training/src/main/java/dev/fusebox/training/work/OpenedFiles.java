package dev.fusebox.training.work;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.ScratchCopies;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.KeptPictures;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.questions.retrieve.PassageIndex;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.objective.PicturedTexts;
import dev.fusebox.training.objective.PretrainingExample;
import dev.fusebox.training.objective.PretrainingExamples;
import dev.fusebox.training.objective.Tokens;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What stages are made from: the files of this machine, each opened once. */
public final class OpenedFiles {

  private final Map<Path, Dataset> datasets = new HashMap<>();
  private final Map<Path, Tokenizer> tokenizers = new HashMap<>();
  private final Map<PicturesKey, PictureFeatures> pictures = new HashMap<>();
  private final Set<List<Object>> whole = new HashSet<>(); // directories with their features

  private final KeptPictures kept;
  private final FileHashes hashes;
  private final VisionBackbones kinds;
  private final TokenCache tokens;
  private final UsedVocabulary vocabularies;

  /**
   * None opened yet.
   *
   * @param cache where decoded pictures, tokens and indices are kept
   * @param hashes of the files of others
   */
  public OpenedFiles(Path cache, FileHashes hashes) {
    this(cache, Optional.empty(), hashes, PictureBackbone.BUILT_IN);
  }

  /**
   * None opened yet.
   *
   * @param cache where decoded pictures, tokens and indices are kept
   * @param scratch where feature files are copied to, and read from
   * @param hashes of the files of others
   * @param kinds of backbones that may stand between pixels and model
   */
  public OpenedFiles(
      Path cache, Optional<ScratchCopies> scratch, FileHashes hashes, VisionBackbones kinds) {
    this.kinds = kinds;
    this.kept = new KeptPictures(cache, scratch);
    this.hashes = hashes;
    this.tokens = new TokenCache(cache);
    this.vocabularies = new UsedVocabulary(cache);
  }

  /** The questions in a data directory, opened once. */
  public synchronized Dataset questions(Path root) throws IOException {
    Dataset dataset = datasets.get(root);
    if (dataset == null) {
      dataset = Datasets.open(root);
      datasets.put(root, dataset);
    }
    return dataset;
  }

  /** The vectors of pictures, under a control; opened once. */
  public synchronized PictureFeatures pictures(
      Path root, FeatureSettings features, Control control, long seed) throws IOException {
    PicturesKey key = new PicturesKey(root, features, control, seed);
    PictureFeatures found = pictures.get(key);
    if (found == null) {
      found = Pictures.open(questions(root), root, features, control, seed, kept, kinds);
      pictures.put(key, found);
    }
    return found;
  }

  /**
   * Makes sure, once, that the vectors or pictures of all questions are there, and are those that
   * were extracted.
   *
   * @throws dev.fusebox.file.UserError that names the first that is missing, or not the same
   */
  public synchronized void requirePictures(Path root, FeatureSettings features) throws IOException {
    List<Object> pair = List.of(root, features);
    if (!whole.contains(pair)) {
      Pictures.requireWhole(questions(root), root, features, kinds);
      Pictures.requireUnchanged(root, features, kinds, hashes);
      whole.add(pair);
    }
  }

  /** V: how many numbers a vector has, without decoding a picture. */
  public int pictureWidth(Path root, FeatureSettings features) throws IOException {
    return Pictures.width(root, features, kinds);
  }

  /** How many vectors a question has at most. */
  public int picturePatches(Path root, FeatureSettings features) throws IOException {
    return Pictures.patches(root, features, kinds);
  }

  /**
   * Makes sure that pictures can be shifted and cropped.
   *
   * @throws UserError if the vectors of a feature file lie in no square over their picture
   */
  public void requireRaster(Path root, FeatureSettings features) throws IOException {
    Pictures.requireRaster(root, features, kinds);
  }

  /** The backbone between pixels and model; empty where vectors were made beforehand. */
  public Optional<PictureBackbone> inTheLoop(FeatureSettings features) {
    return features.inTheLoop(kinds);
  }

  private record PicturesKey(Path root, FeatureSettings features, Control control, long seed) {}

  /** A hash of the files {@link #pictures} reads. */
  public String pictureFingerprint(Path root, FeatureSettings features) throws IOException {
    return hashes.together(Pictures.files(root, features, kinds));
  }

  /**
   * The hash of a file, or of all files of a folder, by whole content.
   *
   * @param depth how many folders deep
   */
  public String hash(Path path, int depth) throws IOException {
    return hashes.ofAll(path, depth);
  }

  /**
   * A tokenizer from its file or directory, opened once.
   *
   * @throws UserError if what it says of itself cannot be
   */
  public synchronized Tokenizer tokenizer(Path file) throws IOException {
    Tokenizer tokenizer = tokenizers.get(file);
    if (tokenizer == null) {
      try {
        tokenizer = Tokenizers.open(file);
      } catch (IllegalArgumentException e) {
        throw new UserError(e.getMessage(), e);
      }
      tokenizers.put(file, tokenizer);
    }
    return tokenizer;
  }

  /**
   * The tokenizer's file of a model, cut down where the settings ask for it.
   *
   * @throws UserError if there is none
   */
  Path tokenizer(
      ModelSettings model, DataPlace place, DataSettings data, Function<Stage, Path> inputs)
      throws IOException {
    Path whole = place.tokenizer(model, inputs);
    return model.vocabulary() == VocabularyChoice.USED
        ? vocabularies.of(whole, questions(place.path(inputs)), data)
        : whole;
  }

  /**
   * Texts as tokens, stored for whoever asks next.
   *
   * @param tokenizer file of the tokenizer
   */
  public Tokenised tokens(StageTexts texts, Path tokenizer) throws IOException {
    Path file =
        Files.isDirectory(tokenizer) ? Tokenizers.find(tokenizer).orElse(tokenizer) : tokenizer;
    return tokens.tokens(texts, file, tokenizer(tokenizer));
  }

  /**
   * An index of passages, the caller's to close.
   *
   * @param corpus where they are read from
   * @param otherwise the passages where there is no corpus
   */
  public PassageIndex passages(Optional<Path> corpus, List<String> otherwise) throws IOException {
    return corpus.isPresent()
        ? PassageIndex.open(corpus.get(), kept.cache())
        : PassageIndex.open(otherwise, kept.cache());
  }

  /**
   * Pretraining examples by number.
   *
   * @param texts what is practised on
   * @param longest source, in tokens
   */
  public LongFunction<Example> pretraining(
      PretrainingSettings settings,
      Map<String, Double> objectives,
      PicturedTexts texts,
      Tokenizer tokenizer,
      int longest) {
    PretrainingExamples examples =
        new PretrainingExamples(objectives, texts, tokens(tokenizer), longest, settings.seed());
    return number -> example(number, examples.example(number));
  }

  private static Example example(long number, PretrainingExample practice) {
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
