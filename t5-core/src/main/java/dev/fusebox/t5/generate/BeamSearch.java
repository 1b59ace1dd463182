package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.t5.generate.InputBeams.Continuation;
import dev.fusebox.tensor.Step;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Beam search over a batch: each input's beams are rows of their own; an input whose search is over
 * leaves the batch.
 */
final class BeamSearch {

  private final DecoderState state;
  private final GenerateScript script;
  private final Decoding.Beam beam;
  private final BannedTokens bannedTokens;
  private final List<InputBeams> inputs;
  private List<InputBeams> searching;

  /**
   * @param state as many rows per input as there are beams
   */
  BeamSearch(
      DecoderState state,
      GenerateScript script,
      Decoding.Beam beam,
      BannedTokens bannedTokens,
      List<InputBeams> inputs) {
    this.state = state;
    this.script = script;
    this.beam = beam;
    this.bannedTokens = bannedTokens;
    this.inputs = inputs;
    searching = inputs;
  }

  /** The best sentences of each input, best first. */
  List<List<Generated>> write(int maxNewTokens) {
    for (int i = 0; i < maxNewTokens && !searching.isEmpty(); i++) {
      writeToken();
      if (i + 1 < maxNewTokens) {
        select();
      }
    }
    return inputs.stream().map(input -> input.result(beam.sequences())).toList();
  }

  private void writeToken() {
    try (Step step = Step.inference(state.manager())) {
      List<Sentence> rows = searching.stream().flatMap(input -> input.open().stream()).toList();
      NDArray ids = step.manager().create(rows.stream().mapToLong(Sentence::last).toArray());
      NDArray logits = state.read(ids);
      NDArray banned = step.manager().create(bannedTokens.places(rows));
      NDArray sums = step.manager().create(sums(rows));
      double[] best =
          script
              .chooseBeams(logits, banned, sums, beam.beams())
              .toDoubleArray(); // (3, B, 2 * beams)
      for (int i = 0; i < searching.size(); i++) {
        searching.get(i).advance(continuations(best, i));
      }
    }
  }

  private static float[] sums(List<Sentence> rows) {
    float[] sums = new float[rows.size()];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = (float) rows.get(row).sum();
    }
    return sums;
  }

  private List<Continuation> continuations(double[] best, int input) {
    int each = 2 * beam.beams();
    int all = each * searching.size();
    return IntStream.range(input * each, (input + 1) * each)
        .mapToObj(i -> new Continuation((int) best[all + i], (int) best[2 * all + i], best[i]))
        .toList();
  }

  private void select() {
    int[] stay =
        IntStream.range(0, searching.size()).filter(i -> !searching.get(i).done()).toArray();
    int[] parents = IntStream.of(stay).flatMap(this::parentRows).toArray();
    boolean left = stay.length < searching.size();
    searching = IntStream.of(stay).mapToObj(searching::get).toList();
    if (stay.length > 0 && (left || !isIdentity(parents))) {
      state.selectRows(parents);
    }
    if (stay.length > 0 && left) {
      state.selectInputs(stay, parents);
    }
  }

  private IntStream parentRows(int input) {
    return IntStream.of(searching.get(input).parents()).map(row -> input * beam.beams() + row);
  }

  private static boolean isIdentity(int[] rows) {
    return IntStream.range(0, rows.length).allMatch(i -> rows[i] == i);
  }
}
