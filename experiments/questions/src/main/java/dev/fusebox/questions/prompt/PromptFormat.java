package dev.fusebox.questions.prompt;

import dev.fusebox.file.Spelling;
import java.util.Arrays;
import java.util.List;

/** What goes in and what comes out, by letters. */
public record PromptFormat(InputFormat input, OutputFormat output) {

  /**
   * Reads {@code QCM-A} and the like.
   *
   * @throws IllegalArgumentException {@code must be ...} or {@code no input ...}, with the known
   *     letters
   */
  public static PromptFormat parse(String text) {
    String[] sides = text.split("-", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException("must be INPUT-OUTPUT by letters, such as QCM-A");
    }
    return new PromptFormat(
        side(InputFormat.class, "input", sides[0]), side(OutputFormat.class, "output", sides[1]));
  }

  private static <E extends Enum<E>> E side(Class<E> formats, String name, String letters) {
    List<E> known = Arrays.asList(formats.getEnumConstants());
    return known.stream()
        .filter(format -> format.name().equals(letters))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    unknown(name, letters, known.stream().map(E::name).toList())));
  }

  private static String unknown(String name, String letters, List<String> known) {
    // In papers a rationale is R; in formats its two kinds have letters of their own.
    String rationale =
        letters.contains("R") ? "; R is written E (solution) or LE (lecture and solution)" : "";
    return "no %s %s%s%s; known: %s"
        .formatted(
            name, letters, Spelling.hint(letters, known), rationale, String.join(", ", known));
  }

  @Override
  public String toString() {
    return input + "-" + output;
  }
}
