package dev.fusebox.training.task;

import dev.fusebox.questions.change.EveryVersion;

/**
 * An answer to one of several versions of a question.
 *
 * @param every what is done in every way
 * @param id of the question
 * @param version which, counted from 1
 * @param option the original question's option that is named; {@link ChangedAnswer#NONE} where none
 *     is
 */
public record VersionAnswer(EveryVersion every, String id, int version, int option) {}
