package dev.fusebox.lab.result;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an experiment claims before it is run: that one variant is more accurate than another.
 *
 * @param variant said to be better
 * @param control than this one, another variant or {@link Ablation#MAJORITY}
 * @param among label of the category whose questions count; empty: all count
 */
public record Claim(String variant, String control, String among) {

  private static final Pattern FORM =
      Pattern.compile("\\s*(\\S.*?)\\s*>\\s*(\\S.*?)(?:\\s+among\\s+(\\S.*?))?\\s*");

  public Claim {
    if (variant.equals(control)) {
      throw new IllegalArgumentException(
          "a claim must name two variants, found " + variant + " twice");
    }
  }

  /**
   * Reads {@code gated > text} or {@code gated > text among IMG}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Claim parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(2).contains(">")) {
      throw new IllegalArgumentException(
          "a claim must be VARIANT > VARIANT, or VARIANT > VARIANT among CATEGORY, found " + text);
    }
    String among = matcher.group(3);
    return new Claim(matcher.group(1), matcher.group(2), among == null ? "" : among);
  }

  @Override
  public String toString() {
    return variant + " > " + control + (among.isEmpty() ? "" : " among " + among);
  }
}
