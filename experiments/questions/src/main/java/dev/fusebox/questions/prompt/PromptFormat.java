package dev.fusebox.questions.prompt;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What goes in and what comes out. */
public record PromptFormat(InputFormat input, OutputFormat output) {

  /**
   * Reads {@code QCM-A} and the like.
   *
   * @throws UserError with the known letters if there is no such format
   */
  public static PromptFormat parse(String text) {
    String[] sides = text.split("-", -1);
    if (sides.length != 2) {
      throw new UserError("format must be INPUT-OUTPUT by letters, such as QCM-A, found " + text);
    }
    return new PromptFormat(
        side(InputFormat.class, "input", sides[0], text),
        side(OutputFormat.class, "output", sides[1], text));
  }

  private static <E extends Enum<E>> E side(
      Class<E> formats, String name, String letters, String text) {
    List<E> known = Arrays.asList(formats.getEnumConstants());
    return known.stream()
        .filter(format -> format.name().equals(letters))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(unknown(name, letters, text, known.stream().map(E::name).toList())));
  }

  private static String unknown(String name, String letters, String text, List<String> known) {
    // In papers a rationale is R; in formats its two kinds have letters of their own.
    String rationale =
        letters.contains("R") ? "; R is written E (solution) or LE (lecture and solution)" : "";
    return "format %s: no %s %s%s%s; known: %s"
        .formatted(
            text,
            name,
            letters,
            Spelling.hint(letters, known),
            rationale,
            known.stream().collect(Collectors.joining(", ")));
  }

  @Override
  public String toString() {
    return input + "-" + output;
  }
}
