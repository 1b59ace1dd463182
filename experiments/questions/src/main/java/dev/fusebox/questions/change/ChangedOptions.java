package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Options in another order, or one more of them. */
final class ChangedOptions {

  private ChangedOptions() {}

  /** Any order but the one they have; each as likely. */
  static ChangedQuestion shuffled(Question question, Random random) {
    List<Integer> own = List.copyOf(IntStream.range(0, question.choices().size()).boxed().toList());
    List<Integer> order = new ArrayList<>(own);
    while (order.equals(own)) {
      Collections.shuffle(order, random);
    }
    return ordered(question, order);
  }

  private static ChangedQuestion ordered(Question question, List<Integer> order) {
    List<String> choices = order.stream().map(question.choices()::get).toList();
    Question asked = question.withChoices(choices, order.indexOf(question.answer()));
    return new ChangedQuestion(asked, order, question.id());
  }

  /** One more option, anywhere among the others. */
  static ChangedQuestion with(Question question, String more, Random random) {
    int place = random.nextInt(question.choices().size() + 1);
    List<String> choices = new ArrayList<>(question.choices());
    choices.add(place, more);
    List<Integer> origins =
        new ArrayList<>(IntStream.range(0, question.choices().size()).boxed().toList());
    origins.add(place, ChangedQuestion.ADDED);
    Question asked = question.withChoices(choices, origins.indexOf(question.answer()));
    return new ChangedQuestion(asked, origins, question.id());
  }
}
