package dev.fusebox.demo;

/** English, as much of it as is needed. */
final class Words {

  private Words() {}

  /** {@code a frog}, {@code an owl}. */
  static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  /** With a capital first letter. */
  static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
