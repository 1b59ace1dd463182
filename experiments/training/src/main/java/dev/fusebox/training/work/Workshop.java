package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.retrieve.PassageIndex;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.PretrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** What stages are made with, besides the trainer and the predictor. */
public interface Workshop {

  /** The questions in a data directory, opened once. */
  Dataset questions(Path root) throws IOException;

  /** The vectors of pictures, under a control; opened once. */
  PictureFeatures pictures(Path root, FeatureSettings features, Control control, long seed)
      throws IOException;

  /**
   * The hash of a file, or of all files of a folder, by whole content.
   *
   * @param depth how many folders deep
   */
  String hash(Path path, int depth) throws IOException;

  /** A hash of the files {@link #pictures} reads. */
  String pictureFingerprint(Path root, FeatureSettings features) throws IOException;

  /** A tokenizer from its file or directory, opened once. */
  Tokenizer tokenizer(Path file) throws IOException;

  /**
   * Texts as tokens, stored for whoever asks next.
   *
   * @param tokenizer file of the tokenizer
   */
  Tokenised tokens(StageTexts texts, Path tokenizer) throws IOException;

  /**
   * An index of passages, the caller's to close.
   *
   * @param corpus where they are read from
   * @param otherwise the passages where there is no corpus
   */
  PassageIndex passages(Optional<Path> corpus, List<String> otherwise) throws IOException;

  /**
   * Pretraining examples by number.
   *
   * @param questions whose text is practised on
   * @param longest source, in tokens
   */
  LongFunction<Example> pretraining(
      PretrainingSettings settings, List<Question> questions, Tokenizer tokenizer, int longest);
}
