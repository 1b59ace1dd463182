package dev.fusebox.training.write;

import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Decoding;
import dev.fusebox.t5.generate.EarlyStopping;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.Seeds;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.recipe.DecodingSettings;
import java.util.List;

/** Word after word from the model's own words. */
final class FreeWriter implements Writer {

  private final T5Model model;
  private final Generator generator;
  private final DecodingSettings settings;
  private final int maxTokens;
  private final long seed;

  FreeWriter(T5Model model, DecodingSettings settings, int maxTokens, long seed) {
    this.model = model;
    this.generator = Generator.of(model, settings.weights());
    this.settings = settings;
    this.maxTokens = maxTokens;
    this.seed = seed;
  }

  @Override
  public List<int[]> write(Batch batch) {
    try (Step step = Step.inference(model.parameters().manager())) {
      EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
      return generator.generate(reading.encoded(), reading.pass(), config(batch)).stream()
          .map(sentences -> sentences.get(0).toArray())
          .toList();
    }
  }

  /**
   * As transformers' {@code max_length}, which mm-cot sets, the limit counts the mark that the
   * decoder starts with. The longest target has an end mark in that place, so no word is lost.
   */
  private GenerationConfig config(Batch batch) {
    return new GenerationConfig(maxTokens - 1, 0, settings.noRepeat(), decoding(batch));
  }

  private Decoding decoding(Batch batch) {
    if (settings.beams() > 1) {
      return new Decoding.Beam(
          settings.beams(), settings.lengthPenalty(), EarlyStopping.WHEN_UNLIKELY, 1);
    }
    return settings
        .sampling()
        .<Decoding>map(
            sampling ->
                new Decoding.Sampling(
                    sampling.temperature(),
                    sampling.topK(),
                    sampling.topP(),
                    seed,
                    1,
                    batch.ids().stream().map(id -> Seeds.mix(seed, id.hashCode())).toList()))
        .orElseGet(Decoding.Greedy::new);
  }

  @Override
  public void close() {
    generator.close();
  }
}
