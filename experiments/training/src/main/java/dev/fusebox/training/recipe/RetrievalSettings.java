package dev.fusebox.training.recipe;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code retrieval}: passages found by the question's words, joined to the context.
 *
 * @param corpus a text file, one passage a line, or a directory of them; without it the lectures of
 *     the training questions
 * @param passages how many
 * @param source where they come from; without it the index
 */
public record RetrievalSettings(Optional<Path> corpus, int passages, Optional<Source> source) {

  /** Where passages come from. */
  public enum Source {
    /** They are searched for. */
    INDEX,
    /** The question's own lecture: what a search that always finds it would be worth. */
    GOLD
  }

  public RetrievalSettings {
    if (passages < 1) {
      throw new IllegalArgumentException("passages must be at least 1, found " + passages);
    }
    if (isGold(source) && passages > 1) {
      throw new IllegalArgumentException(
          "passages must be 1 where source = gold, as a question has one lecture, found "
              + passages);
    }
    if (isGold(source) && corpus.isPresent()) {
      throw new IllegalArgumentException(
          "corpus must be left out where source = gold, found " + corpus.get());
    }
  }

  private static boolean isGold(Optional<Source> source) {
    return source.filter(one -> one == Source.GOLD).isPresent();
  }

  /** Whether the question's own lecture is read, and nothing is searched for. */
  public boolean isGold() {
    return isGold(source);
  }
}
