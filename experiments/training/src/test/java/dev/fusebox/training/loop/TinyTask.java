package dev.fusebox.training.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A stage that is learnt in a second: the target repeats the word that the picture points at. */
public final class TinyTask {

  private static final int FIRST_WORD = 36; // after marks and sentinels
  private static final int WORDS = 20;
  private static final int PATCHES = 3;

  private TinyTask() {}

  /** A task below {@code directory}, which gets a tokenizer. */
  public static TrainingTask in(Path directory, TrainingSettings settings) {
    return in(directory, settings, new FusionSettings("added", new AddedConfig(false)));
  }

  static TrainingTask in(Path directory, TrainingSettings settings, FusionSettings fusion) {
    Path tokenizer = tokenizer(directory);
    return new TrainingTask(
        Optional.empty(),
        new ModelSettings(
            Optional.empty(),
            new ModelShape(16, 8, 2, 32, 1, 1, false),
            Optional.empty(),
            VocabularyChoice.ALL,
            List.of()),
        tokenizer,
        fusion,
        fusion.isNone() ? Optional.empty() : Optional.of(new Pointing()),
        named(examples("train", 30), tokenizer),
        named(examples("validation", 9), tokenizer),
        5,
        settings,
        7);
  }

  /** The same where one of the first three words is to be chosen, rather than written. */
  public static TrainingTask ranked(Path directory, TrainingSettings settings) {
    TrainingTask task = in(directory, settings);
    return new TrainingTask(
        task.start(),
        task.model(),
        task.tokenizer(),
        task.fusion(),
        task.pictures(),
        withOptions(task.train()),
        withOptions(task.validation()),
        task.maxTokens(),
        settings,
        task.seed());
  }

  /** The same with nothing to write, and so nothing to validate. */
  static TrainingTask writingNothing(TrainingTask task) {
    return new TrainingTask(
        task.start(),
        task.model(),
        task.tokenizer(),
        task.fusion(),
        task.pictures(),
        task.train().stream()
            .map(each -> new Example(each.id(), each.source(), new int[0], ""))
            .toList(),
        List.of(),
        task.maxTokens(),
        task.training(),
        task.seed());
  }

  private static List<Example> withOptions(List<Example> examples) {
    return examples.stream().map(TinyTask::withOptions).toList();
  }

  /** Options of different lengths: the second is the word twice. */
  private static Example withOptions(Example each) {
    int[] words = each.source();
    List<int[]> texts =
        List.of(
            new int[] {words[0], 1}, new int[] {words[1], words[1], 1}, new int[] {words[2], 1});
    Example.Options options = new Example.Options(texts, Pointing.at(each.id()));
    return new Example(
        each.id(), words, texts.get(options.right()), each.targetText(), Optional.of(options));
  }

  public static T5StageTrainer trainer() {
    return new T5StageTrainer(new FusionCatalogue(List.of(new Added())), Device::cpu);
  }

  static Path tokenizer(Path directory) {
    try {
      WordTokenizer.learn(Stream.of("a b c d e f g h i j k l m n o p q r s t u v w x"), 1)
          .save(directory);
      return directory.resolve(WordTokenizer.FILE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Example> named(List<Example> examples, Path file) {
    try {
      Tokenizer tokenizer = Tokenizers.open(file);
      return examples.stream()
          .map(
              each ->
                  new Example(
                      each.id(), each.source(), each.target(), tokenizer.decode(each.target())))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Example> examples(String split, int count) {
    Random random = new Random(split.hashCode());
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 3 + random.nextInt(6);
      int[] source = new int[length + 1];
      for (int j = 0; j < length; j++) {
        source[j] = FIRST_WORD + random.nextInt(WORDS);
      }
      source[length] = 1;
      String id = split + i;
      int word = source[Pointing.at(id)];
      examples.add(new Example(id, source, new int[] {word, 1}, ""));
    }
    return examples;
  }

  /** A picture of three vectors; the first says which of the first three words is meant. */
  static final class Pointing implements PictureFeatures {

    static int at(String id) {
      return Math.floorMod(id.hashCode(), 3);
    }

    @Override
    public int patches() {
      return PATCHES;
    }

    @Override
    public int width() {
      return 3;
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      float[] features = new float[PATCHES * 3];
      features[at(questionId)] = 1;
      into.put(features);
      return PATCHES;
    }
  }

  /**
   * What can be set.
   *
   * @param penalises whether large weights cost something beside the task
   */
  record AddedConfig(boolean penalises) {}

  /** Adds a projection of the first patch to every state of the encoder. */
  public static final class Added implements FusionProvider<AddedConfig> {

    @Override
    public String name() {
      return "added";
    }

    @Override
    public FusionCard card() {
      return new FusionCard("adds the first patch", "a test");
    }

    @Override
    public Class<AddedConfig> configType() {
      return AddedConfig.class;
    }

    @Override
    public Fusion create(AddedConfig config, FusionContext context) {
      Ops ops = context.ops();
      NDArray weight =
          context
              .parameters()
              .declare(
                  "fusion.weight",
                  new Shape(context.width(), context.visionWidth()),
                  Initializer.normal(1));
      return (vision, mode) ->
          new FusionPass() {
            private long length = 1;

            @Override
            public TextStates afterEncoder(TextStates text) {
              NDArray first = vision.features().get(":,0:1");
              return text.withHidden(text.hidden().add(ops.linear(first, weight)));
            }

            @Override
            public NDArray beforeDecoderBlock(int block, NDArray hidden) {
              length = hidden.getShape().get(1);
              return hidden;
            }

            @Override
            public Map<String, NDArray> auxiliaryLosses() {
              return config.penalises()
                  ? Map.of("size", ops.scale(weight.square().mean(), 0.5))
                  : Map.of();
            }

            /** All look at the first patch. */
            @Override
            public Diagnostics diagnostics() {
              NDArray row = vision.features().getManager().create(new float[] {1, 0, 0});
              NDArray map = row.reshape(1, 1, PATCHES).broadcast(rows(), length, PATCHES);
              double share = Math.tanh(weight.abs().mean().getFloat());
              return new Diagnostics(Map.of("share", share), Map.of("decoder.block.0", map));
            }

            private long rows() {
              return vision.features().getShape().get(0);
            }
          };
    }
  }

  /** Cancels after so many steps. */
  public static StageProgress stopAfter(long steps) {
    return new StageProgress() {
      private long done;

      @Override
      public void at(long done, long total) {
        this.done = done;
      }

      @Override
      public void say(String figures) {}

      @Override
      public boolean cancelled() {
        return done >= steps;
      }
    };
  }
}
