package dev.fusebox.questions.retrieve;

/**
 * A passage that was found.
 *
 * @param number its place in the corpus, from 0
 * @param score BM25; higher is better
 */
public record Passage(int number, String text, float score) {}
