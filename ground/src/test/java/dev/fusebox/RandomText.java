package dev.fusebox;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Texts as nobody would think of them, for tests that ask many: a function of the generator. */
public final class RandomText {

  /** Everything that some format treats in its own way, and letters between. */
  private static final int[] CHARACTERS =
      "ab cdeXYZ 019.,:;(){}[]<>\"'\\/$#%&=+-_|\t\n\r\u0001\u007f\u0085\u00a0\u00e9\u00df\u0301\u2028\u3000\u4e2d\ufeff\ud83d\ude00"
          .codePoints()
          .toArray();

  private RandomText() {}

  /** Up to {@code longest} characters, maybe none. */
  public static String of(RandomGenerator random, int longest) {
    return random
        .ints(random.nextInt(longest + 1), 0, CHARACTERS.length)
        .mapToObj(i -> Character.toString(CHARACTERS[i]))
        .collect(Collectors.joining());
  }
}
