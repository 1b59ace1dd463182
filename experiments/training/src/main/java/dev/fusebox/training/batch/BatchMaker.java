package dev.fusebox.training.batch;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.T5Config;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts examples side by side. Safe for threads.
 *
 * @param config says how texts are padded and started
 * @param pictures empty where the model sees none
 * @param countedLength how many labels every target has where its padding counts, as mm-cot trains:
 *     the longest output, whatever stands in the batch; empty where padding does not count
 * @param ranked whether the options of the questions are laid out
 */
public record BatchMaker(
    T5Config config,
    Optional<PictureFeatures> pictures,
    Optional<Integer> countedLength,
    boolean ranked) {

  /** Without options. */
  public BatchMaker(
      T5Config config, Optional<PictureFeatures> pictures, Optional<Integer> countedLength) {
    this(config, pictures, countedLength, false);
  }

  /** The same with the options of the questions, or without them. */
  public BatchMaker withOptions(boolean wanted) {
    return new BatchMaker(config, pictures, countedLength, wanted);
  }

  /** The same with other pictures. */
  BatchMaker showing(Optional<PictureFeatures> others) {
    return new BatchMaker(config, others, countedLength, ranked);
  }

  public Batch make(List<Example> examples) {
    List<String> ids = examples.stream().map(Example::id).toList();
    PaddedTexts labels = labels(examples.stream().map(Example::target).toList());
    return new Batch(
        ids,
        PaddedTexts.of(examples.stream().map(Example::source).toList(), config.padId()),
        labels.shifted(config.startId(), config.padId()),
        labels,
        (int) Arrays.stream(labels.ids()).filter(label -> label != Batch.NOT_COUNTED).count(),
        pictures.map(source -> PicturesOfBatch.read(source, examples)),
        ranked ? Optional.of(options(examples)) : Optional.empty());
  }

  private OptionsOfBatch options(List<Example> examples) {
    return OptionsOfBatch.of(
        examples.stream().map(example -> example.options().orElseThrow()).toList(), config);
  }

  private PaddedTexts labels(List<int[]> targets) {
    return countedLength
        .map(length -> PaddedTexts.of(targets, config.padId(), length))
        .orElseGet(() -> PaddedTexts.of(targets, Batch.NOT_COUNTED));
  }
}
