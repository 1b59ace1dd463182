package dev.fusebox.experiments.train;

import dev.fusebox.experiments.features.PictureFeatures;
import dev.fusebox.experiments.pipeline.Example;
import dev.fusebox.t5.T5Config;
import java.util.List;
import java.util.Optional;

/**
 * Puts examples side by side. Safe for threads.
 *
 * @param config says how texts are padded and started
 * @param pictures empty where the model sees none
 * @param countPadding whether labels go on as padding that counts, as mm-cot trains
 */
record BatchMaker(T5Config config, Optional<PictureFeatures> pictures, boolean countPadding) {

  Batch make(List<Example> examples) {
    List<String> ids = examples.stream().map(Example::id).toList();
    List<int[]> targets = examples.stream().map(Example::target).toList();
    PaddedTexts labels = PaddedTexts.of(targets, countPadding ? config.padId() : Batch.NOT_COUNTED);
    return new Batch(
        ids,
        PaddedTexts.of(examples.stream().map(Example::source).toList(), config.padId()),
        PaddedTexts.of(targets.stream().map(this::shifted).toList(), config.padId()),
        labels,
        countPadding
            ? labels.ids().length
            : targets.stream().mapToInt(target -> target.length).sum(),
        pictures.map(source -> PicturesOfBatch.read(source, ids)));
  }

  private int[] shifted(int[] target) {
    int[] shifted = new int[target.length];
    if (target.length > 0) {
      shifted[0] = config.startId();
      System.arraycopy(target, 0, shifted, 1, target.length - 1);
    }
    return shifted;
  }
}
