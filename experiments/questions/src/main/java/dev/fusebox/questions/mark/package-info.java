/**
 * Answers and how they are marked: what a text says, whether it is right, and how sure a share is.
 */
package dev.fusebox.questions.mark;
