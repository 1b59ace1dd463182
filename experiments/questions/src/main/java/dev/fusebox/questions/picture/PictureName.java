package dev.fusebox.questions.picture;

import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a picture is called in name maps: {@code ID}, the question's own; {@code ID/image_2}, one of
 * several of its own; {@code ID/choice_0}, that of an option. In this order they are shown.
 *
 * @param question the question's id
 * @param role whether it is of the question or of an option
 * @param number of the picture, or of the option, from 0; {@link #ALONE} for a picture without one
 */
public record PictureName(String question, Role role, int number)
    implements Comparable<PictureName> {

  /** Of a picture that is not one of several. */
  static final int ALONE = -1;

  /** What belongs a picture. */
  public enum Role {
    /** A question. */
    IMAGE,
    /** One of its options. */
    CHOICE
  }

  private static final Pattern SEVERAL = Pattern.compile("([^/]+)/(image|choice)_(\\d{1,6})");
  private static final Pattern FILE =
      Pattern.compile("(?:image|(image|choice)_(\\d{1,6}))\\.(?:png|jpg|jpeg)");
  private static final Comparator<PictureName> ORDER =
      Comparator.comparing(PictureName::question)
          .thenComparing(PictureName::role)
          .thenComparing(PictureName::number);

  /** The one picture of a question. */
  public static PictureName alone(String question) {
    return new PictureName(question, Role.IMAGE, ALONE);
  }

  /** The name that {@link #text} wrote. */
  static PictureName of(String text) {
    Matcher several = SEVERAL.matcher(text);
    return several.matches()
        ? new PictureName(several.group(1), role(several.group(2)), number(several.group(3)))
        : alone(text);
  }

  /** Whether a file in a question's folder is a picture, by its name. */
  static boolean isFile(String name) {
    return FILE.matcher(name).matches();
  }

  /** The name of a picture's file in the folder of a question. */
  static PictureName ofFile(String question, String name) {
    Matcher file = FILE.matcher(name);
    if (!file.matches()) {
      throw new IllegalArgumentException(
          "a picture's file must be called image or choice, found " + name);
    }
    return file.group(1) == null
        ? alone(question)
        : new PictureName(question, role(file.group(1)), number(file.group(2)));
  }

  private static Role role(String word) {
    return word.equals("image") ? Role.IMAGE : Role.CHOICE;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /** The index of the option that it shows; empty where it is the question's. */
  public OptionalInt option() {
    return role == Role.CHOICE ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** As a name map has it. */
  String text() {
    return number == ALONE
        ? question
        : "%s/%s_%d".formatted(question, role == Role.IMAGE ? "image" : "choice", number);
  }

  @Override
  public int compareTo(PictureName other) {
    return ORDER.compare(this, other);
  }
}
