/** Marking answers: which option a text names, whether it is right, and confidence intervals. */
package dev.fusebox.questions.mark;
