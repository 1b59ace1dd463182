package dev.fusebox.training.write;

import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.TeacherForcing;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.model.EncodedBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each word given the gold words before it, for as many words as the target has; where padding
 * counted when the model learned, to the end of it, as mm-cot's figures are read off.
 */
record ForcedWriter(T5Model model) implements Writer {

  @Override
  public List<int[]> write(Batch batch) {
    try (Step step = Step.inference(model.parameters().manager())) {
      EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
      FusionPass pass = reading.pass();
      int[][] guesses =
          TeacherForcing.predict(
              model, batch.inputs().ids(step.manager()), reading.encoded(), pass);
      return IntStream.range(0, guesses.length)
          .mapToObj(row -> Arrays.copyOf(guesses[row], batch.countedLabels(row)))
          .toList();
    }
  }

  @Override
  public void close() {}
}
