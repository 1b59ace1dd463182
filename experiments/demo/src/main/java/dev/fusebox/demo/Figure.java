package dev.fusebox.demo;

/** What a thing in a scene is: it can be named, and something is known about it. */
sealed interface Figure permits Animal, Place {

  /** Its noun: {@code frog}. */
  String word();

  /** The noun with its article: {@code an owl}. */
  default String some() {
    return Words.withArticle(word());
  }
}
