/**
 * Questions that somebody changed until a trained run was fooled: a data directory in ScienceQA's
 * own layout, with what was changed and what was answered beside it.
 */
package dev.fusebox.questions.collected;
