/** Which language model an experiment starts from: a checkpoint, or a shape of one's own. */
package dev.fusebox.training.recipe;
