package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.StageMemory.size;

import ai.djl.Device;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.generate.WeightPrecision;
import dev.fusebox.training.model.MemoryNeed;
import dev.fusebox.training.model.ModelSize;
import dev.fusebox.training.model.WritingNeed;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trained stage that writes or ranks: its settings, and what goes through it.
 *
 * @param backbone numbers that pictures go through on the way to the model
 */
record WritingMemory(
    T5Config config,
    ModelSize model,
    DecodingSettings decoding,
    MemoryNeed.InputSizes lengths,
    long backbone)
    implements StageMemory {

  private WritingNeed need(Device there) {
    return WritingNeed.of(config, model, decoding, lengths, backbone, !there.isGpu());
  }

  @Override
  public long total(Device there) {
    return need(there).total();
  }

  @Override
  public String words(Device there) {
    WritingNeed need = need(there);
    return "%s to %s (weights %s, decoder laid out for writing %s, keys and values %s, activations %s, program %s)"
        .formatted(
            size(need.total()),
            decoding.mode() == DecodingMode.GENERATED ? "write" : "score",
            size(need.weights()),
            size(need.prepared()),
            size(need.cache()),
            size(need.activations()),
            size(need.program()));
  }

  @Override
  public Stream<Alternative> alternatives() {
    return Stream.concat(smallerBatches(), otherwise());
  }

  private Stream<Alternative> smallerBatches() {
    List<Alternative> others = new ArrayList<>();
    for (int batch = decoding.batch() / 2; batch >= 1; batch /= 2) {
      others.add(
          new Alternative(
              "decoding.batch = " + batch, with(batch, decoding.beams(), decoding.weights())));
    }
    return others.stream();
  }

  private Stream<Alternative> otherwise() {
    return decoding.mode() == DecodingMode.GENERATED
        ? Stream.of(WeightPrecision.BFLOAT16, WeightPrecision.INT8)
            .filter(weights -> weights.compareTo(decoding.weights()) > 0)
            .map(
                weights ->
                    new Alternative(
                        "decoding.batch = 1, decoding.beams = 1 and decoding.weights = %s, which writes otherwise"
                            .formatted(weights.label()),
                        with(1, 1, weights)))
        : Stream.empty();
  }

  private WritingMemory with(int batch, int beams, WeightPrecision weights) {
    DecodingSettings other =
        new DecodingSettings(
            decoding.mode(),
            beams,
            decoding.lengthPenalty(),
            decoding.noRepeat(),
            batch,
            weights,
            decoding.sampling());
    return new WritingMemory(config, model, other, lengths, backbone);
  }
}
