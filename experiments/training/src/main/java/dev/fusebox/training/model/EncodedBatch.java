package dev.fusebox.training.model;

import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;

/**
 * What a model has read and seen of a batch.
 *
 * @param encoded the encoder's states
 * @param pass the fusion's pass
 */
public record EncodedBatch(TextStates encoded, FusionPass pass) {

  public static EncodedBatch of(T5Model model, Batch batch, Mode mode, Step step) {
    FusionPass pass =
        batch
            .pictures()
            .map(pictures -> model.see(pictures.place(step.manager()), mode))
            .orElse(FusionPass.IDENTITY);
    TextStates encoded =
        model.encode(
            batch.sources().ids(step.manager()), // (B, T)
            batch.sources().mask(step.manager()),
            pass,
            mode);
    return new EncodedBatch(encoded, pass);
  }
}
