/**
 * Questions that were changed until a trained run was fooled: a data directory in ScienceQA's
 * layout, with the changes and the answers.
 */
package dev.fusebox.questions.collected;
