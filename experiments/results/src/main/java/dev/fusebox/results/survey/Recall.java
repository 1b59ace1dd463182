package dev.fusebox.results.survey;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.retrieve.Passage;
import dev.fusebox.questions.retrieve.PassageIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether retrieval finds the lecture of a test question among those of the training questions, as
 * {@code retrieval} without a corpus looks for it.
 *
 * @param passages that are searched: distinct lectures of the training questions
 * @param n test questions that have a lecture
 * @param there how many of these have one that is among the passages, so that it can be found
 * @param places for each place, from the best on, how many of them have their lecture there
 */
public record Recall(int passages, int n, int there, List<Integer> places) {

  private static final int MOST = 10;

  public Recall {
    places = List.copyOf(places);
  }

  static Recall of(List<Question> train, List<Question> test) throws IOException {
    List<Question> asked = test.stream().filter(each -> !each.lecture().isBlank()).toList();
    Set<String> lectures =
        train.stream().map(each -> each.lecture().strip()).collect(Collectors.toSet());
    int there =
        (int) asked.stream().filter(each -> lectures.contains(each.lecture().strip())).count();
    int[] places = new int[MOST];
    try (PassageIndex index =
        PassageIndex.inMemory(train.stream().map(Question::lecture).toList())) {
      for (Question question : asked) {
        int place = place(question, index);
        if (place >= 0) {
          places[place]++;
        }
      }
      return new Recall(index.size(), asked.size(), there, IntStream.of(places).boxed().toList());
    }
  }

  private static int place(Question question, PassageIndex index) throws IOException {
    List<String> found = new ArrayList<>();
    for (Passage passage : index.search(PassageIndex.query(question), MOST)) {
      found.add(passage.text());
    }
    return found.indexOf(question.lecture().strip());
  }

  /** Whether there is anything to find. */
  boolean isPossible() {
    return n > 0 && passages > 0;
  }

  /** The share of the questions whose lecture is among the first so many passages. */
  public double at(int k) {
    return places.stream().limit(k).mapToInt(Integer::intValue).sum() / (double) n;
  }
}
