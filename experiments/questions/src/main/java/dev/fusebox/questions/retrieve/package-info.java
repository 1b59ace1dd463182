/** Retrieval of passages: a local index over a text corpus. */
package dev.fusebox.questions.retrieve;
