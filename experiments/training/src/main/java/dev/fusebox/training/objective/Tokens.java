package dev.fusebox.training.objective;

import java.util.List;

/** What the objectives need of a tokenizer. */
public interface Tokens {

  /** The ids of a text, the end mark not included. */
  List<Integer> of(String text);

  /** The id of the end mark. */
  int end();

  /**
   * The id of a sentinel, {@code <extra_id_0>} and on.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  int sentinel(int number);
}
