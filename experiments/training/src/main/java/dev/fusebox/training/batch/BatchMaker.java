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
 */
public record BatchMaker(
    T5Config config, Optional<PictureFeatures> pictures, Optional<Integer> countedLength) {

  public Batch make(List<Example> examples) {
    List<String> ids = examples.stream().map(Example::id).toList();
    PaddedTexts labels = labels(examples.stream().map(Example::target).toList());
    return new Batch(
        ids,
        PaddedTexts.of(examples.stream().map(Example::source).toList(), config.padId()),
        labels.shifted(config.startId(), config.padId()),
        labels,
        (int) Arrays.stream(labels.ids()).filter(label -> label != Batch.NOT_COUNTED).count(),
        pictures.map(source -> PicturesOfBatch.read(source, ids)));
  }

  private PaddedTexts labels(List<int[]> targets) {
    return countedLength
        .map(length -> PaddedTexts.of(targets, config.padId(), length))
        .orElseGet(() -> PaddedTexts.of(targets, Batch.NOT_COUNTED));
  }
}
