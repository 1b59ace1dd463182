package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is done to a question in every way that there is, where a change does it in one. */
public enum EveryVersion {
  /** Its options in every order, of questions with up to {@value #MOST_OPTIONS}. */
  ORDER {
    @Override
    public List<QuestionVersion> of(Question question, String rationale, int passages) {
      return question.choices().size() > MOST_OPTIONS ? List.of() : orders(question);
    }
  },
  /** Its rationale without one of its sentences, each in turn, of rationales with several. */
  SENTENCE {
    @Override
    public List<QuestionVersion> of(Question question, String rationale, int passages) {
      List<String> sentences =
          Arrays.asList(rationale.strip().split(ChangedRationale.SENTENCE_ENDS));
      return sentences.size() < 2 ? List.of() : shortened(question, sentences);
    }
  },
  /**
   * What was retrieved for it without one of the passages, each in turn, where there are several.
   */
  PASSAGE {
    @Override
    public List<QuestionVersion> of(Question question, String rationale, int passages) {
      return passages < 2
          ? List.of()
          : IntStream.rangeClosed(1, passages).mapToObj(left -> version(question, left)).toList();
    }
  };

  private static final int MOST_OPTIONS = 4;

  /**
   * The ways; none where it cannot be done.
   *
   * @param rationale what was written for the question as it is
   * @param passages how many were retrieved for it
   */
  public abstract List<QuestionVersion> of(Question question, String rationale, int passages);

  /** Whether an earlier stage is asked all of them too, and writes for each. */
  public boolean goesTheWholeWay() {
    return this != SENTENCE;
  }

  /** The question once more, whose own id is not free. */
  private static QuestionVersion version(Question question, int number) {
    return new QuestionVersion(
        question.id(),
        number,
        question.version(Integer.toString(number)),
        own(question),
        Optional.empty());
  }

  private static List<QuestionVersion> orders(Question question) {
    List<QuestionVersion> versions = new ArrayList<>();
    for (List<Integer> order : orders(own(question))) {
      int number = versions.size() + 1;
      Question asked =
          question
              .version(Integer.toString(number))
              .withChoices(
                  order.stream().map(question.choices()::get).toList(),
                  order.indexOf(question.answer()));
      versions.add(new QuestionVersion(question.id(), number, asked, order, Optional.empty()));
    }
    return versions;
  }

  private static List<Integer> own(Question question) {
    return IntStream.range(0, question.choices().size()).boxed().toList();
  }

  /** The order as it is first. */
  private static List<List<Integer>> orders(List<Integer> places) {
    if (places.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> orders = new ArrayList<>();
    for (Integer first : places) {
      List<Integer> others = places.stream().filter(place -> !place.equals(first)).toList();
      for (List<Integer> rest : orders(others)) {
        List<Integer> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  private static List<QuestionVersion> shortened(Question question, List<String> sentences) {
    List<QuestionVersion> versions = new ArrayList<>();
    for (int left = 0; left < sentences.size(); left++) {
      List<String> kept = new ArrayList<>(sentences);
      kept.remove(left);
      versions.add(
          new QuestionVersion(
              question.id(),
              left + 1,
              question.version(Integer.toString(left + 1)),
              own(question),
              Optional.of(String.join(" ", kept))));
    }
    return versions;
  }
}
