package dev.fusebox.training.work;

import java.util.ArrayList;
import java.util.List;

/**
 * The solved questions that stand before a question.
 *
 * @param shots in the order in which they are read
 * @param tokens of all of them: how many stand before the question
 */
record ShownShots(List<Place> shots, int tokens) {

  ShownShots {
    shots = List.copyOf(shots);
  }

  /**
   * One of them.
   *
   * @param id its own
   * @param tokensBefore how many tokens stand before it
   */
  record Place(String id, int tokensBefore) {}

  /**
   * Those that are read.
   *
   * @param ids the tokens of each
   */
  static ShownShots of(List<StageTexts.Shot> shots, List<int[]> ids) {
    List<Place> places = new ArrayList<>();
    int tokens = 0;
    for (int i = 0; i < shots.size(); i++) {
      places.add(new Place(shots.get(i).id(), tokens));
      tokens += ids.get(i).length;
    }
    return new ShownShots(places, tokens);
  }
}
