package dev.fusebox.training.model;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.OptionsOfBatch;
import java.util.Map;

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
            .map(pictures -> model.see(pictures.place(step.manager(), model.virtualTokens()), mode))
            .orElse(FusionPass.IDENTITY);
    TextStates encoded =
        model.encode(
            batch.sources().ids(step.manager()), // (B, T)
            batch.sources().mask(step.manager()),
            pass,
            mode);
    return new EncodedBatch(encoded, pass);
  }

  /**
   * Log probabilities (B, K) of each question's options, as their texts.
   *
   * @param perToken whether they are divided by the tokens of a text
   */
  public NDArray optionScores(T5Model model, OptionsOfBatch options, boolean perToken, Step step) {
    return model.textScores(options.place(step.manager()), encoded, pass, perToken, Mode.INFERENCE);
  }

  /** The fusion's gates by name while the model reads a batch; empty where there are none. */
  public static Map<String, Double> gates(T5Model model, Batch batch) {
    try (Step step = Step.inference(model.parameters().manager())) {
      return of(model, batch, Mode.INFERENCE, step).pass().diagnostics().gates();
    }
  }
}
