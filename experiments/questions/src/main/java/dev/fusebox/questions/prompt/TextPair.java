package dev.fusebox.questions.prompt;

/**
 * What a model reads and what it should write. Both texts are free of line breaks and double
 * blanks.
 */
public record TextPair(String source, String target) {}
