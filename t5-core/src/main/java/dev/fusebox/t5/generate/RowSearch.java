package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Writes one sentence per row, each by itself; a finished one leaves the batch. */
final class RowSearch {

  private final DecoderState state;
  private final BannedTokens bannedTokens;
  private final Choice choice;
  private final List<Sentence> sentences;
  private List<Integer> open; // the sentence of each row

  /**
   * @param state one row per sentence
   * @param startId what each sentence starts from
   */
  RowSearch(DecoderState state, int rows, int startId, BannedTokens bannedTokens, Choice choice) {
    this.state = state;
    this.bannedTokens = bannedTokens;
    this.choice = choice;
    sentences = new ArrayList<>(Collections.nCopies(rows, Sentence.start(startId, 0)));
    open = IntStream.range(0, rows).boxed().toList();
  }

  /** Writes until every sentence has ended or has {@code maxNewTokens} tokens. */
  List<Generated> write(int maxNewTokens) {
    for (int i = 0; i < maxNewTokens && !open.isEmpty(); i++) {
      writeToken();
      if (i + 1 < maxNewTokens) {
        dropFinished();
      }
    }
    return sentences.stream().map(s -> new Generated(s.written(), s.sum())).toList();
  }

  private void writeToken() {
    try (Step step = Step.inference(state.manager())) {
      List<Sentence> rows = open.stream().map(sentences::get).toList();
      NDArray ids = step.manager().create(rows.stream().mapToLong(Sentence::last).toArray());
      NDArray banned = step.manager().create(bannedTokens.places(rows));
      Chosen chosen = choice.choose(state, ids, banned, open);
      for (int row = 0; row < rows.size(); row++) {
        Sentence before = rows.get(row);
        double sum = before.sum() + chosen.logProbability(row);
        sentences.set(open.get(row), before.with(chosen.token(row), sum));
      }
    }
  }

  private void dropFinished() {
    int[] stay =
        IntStream.range(0, open.size())
            .filter(row -> sentences.get(open.get(row)).last() != bannedTokens.endId())
            .toArray();
    if (stay.length < open.size()) {
      open = IntStream.of(stay).mapToObj(open::get).toList();
      if (stay.length > 0) {
        state.selectRows(stay);
        state.selectInputs(stay, stay);
      }
    }
  }
}
