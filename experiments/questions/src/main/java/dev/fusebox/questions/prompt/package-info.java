/**
 * Prompts and targets: mm-cot's text formats, to the character.
 *
 * <p>A format is {@code INPUT-OUTPUT} as letters: Question, Context, Multiple choices, Generated
 * rationale, Lecture, Explanation (the solution), Answer. {@link
 * dev.fusebox.questions.prompt.PromptFormat} is the entry point.
 *
 * @see <a href="https://github.com/amazon-science/mm-cot">mm-cot, {@code utils_prompt.py}</a>
 */
package dev.fusebox.questions.prompt;
