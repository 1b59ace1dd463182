package dev.fusebox.t5.tokenize;

import java.util.Arrays;

/** Turns text into token ids and back, as Hugging Face's T5 tokenizer does. Safe for threads. */
public sealed interface Tokenizer permits JsonTokenizer, SentencePieceTokenizer, WordTokenizer {

  /** The id that fills up a batch. */
  int PAD = 0;

  /** The id of {@code </s>}, which ends every sentence. */
  int END = 1;

  /** The id of what the vocabulary cannot spell. */
  int UNKNOWN = 2;

  /** The ids of a text, {@link #END} last. */
  int[] encode(String text);

  /**
   * The ids of a text, cut to {@code maxLength} of them; {@link #END} stays the last.
   *
   * @throws IllegalArgumentException if {@code maxLength} is below 1
   */
  default int[] encode(String text, int maxLength) {
    if (maxLength < 1) {
      throw new IllegalArgumentException("maxLength must be at least 1, found " + maxLength);
    }
    return cut(encode(text), maxLength);
  }

  /** At most {@code maxLength} of the ids, {@link #END} last. */
  static int[] cut(int[] ids, int maxLength) {
    if (ids.length <= maxLength) {
      return ids;
    }
    int[] cut = Arrays.copyOf(ids, maxLength);
    cut[maxLength - 1] = END;
    return cut;
  }

  /**
   * The text of some ids, without padding, end marks, unknowns and sentinels, and with the spaces
   * before punctuation cleaned up as Hugging Face does where the vocabulary is Hugging Face's. Ids
   * beyond the vocabulary are passed over.
   */
  String decode(int... ids);

  /** The text of some ids, special tokens spelled out, nothing cleaned up. */
  String decodeRaw(int... ids);

  /** One more than the largest id. A model's embedding may have more rows, never fewer. */
  int size();

  /**
   * How the vocabulary spells an id; {@code ▁} stands for a space.
   *
   * @throws IllegalArgumentException if there is no such id
   */
  String token(int id);

  /**
   * The id of the sentinel {@code <extra_id_number>}, which stands for a span left out of a text.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  int sentinel(int number);
}
